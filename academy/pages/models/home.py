"""The home page and plain pages of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from academy.pages.home_parts import parts
from academy.pages.models.base import BasePage, BodyPage

if TYPE_CHECKING:
    from django.http import HttpRequest


class HomePage(BasePage):
    """The first page: what this is, for whom, and what to do next."""

    max_count = 1
    parent_page_types: ClassVar = ["wagtailcore.Page"]

    class Meta:
        verbose_name = _("voorpagina")
        verbose_name_plural = _("voorpagina's")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context(request, *args, **kwargs), **parts(request)}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page by its whole path at once instead of level by level."""
        if not path_components:
            return super().route(request, path_components)
        page = Page.objects.live().filter(url_path=f"{self.url_path}{'/'.join(path_components)}/").first()
        if page is None:
            raise Http404
        return RouteResult(page.specific)


class StandardPage(BodyPage):
    """A page of text: about the academy, contact, questions. Pages under it are listed on it."""

    parent_page_types: ClassVar = ["pages.HomePage", "pages.StandardPage"]

    class Meta:
        verbose_name = _("tekstpagina")
        verbose_name_plural = _("tekstpagina's")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        above = self.get_ancestors().filter(depth__gt=2)
        return {
            **super().get_context(request, *args, **kwargs),
            "trail": [(page.get_url(request), page.title) for page in above],
            "children": self.get_children().live().public(),
        }

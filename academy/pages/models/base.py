"""What every page of the site shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from academy.common.errors import DomainError
from academy.pages.blocks import BodyBlock
from academy.pages.models.review import ReviewedPermissionTester
from academy.pages.publishing import reasons_against, tell_published
from academy.pages.text import stream_text

if TYPE_CHECKING:
    from wagtail.models import Revision

    from academy.people.models import User


class BasePage(Page):
    """A page with an introduction of one or two sentences and a date on which somebody reads it again."""

    introduction = models.TextField(
        _("inleiding"),
        max_length=400,
        blank=True,
        help_text=_("Een of twee zinnen: voor wie is dit en wat heb je eraan?"),
    )
    review_on = models.DateField(
        _("nakijken op"),
        null=True,
        blank=True,
        help_text=_("Op deze dag komt de pagina op het bureau van de redactie."),
    )

    content_panels: ClassVar = [*Page.content_panels, FieldPanel("introduction")]
    settings_panels: ClassVar = [*Page.settings_panels, FieldPanel("review_on")]
    search_fields: ClassVar = [
        *Page.search_fields,
        index.SearchField("introduction", boost=2),
        index.FilterField("review_on"),
    ]

    class Meta:
        abstract = True

    def permissions_for_user(self, user: User) -> ReviewedPermissionTester:
        return ReviewedPermissionTester(user, self)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """The one way to be published; raises DomainError with every reason that stands in the way."""
        against = reasons_against(revision.as_object())
        if against:
            raise DomainError(against[0].code, against[0].message, reasons=against)
        super().publish(revision, *args, **kwargs)
        tell_published(Page.objects.get(pk=self.pk).specific)

    @property
    def text(self) -> str:
        """Everything a reader sees, without mark-up."""
        return f"{self.title}. {self.introduction}"

    @property
    def search_kind(self) -> str:
        """What the site search calls it (``academy.knowledge.enums.SearchKind``)."""
        return "pagina"

    @property
    def search_gate(self) -> str:
        """The audience that may find it, of a page that has one; empty is whoever may read the page."""
        return str(getattr(self, "audience", ""))


class BodyPage(BasePage):
    """A page whose content is a row of blocks."""

    body = StreamField(BodyBlock(), verbose_name=_("inhoud"), blank=True)

    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        return f"{super().text} {stream_text(self.body)}"

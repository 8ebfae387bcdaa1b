"""The knowledge base: its front page and its articles."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index

from academy.common import clock
from academy.knowledge.enums import ArticleKind, SearchKind
from academy.knowledge.models.theme import Theme
from academy.knowledge.querysets import ArticleManager
from academy.pages.models import BasePage, BodyPage
from academy.pages.text import words

if TYPE_CHECKING:
    from django.http import HttpRequest

WORDS_PER_MINUTE = 180
_ASKED = {"words": "q", "theme": "thema", "kind": "soort"}


class ArticleIndexPage(BasePage):
    """The front page of the knowledge base, at ``/kennisbank/``."""

    max_count = 1
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["knowledge.ArticlePage"]

    class Meta:
        verbose_name = _("kennisbank")
        verbose_name_plural = _("kennisbanken")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from academy.knowledge import listing, search  # noqa: PLC0415 -- lists are made of models

        asked = {name: request.GET.get(key, "")[:200].replace("\x00", "").strip() for name, key in _ASKED.items()}
        filters = listing.Filters(**asked)
        problem = search.read(request.GET["q"]).problem if filters.words else ""
        found = Paginator(listing.articles(request.user, filters), listing.PER_PAGE).get_page(request.GET.get("page"))
        return {
            **super().get_context(request, *args, **kwargs),
            "filters": filters,
            "problem": problem,
            "found": found,
            "cards": listing.cards(found.object_list),
            "themes": Theme.objects.in_use(),
            "kinds": ArticleKind.choices,
        }


class ArticlePage(BodyPage):
    """Something to know, a practice worth copying, or an agreement to keep."""

    kind = models.CharField(_("soort"), max_length=10, choices=ArticleKind.choices, default=ArticleKind.ARTICLE)
    themes = ParentalManyToManyField("knowledge.Theme", blank=True, related_name="articles", verbose_name=_("thema's"))
    regions = ParentalManyToManyField(
        "people.Region",
        blank=True,
        related_name="+",
        verbose_name=_("regio's"),
        help_text=_("Leeg: het geldt overal."),
    )

    objects: ClassVar = ArticleManager()

    parent_page_types: ClassVar = ["knowledge.ArticleIndexPage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *BodyPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("kind"), FieldPanel("themes"), FieldPanel("regions")], heading=_("Waar het bij hoort")
        ),
        InlinePanel("sources", heading=_("Bronnen"), label=_("bron")),
    ]
    search_fields: ClassVar = [
        *BodyPage.search_fields,
        index.FilterField("kind"),
    ]

    class Meta:
        verbose_name = _("artikel")
        verbose_name_plural = _("artikelen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from academy.knowledge import listing  # noqa: PLC0415 -- lists are made of models

        index_url = (self.get_url(request) or "/").removesuffix(f"{self.slug}/")
        return {
            **super().get_context(request, *args, **kwargs),
            "index_url": index_url,
            "trail": [(index_url, _("Kennisbank"))],
            **listing.article_facts(self, request.user),
        }

    @property
    def search_kind(self) -> str:
        return SearchKind.ARTICLE

    @property
    def is_due(self) -> bool:
        """Whether the day has come on which somebody reads it again."""
        return self.review_on is not None and self.review_on < clock.today()

    @property
    def reading_minutes(self) -> int:
        return max(1, math.ceil(len(words(self.text)) / WORDS_PER_MINUTE))


class ArticleSource(Orderable):
    """Where something in an article comes from."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("titel"), max_length=200)
    url = models.URLField(_("adres"), blank=True)

    panels: ClassVar = [FieldPanel("title"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")

    def __str__(self) -> str:
        return self.title

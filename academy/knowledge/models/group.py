"""Pages for a group of people: what the academy has for them, chosen by the editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable

from academy.knowledge.groups import GROUPS, choices
from academy.pages.models import BasePage, BodyPage

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.knowledge.groups import Group


class GroupIndexPage(BasePage):
    """The page above them, at ``/voor/``."""

    max_count = 1
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["knowledge.GroupPage"]

    class Meta:
        verbose_name = _("overzicht van doelgroepen")
        verbose_name_plural = _("overzichten van doelgroepen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from academy.knowledge.welcoming import group_pages  # noqa: PLC0415 -- lists are made of models

        return {**super().get_context(request, *args, **kwargs), "groups": group_pages(request.user)}


class GroupPage(BodyPage):
    """The way in for one group, at ``/voor/<group>/``: articles by choice, offers by theme."""

    group = models.CharField(_("voor wie"), max_length=40, choices=choices, unique=True)
    shows_moments = models.BooleanField(
        _("toon de drie momenten"), default=False, help_text=_("Kennismaken, trainen, leertafel: voor lokale teams.")
    )
    themes = ParentalManyToManyField(
        "knowledge.Theme",
        blank=True,
        related_name="+",
        verbose_name=_("thema's"),
        help_text=_("Aanbod en artikelen met deze thema's staan op de pagina en onder “Voor jou”."),
    )

    parent_page_types: ClassVar = ["knowledge.GroupIndexPage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *BodyPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("group"), FieldPanel("themes"), FieldPanel("shows_moments")], heading=_("Waar het bij hoort")
        ),
        InlinePanel("chosen", heading=_("Artikelen"), label=_("artikel")),
    ]

    class Meta:
        verbose_name = _("pagina voor een doelgroep")
        verbose_name_plural = _("pagina's voor doelgroepen")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from academy.knowledge.welcoming import group_facts  # noqa: PLC0415 -- lists are made of models

        return {**super().get_context(request, *args, **kwargs), **group_facts(self, request.user)}

    @property
    def about(self) -> Group:
        return GROUPS[self.group]


class ChosenArticle(Orderable):
    """An article that stands on the page of a group."""

    page = ParentalKey(GroupPage, on_delete=models.CASCADE, related_name="chosen", verbose_name=_("pagina"))
    article = models.ForeignKey("knowledge.ArticlePage", models.CASCADE, related_name="+", verbose_name=_("artikel"))

    panels: ClassVar = [FieldPanel("article")]

    class Meta(Orderable.Meta):
        verbose_name = _("gekozen artikel")
        verbose_name_plural = _("gekozen artikelen")
        constraints = (
            models.UniqueConstraint(
                fields=("page", "article"),
                name="knowledge_chosenarticle_once",
                violation_error_message=_("Dit artikel staat al op de pagina."),
            ),
        )

    def __str__(self) -> str:
        return str(self.article)

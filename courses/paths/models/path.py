"""A leerroute as a page: what one follows, in which order, and by when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Orderable, PageManager
from wagtail.search import index

from academy.gatherings.enums import Audience
from academy.knowledge.enums import SearchKind
from academy.pages.models import BasePage, BodyPage
from courses.paths.querysets import PathQuerySet

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class PathsPage(BasePage):
    """The page that all leerroutes stand under, at ``/leerroutes/``."""

    max_count = 1
    parent_page_types: ClassVar = ["pages.HomePage"]
    subpage_types: ClassVar = ["paths.PathPage"]

    class Meta:
        verbose_name = _("pagina met leerroutes")
        verbose_name_plural = _("pagina's met leerroutes")


class PathPage(BodyPage):
    """An ordered set of offers for a group of people; without functions it is for everybody of its audience."""

    audience = models.CharField(_("voor wie"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    functions = ParentalManyToManyField(
        "people.JobFunction",
        blank=True,
        related_name="paths",
        verbose_name=_("functies"),
        help_text=_("Leeg: voor alle functies."),
    )

    objects: ClassVar = PageManager.from_queryset(PathQuerySet)()

    parent_page_types: ClassVar = ["paths.PathsPage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *BodyPage.content_panels,
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("functions")], heading=_("Voor wie")),
        InlinePanel("steps", heading=_("Stappen"), label=_("stap")),
    ]
    search_fields: ClassVar = [*BodyPage.search_fields, index.FilterField("audience")]

    class Meta:
        verbose_name = _("leerroute")
        verbose_name_plural = _("leerroutes")

    @property
    def search_kind(self) -> str:
        return SearchKind.PATH

    def serve(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The view behind that address knows how far the reader is."""
        return HttpResponseRedirect(reverse("path", args=[self.slug]))


class PathStep(Orderable):
    """One offer of a leerroute. ``due_days`` counts from one's first day of work; empty means: when it suits.

    ``times`` is how often one takes part before it is done, for what goes on, such as a leertafel.
    """

    path = ParentalKey(PathPage, on_delete=models.CASCADE, related_name="steps")
    offering = models.ForeignKey("gatherings.Offering", models.CASCADE, related_name="+", verbose_name=_("aanbod"))
    due_days = models.PositiveSmallIntegerField(
        _("klaar binnen (dagen na de eerste werkdag)"), null=True, blank=True, help_text=_("Leeg: geen datum.")
    )
    is_mandatory = models.BooleanField(_("hoort er altijd bij"), default=True)
    times = models.PositiveSmallIntegerField(_("aantal keer meedoen"), default=1)
    note = models.CharField(_("toelichting"), max_length=200, blank=True)

    panels: ClassVar = [
        PageChooserPanel("offering", "gatherings.Offering"),
        FieldPanel("due_days"),
        FieldPanel("is_mandatory"),
        FieldPanel("times"),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("stap van een leerroute")
        verbose_name_plural = _("stappen van een leerroute")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(times__gte=1),
                name="paths_step_at_least_once",
                violation_error_message=_("Een stap doe je minstens een keer."),
            ),
            models.UniqueConstraint(
                fields=("path", "offering"),
                name="paths_step_offering_once",
                violation_error_message=_("Dit aanbod staat al in deze leerroute."),
            ),
        )

    def __str__(self) -> str:
        return str(self.offering)

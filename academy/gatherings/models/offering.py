"""What one can take part in, as a page of the one catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from academy.gatherings.enums import Approval, Audience, CutOff, Form, OfferingKind
from academy.gatherings.querysets import OfferingQuerySet
from academy.knowledge.enums import Pillar, SearchKind
from academy.pages.models import BasePage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What the site search calls each kind.
FOUND_AS: dict[str, SearchKind] = {
    OfferingKind.COURSE: SearchKind.COURSE,
    OfferingKind.LEERTAFEL: SearchKind.LEERTAFEL,
    OfferingKind.KIJKJE: SearchKind.VISIT,
    OfferingKind.EXTERNAL: SearchKind.ELSEWHERE,
}


class Offering(BasePage):
    """The part of a course, leertafel theme, Kijkje module or external offer that the catalogue filters on.

    Never made by itself: pages of other packages extend it and say their ``offering_kind``. Audience, approval and
    cut-off are the terms for gatherings planned from now on; each gathering keeps the terms it was planned with.
    """

    is_creatable = False
    template = "gatherings/offering.html"
    offering_kind: ClassVar[str] = OfferingKind.COURSE

    kind = models.CharField(_("soort"), max_length=10, choices=OfferingKind.choices, editable=False)
    form = models.CharField(_("vorm"), max_length=12, choices=Form.choices, default=Form.CLASSROOM)
    pillar = models.CharField(_("pijler"), max_length=10, choices=Pillar.choices, default=Pillar.KNOWLEDGE)
    themes = ParentalManyToManyField("knowledge.Theme", blank=True, related_name="offerings", verbose_name=_("thema's"))
    audience = models.CharField(_("voor wie"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    study_load_minutes = models.PositiveIntegerField(
        _("studielast in minuten"), default=0, help_text=_("Alles bij elkaar, ook de voorbereiding.")
    )
    price = models.DecimalField(_("prijs in euro"), max_digits=8, decimal_places=2, default=0)
    cut_off_working_days = models.PositiveSmallIntegerField(
        _("kosteloos afmelden"), choices=CutOff.choices, default=CutOff.FIVE
    )
    approval = models.CharField(_("goedkeuring"), max_length=14, choices=Approval.choices, default=Approval.NONE)
    certificate_min_pct = models.PositiveSmallIntegerField(
        _("aanwezig voor een bewijs (%)"),
        default=80,
        help_text=_("Wie minder minuten aanwezig was, krijgt geen bewijs van deelname."),
    )
    provider = models.ForeignKey(
        "people.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offerings",
        verbose_name=_("aanbieder"),
    )
    is_mandatory = models.BooleanField(_("verplicht voor wie het geldt"), default=False)

    objects: ClassVar = PageManager.from_queryset(OfferingQuerySet)()

    content_panels: ClassVar = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in ("form", "pillar", "themes", "audience", "study_load_minutes", "price", "provider")
            ],
            heading=_("In het aanbod"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("cut_off_working_days", "approval", "certificate_min_pct", "is_mandatory")],
            heading=_("Voorwaarden"),
        ),
    ]
    search_fields: ClassVar = [
        *BasePage.search_fields,
        *(index.FilterField(name) for name in ("kind", "form", "pillar", "audience")),
    ]

    class Meta:
        verbose_name = _("aanbod")
        verbose_name_plural = _("aanbod")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=OfferingKind.values),
                name="gatherings_offering_kind_known",
                violation_error_message=_("Dit soort aanbod bestaat niet."),
            ),
            models.CheckConstraint(
                condition=models.Q(cut_off_working_days__in=CutOff.values),
                name="gatherings_offering_cut_off_known",
                violation_error_message=_("Kosteloos afmelden kan tot 0, 1, 3, 5 of 10 werkdagen ervoor."),
            ),
            models.CheckConstraint(
                condition=models.Q(certificate_min_pct__lte=100),
                name="gatherings_offering_min_pct_at_most_100",
                violation_error_message=_("Aanwezigheid is hoogstens 100 %."),
            ),
            models.CheckConstraint(
                condition=models.Q(price__gte=0),
                name="gatherings_offering_price_not_negative",
                violation_error_message=_("Een prijs is nul of meer."),
            ),
        )

    @property
    def has_test(self) -> bool:
        """Whether a closing test belongs to it; kinds of offering that can have one say so."""
        return False

    @property
    def search_kind(self) -> str:
        return FOUND_AS[self.kind or self.offering_kind]

    def clean(self) -> None:
        self.kind = self.offering_kind
        super().clean()

    def serve(self, _request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """The view behind that address knows who may see this and what stands beside the text."""
        return HttpResponseRedirect(reverse("offering", args=[self.slug]))

    def minimal_clean(self) -> None:
        """What Wagtail asks of a draft instead of ``full_clean``."""
        self.kind = self.offering_kind
        super().minimal_clean()

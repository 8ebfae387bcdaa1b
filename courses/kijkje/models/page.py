"""A Kijkje as a page of the catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from academy.gatherings.enums import Form, OfferingKind
from academy.gatherings.models import Offering
from academy.pages.blocks import BodyBlock
from academy.pages.text import stream_text, words
from courses.learning.models import Teaching

MOST_QUESTIONS = 3


class KijkjePage(Teaching, Offering):
    """What a visitor sees, for whom it is, how one prepares, and what one signs first.

    ``provider`` of the offering is whose guest one is. The lessons and questions are the preparation. Who signed did so
    for a ``statement_version``: another text is another version.
    """

    offering_kind: ClassVar[str] = OfferingKind.KIJKJE

    body = StreamField(BodyBlock(), verbose_name=_("wat je ziet"), blank=True)
    audience_text = models.TextField(_("voor wie"), max_length=600, blank=True)
    statement = models.TextField(
        _("geheimhoudingsverklaring"),
        max_length=6000,
        blank=True,
        help_text=_("Een bezoeker tekent dit voor het bezoek. Leeg: er valt niets te tekenen."),
    )
    statement_version = models.PositiveSmallIntegerField(
        _("versie van de verklaring"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Verandert de tekst, verhoog dan de versie: wie al tekende, tekent opnieuw."),
    )
    debrief_questions = StreamField(
        [("question", blocks.CharBlock(label=_("vraag"), max_length=200))],
        verbose_name=_("vragen voor het terugkijken"),
        blank=True,
        max_num=MOST_QUESTIONS,
        help_text=_("De antwoorden leest de ontvanger."),
    )

    parent_page_types: ClassVar = ["gatherings.CataloguePage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *Page.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("audience_text"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("provider", "pillar", "themes", "audience", "study_load_minutes", "price")],
            heading=_("In het aanbod"),
        ),
        Offering.content_panels[-1],
    ]
    visit_panels: ClassVar = [
        MultiFieldPanel([FieldPanel("statement"), FieldPanel("statement_version")], heading=_("Voor het bezoek")),
        FieldPanel("debrief_questions"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Inhoud")),
            ObjectList(Teaching.teaching_panels, heading=_("Voorbereiding")),
            ObjectList(visit_panels, heading=_("Verklaring en terugkijken")),
            ObjectList(Offering.promote_panels, heading=_("Vindbaarheid")),
            ObjectList(Offering.settings_panels, heading=_("Instellingen")),
        ]
    )
    search_fields: ClassVar = [
        *Offering.search_fields,
        index.SearchField("body"),
        index.SearchField("audience_text"),
    ]

    class Meta:
        verbose_name = _("Kijkje in de Keuken")
        verbose_name_plural = _("Kijkjes in de Keuken")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pass_pct__gte=1, pass_pct__lte=100),
                name="kijkje_page_pass_pct_between_1_and_100",
                violation_error_message=_("Geslaagd ligt tussen 1 en 100 % goed."),
            ),
            models.CheckConstraint(
                condition=models.Q(max_attempts__isnull=True) | models.Q(max_attempts__gte=1),
                name="kijkje_page_at_least_one_attempt",
                violation_error_message=_("Geef minstens een poging; laat het leeg voor zo vaak als nodig."),
            ),
            models.CheckConstraint(
                condition=models.Q(statement_version__gte=1),
                name="kijkje_page_statement_version_from_one",
                violation_error_message=_("De eerste versie van de verklaring is nummer 1."),
            ),
        )

    def clean(self) -> None:
        self.form = Form.VISIT
        super().clean()
        if self.pk is None:
            return
        signed = self.signatures.filter(version=self.statement_version).values_list("text", flat=True).distinct()
        if any(words(text) != words(self.statement) for text in signed):
            raise ValidationError(
                {"statement_version": _("Deze versie is al getekend. Geef de nieuwe tekst een hoger nummer.")}
            )

    def minimal_clean(self) -> None:
        self.form = Form.VISIT
        super().minimal_clean()

    @property
    def questions(self) -> list[str]:
        """What a visitor is asked afterwards."""
        return [str(block.value) for block in self.debrief_questions]

    @property
    def text(self) -> str:
        """What a visitor reads; the lessons are for who prepares."""
        return f"{super().text} {self.audience_text} {stream_text(self.body)}"

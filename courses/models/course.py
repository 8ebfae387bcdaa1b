"""A course as a page of the catalogue."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList, PageChooserPanel, TabbedInterface
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from academy.gatherings.enums import OfferingKind
from academy.gatherings.models import Offering
from academy.pages.blocks import BodyBlock
from academy.pages.text import stream_text
from courses.learning.models import Teaching


class CoursePage(Teaching, Offering):
    """What is learned, for whom and how, with its lessons and closing test.

    ``sessions_needed`` says how many sessions somebody must attend to complete it; empty means all of them.
    ``requires`` is the course that comes first.
    """

    offering_kind: ClassVar[str] = OfferingKind.COURSE

    goals = StreamField(
        [("goal", blocks.CharBlock(label=_("doel"), max_length=200))],
        verbose_name=_("na deze training kun je"),
        blank=True,
    )
    audience_text = models.TextField(_("voor wie"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("programma"), blank=True)
    sessions_needed = models.PositiveSmallIntegerField(
        _("aantal bijeenkomsten dat nodig is"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leeg: alle bijeenkomsten."),
    )
    requires = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="leads_to",
        verbose_name=_("eerst nodig"),
        help_text=_("Wie deze training nog niet afrondde, kan zich niet inschrijven."),
    )

    parent_page_types: ClassVar = ["gatherings.CataloguePage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *Offering.content_panels[:2],
        FieldPanel("goals"),
        FieldPanel("audience_text"),
        FieldPanel("body"),
        *Offering.content_panels[2:],
        MultiFieldPanel([FieldPanel("sessions_needed"), PageChooserPanel("requires")], heading=_("Afronden en vooraf")),
        InlinePanel("sources", heading=_("Bronnen"), label=_("bron")),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Inhoud")),
            ObjectList(Teaching.teaching_panels, heading=_("Lessen en toets")),
            ObjectList(Offering.promote_panels, heading=_("Vindbaarheid")),
            ObjectList(Offering.settings_panels, heading=_("Instellingen")),
        ]
    )
    search_fields: ClassVar = [
        *Offering.search_fields,
        index.SearchField("goals"),
        index.SearchField("audience_text"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("training")
        verbose_name_plural = _("trainingen")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pass_pct__gte=1, pass_pct__lte=100),
                name="courses_course_pass_pct_between_1_and_100",
                violation_error_message=_("Geslaagd ligt tussen 1 en 100 % goed."),
            ),
            models.CheckConstraint(
                condition=models.Q(max_attempts__isnull=True) | models.Q(max_attempts__gte=1),
                name="courses_course_at_least_one_attempt",
                violation_error_message=_("Geef minstens een poging; laat het leeg voor zo vaak als nodig."),
            ),
            models.CheckConstraint(
                condition=models.Q(sessions_needed__isnull=True) | models.Q(sessions_needed__gte=1),
                name="courses_course_needs_at_least_one_session",
                violation_error_message=_("Er is minstens een bijeenkomst nodig; laat het leeg voor alle."),
            ),
        )

    def clean(self) -> None:
        super().clean()
        if self.requires_id is not None and self.requires_id == self.pk:
            raise ValidationError({"requires": _("Een training kan zichzelf niet nodig hebben.")})

    @property
    def text(self) -> str:
        """What a visitor reads; the lessons are for who takes part."""
        return f"{super().text} {stream_text(self.goals)} {self.audience_text} {stream_text(self.body)}"


class CourseSource(Orderable):
    """Where something in a course comes from."""

    course = ParentalKey(CoursePage, on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("titel"), max_length=200)
    url = models.URLField(_("adres"), blank=True)

    panels: ClassVar = [FieldPanel("title"), FieldPanel("url")]

    class Meta(Orderable.Meta):
        verbose_name = _("bron")
        verbose_name_plural = _("bronnen")

    def __str__(self) -> str:
        return self.title

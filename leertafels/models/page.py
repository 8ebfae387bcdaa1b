"""A leertafel as a page of the catalogue: its theme, for whom, and how people talk there."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from academy.gatherings.enums import Form, OfferingKind
from academy.gatherings.models import Offering
from academy.pages.blocks import BodyBlock
from academy.pages.text import stream_text
from leertafels.enums import Level, Method, Mode

# What participants promise each other unless a table says it in its own words.
AGREEMENTS = _(
    "Wat hier besproken wordt, blijft hier.\n"
    "We vertellen niets waaraan iemand een gezin of persoon herkent, ook niet voor wie de buurt kent.\n"
    "We luisteren eerst en stellen open vragen; advies geven we pas als daarom gevraagd wordt.\n"
    "We komen op tijd, zijn er de hele bijeenkomst en melden ons af als het niet lukt.\n"
    "Is er nu gevaar, dan wachten we niet op de leertafel: we bellen 112 of Veilig Thuis 0800-2000."
)


def default_agreements() -> str:
    return str(AGREEMENTS)


class LeertafelPage(Offering):
    """The theme that one or more tables are about. Tables take mode, level, region and agreements from it and may
    differ.
    """

    offering_kind: ClassVar[str] = OfferingKind.LEERTAFEL
    template = "leertafels/leertafel_page.html"

    mode = models.CharField(_("werkwijze"), max_length=11, choices=Mode.choices, default=Mode.INTERVISION)
    level = models.CharField(_("niveau"), max_length=10, choices=Level.choices, default=Level.PRACTICE)
    region = models.ForeignKey(
        "people.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("regio"),
        help_text=_("Leeg: voor alle regio's."),
    )
    method = models.CharField(
        _("gespreksmethode"),
        max_length=10,
        choices=Method.choices,
        blank=True,
        help_text=_("Leeg: de gespreksleider kiest per bijeenkomst."),
    )
    audience_text = models.TextField(_("voor wie"), max_length=600, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("zo gaat het"), blank=True)
    agreements = models.TextField(
        _("intervisieafspraken"),
        max_length=4000,
        default=default_agreements,
        help_text=_(
            "Een afspraak per regel. Wie meedoet, ondertekent ze. Tafels die al gepland zijn, veranderen niet."
        ),
    )

    parent_page_types: ClassVar = ["gatherings.CataloguePage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *Offering.content_panels[:2],
        MultiFieldPanel(
            [FieldPanel(name) for name in ("mode", "method", "level", "region")], heading=_("Over de leertafel")
        ),
        FieldPanel("audience_text"),
        FieldPanel("body"),
        FieldPanel("agreements"),
        *Offering.content_panels[2:],
    ]
    search_fields: ClassVar = [
        *Offering.search_fields,
        index.SearchField("audience_text"),
        index.SearchField("body"),
        *(index.FilterField(name) for name in ("mode", "level")),
    ]

    class Meta:
        verbose_name = _("leertafel")
        verbose_name_plural = _("leertafels")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(mode__in=Mode.values),
                name="leertafels_page_mode_known",
                violation_error_message=_("Kies intervisie, casusbespreking of allebei."),
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=Level.values),
                name="leertafels_page_level_known",
                violation_error_message=_("Dit niveau bestaat niet."),
            ),
        )

    def clean(self) -> None:
        self.form = Form.LEERTAFEL
        super().clean()

    def minimal_clean(self) -> None:
        self.form = Form.LEERTAFEL
        super().minimal_clean()

    @property
    def text(self) -> str:
        """What a visitor reads."""
        return f"{super().text} {self.audience_text} {stream_text(self.body)}"

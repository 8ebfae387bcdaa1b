"""A text that may lead to somebody: what the privacy officer works from."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from leertafels.cases.enums import Outcome
from leertafels.cases.querysets import BreachQuerySet

if TYPE_CHECKING:
    from datetime import datetime

CLOCK = timedelta(hours=72)


class BreachRecord(models.Model):
    """Somebody said that a text can be traced. ``measures`` says what was done, never what the text said."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    case = models.OneToOneField(
        "cases.Case", models.SET_NULL, null=True, related_name="breach", verbose_name=_("inbreng")
    )
    reported_at = models.DateTimeField(_("gemeld op"))
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("gemeld door")
    )
    had_opened = models.PositiveSmallIntegerField(_("mensen die de tekst openden"), default=0)
    measures = models.TextField(_("wat er gedaan is"), blank=True)
    outcome = models.CharField(_("oordeel"), max_length=12, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(_("afgerond op"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("afgerond door")
    )

    objects: ClassVar = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("melding van herleidbaarheid")
        verbose_name_plural = _("meldingen van herleidbaarheid")
        ordering = ("-reported_at", "-pk")
        indexes: ClassVar = [models.Index(fields=("closed_at", "reported_at"), name="cases_breach_open")]
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, outcome="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(outcome="") & ~models.Q(measures="")),
                name="cases_breach_closed_says_how",
                violation_error_message=_("Schrijf op wat er gedaan is en kies een oordeel; dan kun je afronden."),
            ),
        )

    def __str__(self) -> str:
        return self.public_id

    @property
    def deadline(self) -> datetime:
        """Until when the Autoriteit Persoonsgegevens can be told in time."""
        return self.reported_at + CLOCK

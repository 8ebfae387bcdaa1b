"""What only a leertafel has."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leertafels.enums import Level, Mode


class Leertafel(models.Model):
    """One table: a fixed small group for a series of meetings; dates, seats, place and size stand with its gathering.

    ``agreements_version`` grows when the agreements change: who signed an earlier version signs again.
    """

    gathering = models.OneToOneField(
        "gatherings.Gathering",
        models.CASCADE,
        primary_key=True,
        related_name="leertafel",
        verbose_name=_("bijeenkomst"),
    )
    mode = models.CharField(_("werkwijze"), max_length=11, choices=Mode.choices)
    level = models.CharField(_("niveau"), max_length=10, choices=Level.choices)
    region = models.ForeignKey(
        "people.Region", models.PROTECT, null=True, blank=True, related_name="leertafels", verbose_name=_("regio")
    )
    agreements = models.TextField(_("intervisieafspraken"), max_length=4000)
    agreements_version = models.PositiveSmallIntegerField(_("versie van de afspraken"), default=1, editable=False)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("leertafel")
        verbose_name_plural = _("leertafels")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(mode__in=Mode.values),
                name="leertafels_leertafel_mode_known",
                violation_error_message=_("Kies intervisie, casusbespreking of allebei."),
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=Level.values),
                name="leertafels_leertafel_level_known",
                violation_error_message=_("Dit niveau bestaat niet."),
            ),
            models.CheckConstraint(
                condition=models.Q(agreements_version__gte=1),
                name="leertafels_leertafel_agreements_numbered",
                violation_error_message=_("De afspraken hebben een versie vanaf 1."),
            ),
        )

    def __str__(self) -> str:
        return str(self.gathering)

    @property
    def has_intervision(self) -> bool:
        return self.mode != Mode.CASE

    @property
    def promises(self) -> list[str]:
        """The agreements one by one."""
        return [line.strip() for line in self.agreements.splitlines() if line.strip()]

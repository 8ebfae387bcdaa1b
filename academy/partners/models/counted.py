"""Which offerings count for the figures of municipalities."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.partners.enums import CountsAs


class CountedOffering(models.Model):
    """An offering that belongs to the set of trainings for local teams, or refreshes attention officers."""

    offering = models.ForeignKey("gatherings.Offering", models.CASCADE, related_name="counted")
    counts_as = models.CharField(_("telt als"), max_length=10, choices=CountsAs.choices)

    class Meta:
        verbose_name = _("aanbod dat meetelt")
        verbose_name_plural = _("aanbod dat meetelt")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("offering", "counts_as"),
                name="partners_counted_once",
                violation_error_message=_("Dit telt al mee."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.offering} ({self.get_counts_as_display()})"

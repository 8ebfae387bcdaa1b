"""What only a run of a course has."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Run(models.Model):
    """One time that a course is given; dates, seats and place stand with its gathering.

    ``group`` tells it from other runs of the course ("groep Almere"); ``remarks`` is for who takes part.
    """

    gathering = models.OneToOneField(
        "gatherings.Gathering", models.CASCADE, primary_key=True, related_name="run", verbose_name=_("bijeenkomst")
    )
    group = models.CharField(_("naam van de groep"), max_length=80, blank=True)
    remarks = models.TextField(_("goed om te weten"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("uitvoering")
        verbose_name_plural = _("uitvoeringen")

    def __str__(self) -> str:
        return self.group or str(self.gathering_id)

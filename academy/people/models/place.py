"""Regions and municipalities: they merge and are renamed, so they are dated and never deleted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.people.querysets import ActiveQuerySet


class Region(models.Model):
    """The area of one Veilig Thuis organisation."""

    name = models.CharField(_("naam"), max_length=80, unique=True)
    slug = models.SlugField(_("deel van het adres"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("regio")
        verbose_name_plural = _("regio's")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality by its CBS code. One that was merged away has an end date and a successor."""

    code = models.CharField(_("CBS-code"), max_length=6, unique=True)
    name = models.CharField(_("naam"), max_length=80)
    slug = models.SlugField(_("deel van het adres"), max_length=80)
    region = models.ForeignKey(Region, models.PROTECT, related_name="municipalities", verbose_name=_("regio"))
    is_centre = models.BooleanField(_("centrumgemeente"), default=False)
    active_from = models.DateField(_("bestaat sinds"), default=date(2015, 1, 1))
    active_to = models.DateField(_("bestaat tot"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("opgegaan in")
    )

    objects: ClassVar = ActiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemeente")
        verbose_name_plural = _("gemeenten")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(active_to__isnull=True) | models.Q(active_to__gt=models.F("active_from")),
                name="people_municipality_ends_after_start",
                violation_error_message=_("Een gemeente eindigt na haar begin."),
            ),
            models.CheckConstraint(
                condition=models.Q(successor__isnull=True) | models.Q(active_to__isnull=False),
                name="people_municipality_successor_needs_end",
                violation_error_message=_("Een gemeente die is opgegaan in een andere heeft een einddatum."),
            ),
        )

    def __str__(self) -> str:
        return self.name

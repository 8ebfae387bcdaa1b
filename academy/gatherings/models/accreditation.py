"""What a professional register grants for an offering."""

from __future__ import annotations

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from academy.gatherings.querysets import AccreditationQuerySet


class Accreditation(models.Model):
    """Points that one chamber of a register grants for one offering, for as long as it says.

    Not part of the page: it has its own permission and no revisions. An empty ``number`` means that it was asked for
    and not granted yet. A seat keeps what was promised, so a change here never touches a promise.
    """

    offering = models.ForeignKey(
        "gatherings.Offering", models.PROTECT, related_name="accreditations", verbose_name=_("aanbod")
    )
    register = models.ForeignKey(
        "credits.Register", models.PROTECT, related_name="accreditations", verbose_name=_("register")
    )
    chamber = models.ForeignKey(
        "credits.Chamber",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="accreditations",
        verbose_name=_("kamer"),
        help_text=_("Leeg: de punten tellen voor het hele register."),
    )
    accreditor = models.CharField(_("wie accrediteert"), max_length=24, default="SKJ")
    number = models.CharField(_("accreditatienummer"), max_length=40, blank=True)
    requirement = models.CharField(_("eis waarvoor het telt"), max_length=24)
    points = models.DecimalField(_("punten"), max_digits=6, decimal_places=2)
    valid_from = models.DateField(_("geldig vanaf"))
    valid_to = models.DateField(_("geldig tot en met"))
    points_min_pct = models.PositiveSmallIntegerField(_("aanwezig voor punten (%)"), default=100)
    test_required = models.BooleanField(_("afsluitende toets verplicht"), default=False)

    objects: ClassVar = AccreditationQuerySet.as_manager()

    class Meta:
        verbose_name = _("accreditatie")
        verbose_name_plural = _("accreditaties")
        ordering = ("register", "chamber", "-valid_from")
        constraints = (
            models.UniqueConstraint(
                "offering",
                "register",
                Coalesce("chamber", 0),
                "requirement",
                "valid_from",
                name="gatherings_accreditation_once",
                violation_error_message=_("Deze accreditatie is er al."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to__gte=models.F("valid_from")),
                name="gatherings_accreditation_ends_after_start",
                violation_error_message=_("Een accreditatie eindigt na haar begin."),
            ),
            models.CheckConstraint(
                condition=models.Q(points__gte=0),
                name="gatherings_accreditation_points_not_negative",
                violation_error_message=_("Punten zijn nul of meer."),
            ),
            models.CheckConstraint(
                condition=models.Q(points_min_pct__lte=100),
                name="gatherings_accreditation_min_pct_at_most_100",
                violation_error_message=_("Aanwezigheid is hoogstens 100 %."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.chamber or self.register} {self.number}".strip()

    def clean(self) -> None:
        super().clean()
        if self.chamber is not None and self.chamber.register_id != self.register_id:
            raise ValidationError({"chamber": _("Deze kamer hoort bij een ander register.")})

    @property
    def is_granted(self) -> bool:
        return bool(self.number)

"""Somebody's place in a professional register, and the periods it runs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from certificates.credits.enums import PeriodOutcome, RegistrationStatus
from certificates.credits.querysets import RegistrationQuerySet

if TYPE_CHECKING:
    from datetime import date


class Registration(models.Model):
    """``flags`` are conditions the register set for this person (``ethics_required``); ``variant`` chooses between
    rule sets of one chamber that depend on the person (experience of a behavioural scientist).
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations")
    chamber = models.ForeignKey(
        "credits.Chamber", models.PROTECT, related_name="registrations", verbose_name=_("kamer")
    )
    number = models.CharField(_("registratienummer"), max_length=20, blank=True)
    status = models.CharField(
        _("status"), max_length=6, choices=RegistrationStatus.choices, default=RegistrationStatus.ACTIVE
    )
    variant = models.CharField(_("variant"), max_length=20, blank=True)
    flags = models.JSONField(_("bijkomende eisen"), default=list, blank=True)
    verified_on = models.DateField(_("nagekeken op"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nagekeken door"),
    )

    objects: ClassVar = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registratie")
        verbose_name_plural = _("registraties")
        ordering = ("person", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "chamber"),
                condition=models.Q(status=RegistrationStatus.ACTIVE),
                name="credits_registration_once",
                violation_error_message=_("Je bent hier al ingeschreven; pas die registratie aan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} ({self.chamber})"

    def period_on(self, day: date) -> Period | None:
        """The period that ``day`` falls in or comes after; periods that were fetched before cost no query."""
        begun = [period for period in self.periods.all() if period.starts_on <= day]
        return max(begun, key=lambda period: period.starts_on, default=None)


class Period(models.Model):
    """From ``starts_on`` until the day before ``due_on``, or until it was handed in.

    Work hours and documents are what the person declares; the academy keeps no proof of either.
    """

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="periods")
    starts_on = models.DateField(_("begint op"))
    due_on = models.DateField(_("herregistratiedatum"))
    submitted_on = models.DateField(_("ingediend op"), null=True, blank=True)
    decided_on = models.DateField(_("beslist op"), null=True, blank=True)
    outcome = models.CharField(_("uitkomst"), max_length=7, choices=PeriodOutcome.choices, blank=True)
    work_hours = models.DecimalField(_("gewerkte uren"), max_digits=7, decimal_places=2, null=True, blank=True)
    work_hours_specific = models.DecimalField(
        _("waarvan in dit beroep"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    documents = models.JSONField(_("gezien"), default=list, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("periode")
        verbose_name_plural = _("perioden")
        ordering = ("-starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(due_on__gt=models.F("starts_on")),
                name="credits_period_ends_after_start",
                violation_error_message=_("De herregistratiedatum ligt na het begin van de periode."),
            ),
            models.CheckConstraint(
                condition=models.Q(submitted_on__isnull=True)
                | models.Q(submitted_on__gte=models.F("starts_on"), submitted_on__lt=models.F("due_on")),
                name="credits_period_submitted_in_time",
                violation_error_message=_("Indienen kan tot en met de dag voor de herregistratiedatum."),
            ),
            models.UniqueConstraint(
                fields=("registration", "starts_on"),
                name="credits_period_once",
                violation_error_message=_("Deze periode is er al."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on:%d-%m-%Y} - {self.due_on:%d-%m-%Y}"

    @property
    def ends_on(self) -> object:
        """The day on which this period no longer takes anything in."""
        return self.submitted_on or self.due_on

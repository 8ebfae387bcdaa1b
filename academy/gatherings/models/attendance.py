"""Who was there, in minutes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.gatherings.enums import AttendanceStatus
from academy.gatherings.querysets import AttendanceQuerySet, CorrectionQuerySet


class Attendance(models.Model):
    """How many minutes one person was present in one session.

    ``version`` is the session's attendance version at the last change of this row, so that a stale screen can be told
    which rows somebody else changed.
    """

    session = models.ForeignKey("gatherings.Session", models.PROTECT, related_name="attendance")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attendance")
    status = models.CharField(_("aanwezigheid"), max_length=7, choices=AttendanceStatus.choices)
    minutes = models.PositiveSmallIntegerField(_("minuten"))
    version = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(_("vastgelegd op"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        ordering = ("session", "person")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "person"),
                name="gatherings_attendance_once",
                violation_error_message=_("De aanwezigheid van deze persoon staat er al."),
            ),
            models.CheckConstraint(
                condition=models.Q(status=AttendanceStatus.PRESENT, minutes__gte=1)
                | (~models.Q(status=AttendanceStatus.PRESENT) & models.Q(minutes=0)),
                name="gatherings_attendance_minutes_fit_status",
                violation_error_message=_("Wie aanwezig was heeft minuten, wie er niet was heeft er nul."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=AttendanceStatus.values),
                name="gatherings_attendance_status_known",
                violation_error_message=_("Kies aanwezig, afwezig of afwezig met bericht."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_status_display()}"


class Correction(models.Model):
    """A change of attendance after closing: one colleague asks with a reason, a second one confirms or rejects.

    ``confirmed_by`` is whoever decided, either way.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    session = models.ForeignKey("gatherings.Session", models.PROTECT, related_name="corrections")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    status = models.CharField(_("aanwezigheid"), max_length=7, choices=AttendanceStatus.choices)
    minutes = models.PositiveSmallIntegerField(_("minuten"))
    old_status = models.CharField(_("was"), max_length=7, choices=AttendanceStatus.choices, blank=True)
    old_minutes = models.PositiveSmallIntegerField(_("was (minuten)"), default=0)
    reason = models.CharField(_("waarom"), max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("gevraagd op"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    rejected_at = models.DateTimeField(_("afgewezen op"), null=True, blank=True)

    objects: ClassVar = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correctie van aanwezigheid")
        verbose_name_plural = _("correcties van aanwezigheid")
        ordering = ("-asked_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("session", "person"),
                condition=models.Q(confirmed_at__isnull=True, rejected_at__isnull=True),
                name="gatherings_correction_one_waits",
                violation_error_message=_("Er wacht al een correctie voor deze persoon."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("asked_by")),
                name="gatherings_correction_needs_two",
                violation_error_message=_("Een tweede collega beoordeelt deze correctie."),
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(rejected_at__isnull=True),
                name="gatherings_correction_decided_once",
                violation_error_message=_("Een correctie is bevestigd of afgewezen, niet allebei."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.session}"

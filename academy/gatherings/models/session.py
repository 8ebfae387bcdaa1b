"""Dated meetings and the places where they are held."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.gatherings.enums import VenueKind
from academy.gatherings.querysets import SessionQuerySet


class Venue(models.Model):
    """A place. An open one stands in mail and calendar; a closed one is shown on screen only, to those who may come.

    A secret address cannot be stored: nobody visits it.
    """

    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=6, choices=VenueKind.choices, default=VenueKind.OPEN)
    address = models.CharField(_("adres"), max_length=200, blank=True)
    directions = models.TextField(_("route en toegankelijkheid"), blank=True)
    municipality = models.ForeignKey(
        "people.Municipality", models.PROTECT, null=True, blank=True, related_name="venues", verbose_name=_("gemeente")
    )
    room_for = models.PositiveSmallIntegerField(_("ruimte voor"), null=True, blank=True)
    active_to = models.DateField(_("in gebruik tot"), null=True, blank=True)

    class Meta:
        verbose_name = _("locatie")
        verbose_name_plural = _("locaties")
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind__in=VenueKind.values),
                name="gatherings_venue_open_or_closed",
                violation_error_message=_(
                    "Een locatie is open of besloten. Een geheim adres leg je hier niet vast: daar komt niemand."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.kind == VenueKind.CLOSED


class Session(models.Model):
    """One meeting of a gathering. Attendance is kept per session.

    ``attendance_version`` grows by one with every change of its attendance. The two clocks say how much of the
    meeting was intervision and how much case discussion; a gathering without that distinction leaves them empty.
    ``sequence`` tells calendars which version is the newest.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    gathering = models.ForeignKey("gatherings.Gathering", models.CASCADE, related_name="sessions")
    title = models.CharField(_("naam"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("begint"))
    ends_at = models.DateTimeField(_("eindigt"))
    venue = models.ForeignKey(
        Venue, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("locatie")
    )
    online_url = models.URLField(_("adres van de online bijeenkomst"), blank=True)
    intervision_minutes = models.PositiveSmallIntegerField(_("minuten intervisie"), null=True, blank=True)
    case_minutes = models.PositiveSmallIntegerField(_("minuten casusbespreking"), null=True, blank=True)
    attendance_version = models.PositiveIntegerField(default=0, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    closed_at = models.DateTimeField(_("afgesloten op"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    cancelled_at = models.DateTimeField(_("geannuleerd op"), null=True, blank=True, editable=False)

    objects: ClassVar = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sessie")
        verbose_name_plural = _("sessies")
        ordering = ("starts_at", "pk")
        indexes: ClassVar = [models.Index(fields=("starts_at", "ends_at"), name="gatherings_session_span")]
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="gatherings_session_ends_after_start",
                violation_error_message=_("Een sessie eindigt na haar begin; pas een van beide tijden aan."),
            ),
            models.CheckConstraint(
                condition=models.Q(intervision_minutes__isnull=True, case_minutes__isnull=True)
                | models.Q(intervision_minutes__isnull=False, case_minutes__isnull=False),
                name="gatherings_session_both_clocks",
                violation_error_message=_("Vul beide in: minuten intervisie en minuten casusbespreking (nul mag)."),
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(cancelled_at__isnull=True),
                name="gatherings_session_closed_or_cancelled",
                violation_error_message=_("Een geannuleerde sessie sluit je niet af."),
            ),
        )

    def __str__(self) -> str:
        return self.title or str(self.gathering)

    @property
    def minutes(self) -> int:
        """How long it lasts, in whole minutes of elapsed time (a change to summer time does not lengthen it)."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

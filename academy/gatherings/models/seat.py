"""Somebody's place in a gathering, and the offer of a place that came free."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.gatherings.enums import ACTIVE_SEATS, EndReason, OfferState, SeatState
from academy.gatherings.querysets import SeatOfferQuerySet, SeatQuerySet


class Seat(models.Model):
    """What one person asked of one gathering and how that stands. Coming back is a new row at the end.

    ``queue_key`` grows within a gathering, given out under the lock on it: who asked earlier has the lower one.
    ``promise`` is what was promised when the seat was confirmed, and is never rewritten. ``late`` marks a
    cancellation after the cut-off; nobody is asked why.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    gathering = models.ForeignKey("gatherings.Gathering", models.PROTECT, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    state = models.CharField(_("staat"), max_length=10, choices=SeatState.choices)
    queue_key = models.PositiveIntegerField(editable=False)
    requested_at = models.DateTimeField(_("aangevraagd op"))
    changed_at = models.DateTimeField(_("laatst veranderd op"))
    confirmed_at = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kept_place = models.ForeignKey("gatherings.KeptPlace", models.SET_NULL, null=True, blank=True, related_name="seats")
    objection_until = models.DateTimeField(_("bezwaar mogelijk tot"), null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    promise = models.JSONField(default=dict, blank=True)
    late = models.BooleanField(_("laat afgemeld"), default=False)
    end_reason = models.CharField(_("waarom voorbij"), max_length=20, choices=EndReason.choices, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaced_by", verbose_name=_("in plaats van")
    )

    objects: ClassVar = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("plek")
        verbose_name_plural = _("plekken")
        ordering = ("gathering", "queue_key")
        constraints = (
            models.UniqueConstraint(
                fields=("gathering", "person"),
                condition=models.Q(state__in=ACTIVE_SEATS),
                name="gatherings_seat_one_active",
                violation_error_message=_("Deze persoon heeft hier al een plek of staat al op de wachtlijst."),
            ),
            models.UniqueConstraint(
                fields=("gathering", "queue_key"),
                name="gatherings_seat_queue_key_once",
                violation_error_message=_("Twee mensen staan niet op dezelfde plaats in de rij."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SeatState.values),
                name="gatherings_seat_state_known",
                violation_error_message=_("Deze staat bestaat niet."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ACTIVE_SEATS, end_reason="")
                | (~models.Q(state__in=ACTIVE_SEATS) & ~models.Q(end_reason="")),
                name="gatherings_seat_ended_has_reason",
                violation_error_message=_("Een plek die voorbij is, zegt waarom."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=SeatState.CONFIRMED) | models.Q(confirmed_at__isnull=False),
                name="gatherings_seat_confirmed_has_moment",
                violation_error_message=_("Een bevestigde plek heeft een moment van bevestigen."),
            ),
            models.CheckConstraint(
                condition=models.Q(late=False) | models.Q(state=SeatState.CANCELLED),
                name="gatherings_seat_only_cancelled_is_late",
                violation_error_message=_("Alleen een afmelding kan laat zijn."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.gathering}"

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_SEATS


class SeatOffer(models.Model):
    """A free place held for the first in the queue until ``deadline``. Answered once."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="offers")
    state = models.CharField(_("staat"), max_length=9, choices=OfferState.choices, default=OfferState.OPEN)
    made_at = models.DateTimeField(_("gedaan op"))
    deadline = models.DateTimeField(_("antwoord voor"))
    answered_at = models.DateTimeField(_("beantwoord op"), null=True, blank=True)

    objects: ClassVar = SeatOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("aangeboden plek")
        verbose_name_plural = _("aangeboden plekken")
        ordering = ("deadline", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("seat",),
                condition=models.Q(state=OfferState.OPEN),
                name="gatherings_offer_one_open",
                violation_error_message=_("Er is al een aanbod waarop nog geen antwoord kwam."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=OfferState.OPEN, answered_at__isnull=True)
                | (~models.Q(state=OfferState.OPEN) & models.Q(answered_at__isnull=False)),
                name="gatherings_offer_answered_has_moment",
                violation_error_message=_("Een aanbod dat voorbij is, heeft een moment."),
            ),
            models.CheckConstraint(
                condition=models.Q(deadline__gt=models.F("made_at")),
                name="gatherings_offer_leaves_time",
                violation_error_message=_("Een aanbod laat tijd om te antwoorden."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat} ({self.get_state_display()})"

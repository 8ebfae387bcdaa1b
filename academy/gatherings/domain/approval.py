"""Deciding about a request, and the planner's objection to a seat that was given at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain import placing
from academy.gatherings.domain.eligibility import refusals, standing_reasons
from academy.gatherings.domain.locking import lock_gathering, lock_person
from academy.gatherings.domain.moments import has_begun
from academy.gatherings.domain.offers import fill_free_places
from academy.gatherings.domain.room import room_in
from academy.gatherings.domain.seats import locked_seat
from academy.gatherings.domain.telling import tell
from academy.gatherings.enums import EndReason, GatheringState, SeatState
from academy.gatherings.rules import can_decide, can_place

if TYPE_CHECKING:
    from academy.gatherings.models import Gathering, Seat
    from academy.people.models import User


@transaction.atomic
def approve_seat(*, seat: Seat, by: User) -> Seat:
    """Say yes to a request: the place when there is one, else in line, by the moment of asking.

    A request that was approved already is returned unchanged.
    """
    gathering, seat = _asked(seat, by)
    if seat.state != SeatState.REQUESTED:
        if seat.is_active:
            return seat
        raise DomainError("request_over", _("Deze aanvraag is al ingetrokken of afgewezen."))
    if gathering.state != GatheringState.OPEN or has_begun(gathering):
        raise DomainError("past", _("Deze bijeenkomst is al begonnen of gaat niet door."))
    lock_person(seat.person)
    against = refusals(standing_reasons(person=seat.person, gathering=gathering))
    if against:
        raise DomainError(against[0].code, against[0].message, reasons=against)
    seat.decided_by = by
    seat.save(update_fields=["decided_by"])
    fill_free_places(gathering)
    spot = room_in(gathering).spot_for(seat.person)
    return placing.put_in_queue(seat) if spot is None else placing.confirm(seat, spot)


@transaction.atomic
def decline_seat(*, seat: Seat, by: User) -> Seat:
    """Say no to a request. One that was declined already is returned unchanged."""
    _gathering, seat = _asked(seat, by)
    if seat.state == SeatState.DECLINED:
        return seat
    if seat.state != SeatState.REQUESTED:
        raise DomainError("request_over", _("Over deze aanvraag is al besloten, of hij is ingetrokken."))
    seat.decided_by = by
    seat.save(update_fields=["decided_by"])
    placing.end(seat, SeatState.DECLINED, EndReason.NOT_APPROVED, by=by)
    tell(seat, "ended", why=EndReason.NOT_APPROVED)
    return seat


@transaction.atomic
def object_to_seat(*, seat: Seat, by: User) -> Seat:
    """Take back a seat that was given at once, within the three working days for that."""
    gathering = lock_gathering(seat.gathering_id)
    seat = locked_seat(seat, gathering)
    if not can_place(by, gathering) or by.pk == seat.person_id:
        raise NotAllowedError("not_allowed", _("Alleen wie de bijeenkomst plant, kan bezwaar maken."))
    if seat.state == SeatState.DECLINED:
        return seat
    if seat.state != SeatState.CONFIRMED or seat.objection_until is None or seat.objection_until <= clock.now():
        raise DomainError("objection_over", _("Bezwaar maken kan niet meer. Overleg met de deelnemer."))
    seat.decided_by = by
    seat.save(update_fields=["decided_by"])
    placing.end(seat, SeatState.DECLINED, EndReason.OBJECTION, by=by)
    tell(seat, "ended", why=EndReason.OBJECTION)
    fill_free_places(gathering)
    return seat


def _asked(seat: Seat, by: User) -> tuple[Gathering, Seat]:
    gathering = lock_gathering(seat.gathering_id)
    seat = locked_seat(seat, gathering)
    if not can_decide(by, seat):
        raise NotAllowedError("not_allowed", _("Over deze aanvraag beslist iemand anders."))
    return gathering, seat

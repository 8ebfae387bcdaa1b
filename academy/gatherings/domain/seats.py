"""Taking and giving up a seat: with approval, swapping and moving the only writers of seats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain import placing
from academy.gatherings.domain.eligibility import refusals, standing_reasons, window_reasons
from academy.gatherings.domain.engagements import engagements_of
from academy.gatherings.domain.locking import lock_gathering, lock_person
from academy.gatherings.domain.moments import cut_off, has_begun, is_over
from academy.gatherings.domain.offers import fill_free_places
from academy.gatherings.domain.room import room_in
from academy.gatherings.domain.telling import tell, tell_approver
from academy.gatherings.enums import DECIDED_BY_OTHERS, EndReason, GatheringState, SeatState
from academy.gatherings.models import Seat
from academy.gatherings.rules import approvers_of, can_cancel_seat, can_place, can_take_seat_for
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from academy.gatherings.domain.engagements import Engagement
    from academy.gatherings.models import Gathering
    from academy.people.models import User

# What who plans a gathering may set aside for one person.
SET_ASIDE = frozenset({"window_closed", "not_open_yet", "audience", "not_approved"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A seat that was asked for; ``is_new`` is false when it was there already, ``position`` is set while it waits."""

    seat: Seat
    is_new: bool
    position: int | None


@transaction.atomic
def take_seat(*, person: User, gathering: Gathering, by: User | None, despite: frozenset[str] = frozenset()) -> Taken:
    """Ask a seat for ``person``: confirmed when there is a place, else in line, or requested when others decide.

    A repeat returns the same seat. ``by`` is somebody who may ask for ``person``, or None for the academy itself;
    ``despite`` names codes that a planner sets aside. Raises DomainError with every reason that refuses.
    """
    gathering = lock_gathering(gathering)
    if by is not None and by.pk != person.pk and not can_take_seat_for(by, person, gathering):
        raise NotAllowedError("not_allowed", _("Je kunt deze persoon niet inschrijven."))
    if despite and not (by is None or (despite <= SET_ASIDE and can_place(by, gathering))):
        raise NotAllowedError("not_allowed", _("Alleen wie de bijeenkomst plant, kan hiervan afwijken."))
    lock_person(person)
    engagements = engagements_of(person, gathering)
    held = next((one.seat_id for one in engagements if one.seat_id and one.gathering_id == gathering.pk), None)
    if held is not None:
        return _again(locked_seat(held, gathering))
    found = (*window_reasons(gathering), *standing_reasons(person=person, gathering=gathering, engagements=engagements))
    against = refusals(found, despite=despite)
    if against:
        raise DomainError(against[0].code, against[0].message, reasons=against)
    if by is not None and by.pk != person.pk:
        record(action="seat.take_for", by=by, subject=person, target=gathering.public_id)
    return _place_new(person, gathering, by, engagements)


def _place_new(person: User, gathering: Gathering, by: User | None, engagements: list[Engagement]) -> Taken:
    """A new seat at the end of the line; who waits goes first."""
    room = room_in(gathering)
    if room.waiting:
        fill_free_places(gathering)
        room = room_in(gathering)
    if gathering.approval in DECIDED_BY_OTHERS:
        seat = placing.draw_up(gathering, person, SeatState.REQUESTED, by, after=room.last_key)
        seat.save()
        for approver in approvers_of(seat):
            tell_approver(seat, approver)
        return Taken(seat, is_new=True, position=None)
    spot = room.spot_for(person)
    seat = placing.draw_up(gathering, person, SeatState.WAITLISTED, by, after=room.last_key)
    if spot is not None:
        others = (one.seat_state for one in engagements if one.is_other_group(gathering))
        waits = SeatState.WAITLISTED in others
        return Taken(placing.confirm(seat, spot, waits_elsewhere=waits), is_new=True, position=None)
    seat.save()
    tell(seat, "waiting", is_first=True)
    return Taken(seat, is_new=True, position=position_of(seat))


def _again(seat: Seat) -> Taken:
    """The seat that is there. Who still waits when there is no time left for offers may take a free place at once."""
    gathering = seat.gathering
    if seat.state == SeatState.WAITLISTED and gathering.state == GatheringState.OPEN and not has_begun(gathering):
        fill_free_places(gathering)
        seat.refresh_from_db(fields=["state"])
        spot = room_in(gathering).spot_for(seat.person)
        may = not refusals(standing_reasons(person=seat.person, gathering=gathering))
        if seat.state == SeatState.WAITLISTED and spot is not None and may:
            placing.confirm(seat, spot)
    return Taken(seat, is_new=False, position=position_of(seat))


def position_of(seat: Seat) -> int | None:
    """1 for the first in line; None for who does not wait."""
    if seat.state != SeatState.WAITLISTED:
        return None
    return Seat.objects.queue(seat.gathering).filter(queue_key__lte=seat.queue_key).count()


@transaction.atomic
def cancel_seat(*, seat: Seat, by: User | None) -> Seat:
    """Give up a seat and let the next in line have the place. A seat that ended already is returned unchanged.

    After the cut-off a confirmed seat is marked late; nobody is asked why. Raises DomainError when it is over.
    """
    gathering = lock_gathering(seat.gathering_id)
    seat = locked_seat(seat, gathering)
    if by is not None and not can_cancel_seat(by, seat):
        raise NotAllowedError("not_allowed", _("Je kunt deze plek niet afmelden."))
    if not seat.is_active:
        return seat
    if gathering.state == GatheringState.CLOSED or is_over(gathering):
        raise DomainError("past", _("Deze bijeenkomst is voorbij; afmelden kan niet meer."))
    free_until = cut_off(gathering)
    late = seat.state == SeatState.CONFIRMED and free_until is not None and free_until <= clock.now()
    placing.end(seat, SeatState.CANCELLED, EndReason.CANCELLED, by=by, late=late)
    # Who gives up a confirmed seat herself gets the mail too: it takes the dates out of her calendar.
    if by is None or by.pk != seat.person_id or seat.confirmed_at is not None:
        tell(seat, "ended", why=EndReason.CANCELLED)
    fill_free_places(gathering)
    return seat


def locked_seat(seat: Seat | int, gathering: Gathering) -> Seat:
    """The seat as it is now, with its locked gathering."""
    pk = seat if isinstance(seat, int) else seat.pk
    fresh: Seat = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=pk)
    fresh.gathering = gathering
    return fresh

"""A place that goes to a colleague, or a person who goes to another group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain import placing
from academy.gatherings.domain.eligibility import refusals, standing_reasons, window_reasons
from academy.gatherings.domain.locking import lock_gathering, lock_person
from academy.gatherings.domain.moments import has_begun
from academy.gatherings.domain.offers import fill_free_places
from academy.gatherings.domain.room import room_in
from academy.gatherings.domain.seats import SET_ASIDE, locked_seat
from academy.gatherings.domain.telling import tell
from academy.gatherings.enums import EndReason, GatheringState, SeatState
from academy.gatherings.models import Seat
from academy.gatherings.rules import are_colleagues, can_cancel_seat, can_place
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from academy.common.errors import Reason
    from academy.gatherings.models import Gathering
    from academy.people.models import User


@transaction.atomic
def swap_seat(*, seat: Seat, colleague: User, by: User) -> Seat:
    """Give a confirmed place to a colleague of the same organisation; never late, whatever the date.

    Returns the colleague's seat. A repeat returns it again. Raises DomainError with the colleague's reasons.
    """
    gathering = lock_gathering(seat.gathering_id)
    seat = locked_seat(seat, gathering)
    if not can_cancel_seat(by, seat):
        raise NotAllowedError("not_allowed", _("Je kunt deze plek niet ruilen."))
    done: Seat | None = Seat.objects.active().filter(replaces=seat, person=colleague).first()
    if done is not None:
        return done
    _check_confirmed(seat, gathering)
    if colleague.pk == seat.person_id or not are_colleagues(seat.person, colleague):
        raise DomainError("not_a_colleague", _("Ruilen kan met een collega van dezelfde organisatie."))
    lock_person(colleague)
    waiting = Seat.objects.active().filter(gathering=gathering, person=colleague).select_related("person").first()
    if waiting is not None and waiting.state != SeatState.WAITLISTED:
        raise DomainError("duplicate", _("Je collega heeft hier al een plek."))
    _raise_if(refusals(standing_reasons(person=colleague, gathering=gathering)))
    placing.end(seat, SeatState.CANCELLED, EndReason.SWAPPED, by=by)
    if waiting is not None:
        placing.end(waiting, SeatState.CANCELLED, EndReason.SWAPPED, by=by)
    new = placing.new_seat(gathering, colleague, SeatState.WAITLISTED, by, replaces=seat)
    placing.confirm_in(new, seat.kept_place, tell_what="swapped", name=seat.person.shown_name)
    tell(seat, "ended", why=EndReason.SWAPPED)
    return new


@transaction.atomic
def move_seat(*, seat: Seat, to: Gathering, by: User) -> Seat:
    """Give somebody a place in another group of the same offering instead of this one; the office's or a lead's work.

    The window and the audience of the other group are set aside, its capacity is not. Returns the new seat.
    """
    if seat.gathering_id == to.pk:
        raise DomainError("cannot_move", _("Deze persoon zit al in deze groep."))
    locked = {pk: lock_gathering(pk) for pk in sorted((seat.gathering_id, to.pk))}
    here, there = locked[seat.gathering_id], locked[to.pk]
    seat = locked_seat(seat, here)
    if not (can_place(by, here) and can_place(by, there)):
        raise NotAllowedError("not_allowed", _("Alleen wie beide bijeenkomsten plant, kan iemand verplaatsen."))
    done: Seat | None = Seat.objects.active().filter(replaces=seat, gathering=there).first()
    if done is not None:
        return done
    if not seat.is_active or there.offering_id != here.offering_id:
        raise DomainError(
            "cannot_move", _("Verplaatsen kan met een lopende plek, naar een groep van hetzelfde aanbod.")
        )
    lock_person(seat.person)
    waiting = Seat.objects.active().filter(gathering=there, person=seat.person).select_related("person").first()
    placing.end(seat, SeatState.CANCELLED, EndReason.MOVED, by=by)
    if waiting is not None:
        placing.end(waiting, SeatState.CANCELLED, EndReason.MOVED, by=by)
    found = (*window_reasons(there), *standing_reasons(person=seat.person, gathering=there))
    _raise_if(refusals(found, despite=SET_ASIDE))
    spot = room_in(there).spot_for(seat.person)
    if spot is None:
        raise DomainError("full", _("In die groep is geen plek vrij. Maak eerst een plek vrij of vergroot de groep."))
    new = placing.new_seat(there, seat.person, SeatState.WAITLISTED, by, replaces=seat)
    placing.confirm(new, spot)
    record(action="seat.move", by=by, subject=seat.person, target=there.public_id, data={"from": here.public_id})
    fill_free_places(here)
    return new


def _check_confirmed(seat: Seat, gathering: Gathering) -> None:
    if seat.state != SeatState.CONFIRMED or gathering.state != GatheringState.OPEN or has_begun(gathering):
        raise DomainError("cannot_swap", _("Ruilen kan met een bevestigde plek, tot het begin."))


def _raise_if(against: tuple[Reason, ...]) -> None:
    if against:
        raise DomainError(against[0].code, against[0].message, reasons=against)

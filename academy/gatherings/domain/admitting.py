"""Somebody who stands at the door without a seat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain import placing
from academy.gatherings.domain.eligibility import refusals, standing_reasons
from academy.gatherings.domain.locking import lock_person, lock_session
from academy.gatherings.domain.seats import SET_ASIDE, locked_seat
from academy.gatherings.enums import GatheringState, OfferState, SeatState
from academy.gatherings.models import Seat, SeatOffer
from academy.gatherings.rules import can_record_attendance
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from academy.gatherings.models import Session
    from academy.people.models import User

# Who is in the room is in the room: whether there was a place, and what else was planned, is no longer a question.
SET_ASIDE_AT_THE_DOOR = SET_ASIDE | {"overlap"}


@transaction.atomic
def admit(*, session: Session, person: User, by: User) -> Seat:
    """Give ``person`` a confirmed seat from the beginning of the session on, whatever the capacity.

    Who sits there counts from what stands in the room, not from the list; the lead answers for that. Who waits, was
    offered a place or has asked for one gets it. A repeat returns the seat. Raises DomainError with the reasons that
    no lead can set aside.
    """
    gathering, session = lock_session(session)
    if not can_record_attendance(by, gathering):
        raise NotAllowedError("not_allowed", _("Alleen de begeleider kan iemand toelaten."))
    if gathering.state != GatheringState.OPEN or session.cancelled_at is not None or session.closed_at is not None:
        raise DomainError("not_held", _("Deze sessie gaat niet door of is al afgesloten."))
    if session.starts_at > clock.now():
        raise DomainError("too_early", _("Deze sessie is nog niet begonnen. Schrijf diegene gewoon in."))
    lock_person(person)
    held: Seat | None = Seat.objects.active().filter(gathering=gathering, person=person).first()
    if held is not None and held.state == SeatState.CONFIRMED:
        return held
    against = refusals(
        standing_reasons(person=person, gathering=gathering),
        despite=frozenset(SET_ASIDE_AT_THE_DOOR if person.is_active else ()),
    )
    if against:
        raise DomainError(against[0].code, against[0].message, reasons=against)
    if held is None:
        held = placing.new_seat(gathering, person, SeatState.WAITLISTED, by)
    seat = locked_seat(held, gathering)
    SeatOffer.objects.open().filter(seat=seat).update(state=OfferState.ACCEPTED, answered_at=clock.now())
    seat = placing.confirm_in(seat, seat.kept_place)
    # Also when it is written down afterwards: she was there from the beginning of this session.
    seat.confirmed_at = session.starts_at
    seat.save(update_fields=["confirmed_at"])
    record(action="seat.admit", by=by, subject=person, target=session.public_id)
    return seat

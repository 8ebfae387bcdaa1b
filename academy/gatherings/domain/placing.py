"""The steps of a seat that several verbs share. Called with the gathering locked, never by views."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from academy.common import clock
from academy.common.questions import written_once
from academy.gatherings.domain.moments import objection_deadline
from academy.gatherings.domain.room import room_in
from academy.gatherings.domain.telling import tell
from academy.gatherings.enums import Approval, EndReason, OfferState, SeatState
from academy.gatherings.models import Accreditation, Seat, SeatOffer

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.gatherings.domain.room import Spot
    from academy.gatherings.models import Gathering, KeptPlace
    from academy.people.models import User

# What of an accreditation goes into a promise, by the name of ``AccreditationFacts``.
PROMISED = {
    "register": "register__code",
    "chamber": "chamber__code",
    "accreditor": "accreditor",
    "external_id": "number",
    "requirement": "requirement",
    "points": "points",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "test_required": "test_required",
    "attendance_pct": "points_min_pct",
}


def new_seat(gathering: Gathering, person: User, state: SeatState, by: User | None, **values: Any) -> Seat:
    """A seat at the end of the line; the caller tells the person."""
    seat = draw_up(gathering, person, state, by, after=room_in(gathering).last_key, **values)
    seat.save()
    return seat


def draw_up(
    gathering: Gathering, person: User, state: SeatState, by: User | None, *, after: int, **values: Any
) -> Seat:
    """A seat behind queue key ``after`` that is not written yet; saving or confirming it does that."""
    moment = clock.now()
    return Seat(
        gathering=gathering,
        person=person,
        state=state,
        queue_key=after + 1,
        requested_at=moment,
        changed_at=moment,
        taken_by=by,
        **values,
    )


def confirm(seat: Seat, spot: Spot, *, waits_elsewhere: bool = True) -> Seat:
    """Give the place for good and write down what is promised with it.

    ``waits_elsewhere`` is false when the caller has read, with the person locked, that nothing is to be withdrawn.
    """
    kept = spot.kept.place if spot.kept is not None else None
    return confirm_in(seat, kept, waits_elsewhere=waits_elsewhere)


def confirm_in(
    seat: Seat, kept: KeptPlace | None, *, tell_what: str = "enrolled", waits_elsewhere: bool = True, **facts: Any
) -> Seat:
    moment, is_new = clock.now(), seat._state.adding  # noqa: SLF001 -- Django's documented name
    seat.state, seat.confirmed_at, seat.changed_at = SeatState.CONFIRMED, moment, moment
    seat.kept_place = kept
    seat.promise = promise_of(seat.gathering)
    if seat.gathering.approval == Approval.OBJECTION:
        seat.objection_until = objection_deadline()
    seat.save()
    if waits_elsewhere:
        withdraw_elsewhere(seat)
    tell(seat, tell_what, is_first=is_new, **facts)
    return seat


def put_in_queue(seat: Seat) -> Seat:
    seat.state, seat.changed_at = SeatState.WAITLISTED, clock.now()
    seat.save(update_fields=["state", "changed_at"])
    tell(seat, "waiting")
    return seat


def end(seat: Seat, state: SeatState, reason: EndReason, *, by: User | None, late: bool = False) -> Seat:
    """Let go of a seat and of the offer that may hang on it."""
    moment = clock.now()
    seat.state, seat.end_reason, seat.ended_by, seat.late, seat.changed_at = state, reason, by, late, moment
    seat.save(update_fields=["state", "end_reason", "ended_by", "late", "changed_at"])
    SeatOffer.objects.open().filter(seat=seat).update(state=OfferState.WITHDRAWN, answered_at=moment)
    return seat


def withdraw_elsewhere(seat: Seat) -> None:
    """A place in one group ends the waiting for others of the same offering.

    Rows that another transaction holds are left: what it does with them, it checks itself.
    """
    waiting = Seat.objects.filter(
        person_id=seat.person_id,
        state=SeatState.WAITLISTED,
        gathering__offering_id=seat.gathering.offering_id,
        gathering__kind=seat.gathering.kind,
    ).exclude(gathering_id=seat.gathering_id)
    for other in waiting.select_for_update(skip_locked=True, of=("self",)):
        end(other, SeatState.CANCELLED, EndReason.ELSEWHERE, by=seat.person)


def promise_of(gathering: Gathering) -> dict[str, Any]:
    """What somebody who gets a seat now may count on, as JSON values."""
    offering = gathering.offering
    day = (gathering.ends_at or clock.now()).astimezone(clock.AMSTERDAM).date()
    granted = _granted(offering=offering.pk, day=day)
    return {
        "title": gathering.title,
        "form": offering.form,
        "pillar": offering.pillar,
        "price": str(offering.price),
        "cut_off_working_days": gathering.cut_off_working_days,
        "certificate_min_pct": offering.certificate_min_pct,
        "promised_at": clock.now().isoformat(),
        "accreditations": [dict(zip(PROMISED, map(_as_json, values), strict=True)) for values in granted],
    }


@written_once
def _granted(*, offering: int, day: date) -> QuerySet[Any]:
    return Accreditation.objects.filter(offering=offering).granted_on(day).values_list(*PROMISED.values())


def _as_json(value: Any) -> Any:
    """Points and dates as text; a chamber that is not there is empty text."""
    if value is None:
        return ""
    return str(value) if isinstance(value, Decimal | date) else value

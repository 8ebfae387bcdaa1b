"""What somebody is in already: the seats she has and what she leads, read in one question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Q, Value

from academy.common import clock
from academy.common.questions import written_once
from academy.gatherings.domain.moments import is_over
from academy.gatherings.enums import GOING_ON, GatheringState, SeatState
from academy.gatherings.models import Lead, Seat

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from academy.gatherings.models import Gathering
    from academy.people.models import User

_OF_GATHERING = ("offering", "kind", "state", "starts_at", "ends_at")
_FROM_ROW = ("gathering", *(f"gathering__{name}" for name in _OF_GATHERING))


class Engagement(NamedTuple):
    """A gathering in which somebody has an active seat, or that she leads: then ``seat_id`` is 0."""

    gathering_id: int
    offering_id: int
    kind: str
    state: str
    starts_at: datetime | None
    ends_at: datetime | None
    seat_id: int
    seat_state: str

    @property
    def is_ahead(self) -> bool:
        return self.state == GatheringState.OPEN and not is_over(self)

    @property
    def takes_time(self) -> bool:
        """Whether she is expected there at its hours: she leads it or her seat is confirmed."""
        return self.starts_at is not None and (not self.seat_id or self.seat_state == SeatState.CONFIRMED)

    def is_other_group(self, gathering: Gathering) -> bool:
        """Whether this is another group of the same offering."""
        same = self.offering_id == gathering.offering_id and self.kind == gathering.kind
        return same and self.gathering_id != gathering.pk


def engagements_of(person: User, gathering: Gathering) -> list[Engagement]:
    """What ``person`` has a seat in or leads of all that is going on, and her seat in ``gathering`` whatever its state.

    Somebody who leads a gathering twice is in it twice.
    """
    return [Engagement(*row) for row in _engaged(person=person.pk, gathering=gathering.pk, at=clock.now())]


@written_once
def _engaged(*, person: int, gathering: int, at: datetime) -> QuerySet[Any]:
    seats = Seat.objects.active().filter(Q(gathering=gathering) | Q(gathering__state__in=GOING_ON), person=person)
    leads = Lead.objects.not_ended(at).filter(gathering__state__in=GOING_ON, person=person)
    rows = seats.order_by().values_list(*_FROM_ROW, "pk", "state")
    return rows.union(leads.order_by().values_list(*_FROM_ROW, Value(0), Value("")), all=True)

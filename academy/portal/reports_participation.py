"""Where people take part: the next booked step of each, and the seats of one person. No hours, no results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import TYPE_CHECKING

from django.db.models import F, Q

from academy.common import clock
from academy.gatherings.enums import ACTIVE_SEATS, SeatState
from academy.gatherings.models import Seat
from academy.knowledge.enums import Pillar
from academy.portal.reports import VITALITY_TITLE

if TYPE_CHECKING:
    from datetime import date, datetime

    from academy.people.models import User
    from academy.people.querysets import UserQuerySet

MOST_SEATS = 50


@dataclass(frozen=True, slots=True)
class Step:
    """A seat as others may see it: of vitality only that it is. ``starts_at`` is empty for what has no date."""

    title: str
    starts_at: datetime | None
    word: str


def _step(seat: Seat) -> Step:
    gathering = seat.gathering
    vital = gathering.offering.pillar == Pillar.VITALITY
    past = gathering.ends_at is not None and gathering.ends_at <= clock.now()
    word = "geweest" if past and seat.state == SeatState.CONFIRMED else seat.get_state_display()
    return Step(VITALITY_TITLE if vital else gathering.title, gathering.starts_at, word)


def next_steps(people: UserQuerySet) -> dict[int, Step]:
    """The first thing each person has a seat in that has not begun, by key of the person."""
    seats = Seat.objects.filter(person__in=people, state=SeatState.CONFIRMED, gathering__starts_at__gt=clock.now())
    found: dict[int, Step] = {}
    for seat in seats.select_related("gathering__offering").order_by("gathering__starts_at"):
        found.setdefault(seat.person_id, _step(seat))
    return found


def participation(person: User, since: date | None = None) -> list[Step]:
    """The newest seats of ``person`` that hold or have held, of what ended on ``since`` or later.

    What was cancelled or declined is nobody's business; what she did for an earlier employer neither.
    """
    seats = Seat.objects.filter(state__in=ACTIVE_SEATS, person=person).select_related("gathering__offering")
    if since is not None:
        first = clock.amsterdam(since, time())
        seats = seats.filter(
            Q(gathering__ends_at__gte=first) | Q(gathering__ends_at__isnull=True, requested_at__gte=first)
        )
    return [_step(seat) for seat in seats.order_by(F("gathering__starts_at").desc(nulls_last=True))[:MOST_SEATS]]

"""How much room there is, counted from rows under the lock on the gathering."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from academy.common import clock
from academy.gatherings.enums import HOLDING_SEATS, KeptFor, SeatState
from academy.gatherings.querysets import places_of
from academy.gatherings.rules import is_starter
from academy.people.rules import is_internal, memberships

if TYPE_CHECKING:
    from academy.gatherings.models import Gathering, KeptPlace
    from academy.people.models import User


@dataclass(slots=True)
class Kept:
    """A group of kept places with how many of them nobody uses yet."""

    place: KeptPlace
    left: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A place somebody may take: a kept one, or any."""

    kept: Kept | None = None


@dataclass(slots=True)
class Room:
    """The places of a gathering at one moment. ``hold`` and nothing else changes it.

    ``waiting`` is how many stand in line and ``last_key`` the highest ``queue_key`` given out.
    """

    capacity: int | None
    held: int
    waiting: int
    last_key: int
    kept: list[Kept]

    @property
    def taken(self) -> int:
        """Places that somebody holds or that are kept: ``seats_taken`` in the API."""
        return self.held + sum(group.left for group in self.kept)

    @property
    def is_full(self) -> bool:
        return self.capacity is not None and self.held >= self.capacity

    def spot_for(self, person: User) -> Spot | None:
        """The place ``person`` may take now, a kept one first; None when there is none."""
        if self.capacity is None:
            return Spot()
        if self.held >= self.capacity:
            return None
        for group in self.kept:
            if group.left and is_kept_for(group.place, person):
                return Spot(group)
        return Spot() if self.taken < self.capacity else None

    def hold(self, spot: Spot) -> None:
        self.held += 1
        if spot.kept is not None:
            spot.kept.left -= 1


def room_in(gathering: Gathering) -> Room:
    """Count the seats of a locked ``gathering``."""
    held: Counter[int | None] = Counter()
    waiting = last_key = 0
    moment, is_kept = clock.now(), False
    for _gathering, place, state, number, key in places_of(gatherings=(gathering.pk,), at=moment):
        if not state:
            is_kept = True  # few gatherings keep places
            continue
        last_key = max(last_key, key)
        waiting += number if state == SeatState.WAITLISTED else 0
        held[place] += number if state in HOLDING_SEATS else 0
    return Room(
        capacity=gathering.capacity,
        held=held.total(),
        waiting=waiting,
        last_key=last_key,
        kept=[
            Kept(place, max(place.places - held[place.pk], 0))
            for place in (gathering.kept_places.current(moment).order_by("pk") if is_kept else ())
        ],
    )


def is_kept_for(place: KeptPlace, person: User) -> bool:
    match place.kept_for:
        case KeptFor.EXTERNALS:
            return not is_internal(person)
        case KeptFor.STARTERS:
            return is_starter(person)
        case _:
            return any(
                held.organisation.municipality_id == place.municipality_id
                or (held.team is not None and place.municipality in held.team.municipalities.all())
                for held in memberships(person)
            )

"""Predicates: who may learn from what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.gatherings.enums import GatheringState, SeatState
from academy.gatherings.rules import leads
from academy.people.enums import Role
from academy.people.rules import has_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Seat
    from academy.people.models import User


def learns_in(user: User | AnonymousUser, seat: Seat) -> bool:
    """``learning.follow``: for the holder of a confirmed seat; nobody answers for somebody else."""
    return user.is_authenticated and user.is_active and seat.person_id == user.pk and is_open(seat)


def is_open(seat: Seat) -> bool:
    """Whether this seat gives access to lessons; a test may still be handed in after the group was closed."""
    running = seat.gathering.state in {GatheringState.OPEN, GatheringState.CLOSED}
    return seat.state == SeatState.CONFIRMED and running


def can_give_attempt(user: User | AnonymousUser, seat: Seat) -> bool:
    """``learning.give_attempt``: who leads the group, or the office; never for oneself."""
    return user.pk != seat.person_id and (has_role(user, Role.OFFICE) or leads(user, seat.gathering))

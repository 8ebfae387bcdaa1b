"""The way down: what was earned is handed to ``certificates``, which knows nothing of gatherings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from academy.gatherings.kinds import kind_of
from certificates.achievement import AccreditationFacts
from certificates.credits.models import AchievementRecord
from certificates.domain.recognition import correct, recognise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.gatherings.models import Seat
    from academy.people.models import User
    from certificates.achievement import Achievement
    from certificates.domain.recognition import Recognition


def recognise_seats(seats: Iterable[Seat], *, by: User | None) -> list[tuple[Seat, Recognition]]:
    """Hand down what these seats have earned by now and is not on record yet; that is what comes back.

    Safe to call twice. A series grows: what it brought earlier is looked up in one query and left alone.
    """
    earned = [(seat, one) for seat in seats for one in kind_of(seat.gathering).achievements(seat)]
    held = AchievementRecord.objects.on_record(one.source_key for _seat, one in earned)
    return [(seat, recognise(achievement=one, by=by)) for seat, one in earned if one.source_key not in held]


def earned_by(seat: Seat) -> dict[str, Achievement]:
    """What a seat has earned now, by source key."""
    return {achievement.source_key: achievement for achievement in kind_of(seat.gathering).achievements(seat)}


def correct_seat(seat: Seat, before: dict[str, Achievement], *, by: User, reason: str) -> int:
    """Make the record follow the difference between ``before`` and now; how many achievements changed."""
    after = earned_by(seat)
    changed = [key for key in sorted({*before, *after}) if before.get(key) != after.get(key)]
    for key in changed:
        correct(achievement=after.get(key) or emptied(before[key]), by=by, reason=reason)
    return len(changed)


def emptied(achievement: Achievement) -> Achievement:
    """The same achievement with nothing in it: no minutes, no points, no paper."""
    return replace(achievement, minutes=0, sessions=(), accreditations=(), test_passed_on=None, certificate=None)


def promised_accreditations(seat: Seat) -> tuple[AccreditationFacts, ...]:
    """What was promised when the seat was confirmed, for an achievement; nothing is looked up again."""
    return tuple(
        AccreditationFacts(
            **{
                **one,
                "points": Decimal(one["points"]),
                "valid_from": date.fromisoformat(one["valid_from"]),
                "valid_to": date.fromisoformat(one["valid_to"]),
            }
        )
        for one in seat.promise.get("accreditations", ())
    )

"""What may be told to a municipality: numbers about people that never give away a few.

Three rules, and nothing else is published:

1. A number of persons is told as a band of five: 5-9, 10-14, and so on; below five it is hidden, and zero looks like
   four. Two bands differ by anything from one to nine, so comparing them (another moment, another day) tells nothing
   exact.
2. The teams of a moment are those with five persons or more. Where no team has five while the municipality as a whole
   has so many that every team must have had somebody, both numbers are hidden.
3. Periods are calendar years, which do not overlap, and there is no total over moments: sums of parts are never told.

A region's average is over at least five municipalities, in a band as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.partners.enums import Moment

FEWEST = 5
BAND = 5


@dataclass(frozen=True, slots=True)
class Told:
    """``persons`` is the low end of its band; None is hidden. ``teams`` counts teams with five persons or more."""

    moment: Moment
    persons: int | None
    teams: int | None
    average: int | None = None

    @property
    def highest(self) -> int | None:
        """The high end of the band."""
        return None if self.persons is None else self.persons + BAND - 1

    @property
    def highest_average(self) -> int | None:
        return None if self.average is None else self.average + BAND - 1


def band(number: float) -> int | None:
    """The low end of the band that ``number`` is in; None below five."""
    low = int(number) // BAND * BAND
    return low if low >= FEWEST else None


def told(moment: Moment, *, persons: int, per_team: Iterable[int], teams: int, average: int | None = None) -> Told:
    """One cell. ``per_team`` are the persons of each team that had any, ``teams`` is how many teams there are."""
    low = band(persons)
    large = sum(number >= FEWEST for number in per_team)
    if low is None or (not large and low > (FEWEST - 1) * (teams - 1)):
        return Told(moment, None, None, average)
    return Told(moment, low, large or None, average)


def average_of(numbers: Iterable[int]) -> int | None:
    """The mean of municipalities, in its band; None for fewer than five municipalities."""
    found = list(numbers)
    return band(sum(found) / len(found)) if len(found) >= FEWEST else None

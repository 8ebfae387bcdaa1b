"""Where benchmarks are registered.

A benchmark is a function that measures once and returns one number, preferably a ratio against a reference that it
measures in the same call. Its value is the median over rounds that alternate between all benchmarks, so that noise of
the machine falls on all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Bench:
    """``floor`` is the worst value that is still good: a maximum, or a minimum when ``at_least``."""

    name: str
    measure: Callable[[], float]
    floor: float
    unit: str
    at_least: bool = False

    def good(self, value: float) -> bool:
        return value >= self.floor if self.at_least else value <= self.floor


BENCHES: list[Bench] = []


def bench(name: str, *, floor: float, unit: str = "x", at_least: bool = False):
    """Register the decorated function under ``name``."""

    def register(measure: Callable[[], float]) -> Callable[[], float]:
        BENCHES.append(Bench(name, measure, floor, unit, at_least))
        return measure

    return register

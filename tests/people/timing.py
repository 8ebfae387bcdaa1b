"""Whether time tells known addresses from unknown ones."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def separation(first: Sequence[float], second: Sequence[float]) -> float:
    """How well one threshold tells the two apart: 0.5 is a coin, 1.0 is always right (the area under the curve)."""
    wins = sum((one > other) + (one == other) / 2 for one in first for other in second)
    area = wins / (len(first) * len(second))
    return max(area, 1 - area)


def samples(
    ask: Callable[[str], object], known: Sequence[str], unknown: Sequence[str], clock: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """How long each takes, the known ones first, when all addresses are asked for in a random order."""
    dice = random.Random(20261122)
    turns = [(address, True) for address in known] + [(address, False) for address in unknown]
    dice.shuffle(turns)
    ask(known[0].replace("@", "-warm@"))
    taken: dict[bool, list[float]] = {True: [], False: []}
    for address, is_known in turns:
        started = clock()
        ask(address)
        taken[is_known].append(clock() - started)
    return taken[True], taken[False]


def timed(
    ask: Callable[[str], object],
    known: Sequence[str],
    unknown: Sequence[str],
    clock: Callable[[], float] = time.thread_time,
) -> float:
    """How well time tells them apart; by processor time, which a busy machine does not blur, or by ``clock``."""
    return separation(*samples(ask, known, unknown, clock))

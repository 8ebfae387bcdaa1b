"""The detector on a text as long as a case may be: ordinary sentences, and the worst of the hostile pieces."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path

from leertafels.cases.detector import find
from tests.bench.registry import bench
from tests.cases.hostile import HOSTILE

LENGTH = 3_000
CLEAN = Path(__file__).resolve().parents[1] / "cases/corpus/clean.txt"


def cost(text: str) -> float:
    """Milliseconds of processor time, the best of five."""
    times = []
    for _ in range(5):
        started = time.process_time()
        find(text)
        times.append(time.process_time() - started)
    return min(times) * 1000


def filled(piece: str) -> str:
    return (piece * (LENGTH // len(piece) + 1))[:LENGTH]


@cache
def ordinary() -> str:
    lines = CLEAN.read_text(encoding="utf-8").splitlines()
    return filled(" ".join(line for line in lines if line and not line.startswith("#")))


@bench("detector_of_ordinary_text", floor=20, unit="ms")
def detector_of_ordinary_text() -> float:
    return cost(ordinary())


@bench("detector_of_hostile_text", floor=20, unit="ms")
def detector_of_hostile_text() -> float:
    return max(cost(filled(piece)) for piece in HOSTILE)

"""The script of a conversation at the table: which steps, how long, and where they stand on the clock.

The words are data (``data/scripts.toml``); a file that names an unknown method or step refuses to load.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from leertafels.enums import Method, Mode

if TYPE_CHECKING:
    from datetime import datetime

FILE = Path(__file__).parent / "data" / "scripts.toml"


@dataclass(frozen=True, slots=True)
class Step:
    """``who`` is who has the floor, ``ask`` a sentence that who leads may say aloud."""

    title: str
    minutes: int
    who: str
    text: str
    ask: str


@dataclass(frozen=True, slots=True)
class Script:
    """How one method goes; ``modes`` are the kinds of table it suits."""

    method: Method
    modes: tuple[Mode, ...]
    about: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


@dataclass(frozen=True, slots=True)
class Slot:
    """A step with its number and its place on the clock; ``x`` and ``width`` are its place on a bar of a hundred."""

    number: int
    step: Step
    starts_at: datetime
    ends_at: datetime
    x: str
    width: str


@lru_cache(maxsize=1)
def scripts() -> tuple[Script, ...]:
    """Every script there is, in the order of the file."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))["script"]
    return tuple(
        Script(
            method=Method(entry["method"]),
            modes=tuple(Mode(mode) for mode in entry["modes"]),
            about=entry["about"],
            steps=tuple(Step(**step) for step in entry["step"]),
        )
        for entry in read
    )


def scripts_for(mode: str) -> tuple[Script, ...]:
    """What suits a table of this kind."""
    return tuple(script for script in scripts() if mode in script.modes)


def on_the_clock(script: Script, starts_at: datetime) -> tuple[Slot, ...]:
    """The steps one after the other from ``starts_at``."""
    slots, before = [], 0
    for number, step in enumerate(script.steps, 1):
        begins = starts_at + timedelta(minutes=before)
        # With a point whatever the language, as SVG wants it.
        place = (f"{part * 100 / script.minutes:.2f}" for part in (before, step.minutes))
        slots.append(Slot(number, step, begins, begins + timedelta(minutes=step.minutes), *place))
        before += step.minutes
    return tuple(slots)

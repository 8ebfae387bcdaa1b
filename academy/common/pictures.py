"""Pictures drawn on the server as SVG. Each says in words what it shows; colours come from the style sheet by class."""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDTH, HEIGHT, MIDDLE = 240, 240, 120.0
WALL_STEP, WALL_COLUMNS, WALL_SHOWN = 30, 4, 12


@dataclass(frozen=True, slots=True)
class Chair:
    """A seat: where it stands, how it is turned, how big it is and who it is for."""

    x: float
    y: float
    turn: float
    size: float
    kind: str

    @property
    def scale(self) -> float:
        """Against the drawing of one chair, which is 26 wide."""
        return round(self.size / 26, 2)


@dataclass(frozen=True, slots=True)
class Table:
    """The seats of a gathering round a table, and the queue as chairs along the wall."""

    taken: int
    held: int
    free: int
    waiting: int
    more_waiting: int
    width: int
    chairs: tuple[Chair, ...]
    wall: tuple[Chair, ...]

    @property
    def capacity(self) -> int:
        return self.taken + self.held + self.free

    @property
    def radius(self) -> float:
        """Of the table top: what the chairs leave."""
        return 78.0 - (self.chairs[0].size / 4 if self.chairs else 0.0)

    @property
    def words(self) -> str:
        """What somebody hears who does not see the drawing."""
        parts = [f"{self.taken} van de {self.capacity} plekken bezet"]
        if self.held:
            parts.append(f"{self.held} vastgehouden voor wie een aanbod kreeg")
        parts.append(f"{self.free} vrij" if self.free else "geen plek vrij")
        if self.waiting:
            parts.append(f"{self.waiting} {'persoon' if self.waiting == 1 else 'mensen'} op de wachtlijst")
        return ", ".join(parts) + "."


def table(*, taken: int, held: int = 0, free: int = 0, waiting: int = 0) -> Table:
    """Sets the table: taken seats first, clockwise from the top."""
    taken, held, free, waiting = (max(0, count) for count in (taken, held, free, waiting))
    kinds = ["taken"] * taken + ["held"] * held + ["free"] * free
    size = min(26.0, 2 * math.pi * 98 / max(len(kinds), 1) * 0.8)
    chairs = []
    for place, kind in enumerate(kinds):
        angle = 2 * math.pi * place / len(kinds) - math.pi / 2
        x, y = MIDDLE + 98 * math.cos(angle), MIDDLE + 98 * math.sin(angle)
        chairs.append(Chair(round(x, 1), round(y, 1), round(math.degrees(angle) + 90, 1), round(size, 1), kind))
    shown = min(waiting, WALL_SHOWN)
    wall = tuple(
        Chair(
            WIDTH + 26 + WALL_STEP * (place % WALL_COLUMNS), 60 + WALL_STEP * (place // WALL_COLUMNS), 0, 20, "waiting"
        )
        for place in range(shown)
    )
    width = WIDTH + (WALL_STEP * WALL_COLUMNS + 30 if waiting else 0)
    return Table(taken, held, free, waiting, waiting - shown, width, tuple(chairs), wall)

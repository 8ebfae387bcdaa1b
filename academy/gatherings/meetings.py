"""What other packages do when a meeting moves, is called off or is closed."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from academy.gatherings.models import Session
    from academy.people.models import User


class Change(Enum):
    """What happened to a meeting."""

    MOVED = "moved"
    CANCELLED = "cancelled"
    CLOSED = "closed"


class Step(Protocol):
    """Called inside the transaction of the change, with the gathering locked; it may refuse all of it."""

    def __call__(self, *, session: Session, change: Change, by: User | None) -> object: ...


_STEPS: dict[str, Step] = {}


def register_step(name: str, function: Step) -> None:
    """Have ``function`` called for every change of a meeting (from ``AppConfig.ready``); it is safe to call twice."""
    _STEPS[name] = function


def announce(session: Session, change: Change, *, by: User | None) -> None:
    for function in _STEPS.values():
        function(session=session, change=change, by=by)

"""Somebody is given an account by others: the hook for whoever tells her so (this package knows no mail of its own)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.people.models import User


class Step(Protocol):
    """What a package does for people who were given an account."""

    def __call__(self, *, people: Sequence[User]) -> object:
        """Called inside the transaction that makes them."""


_STEPS: dict[str, Step] = {}


def register_step(name: str, function: Step) -> None:
    """Have ``function(people=)`` called for everybody who is given an account (from ``AppConfig.ready``).

    The same name again takes the place of the first.
    """
    _STEPS[name] = function


def invite(*, people: Sequence[User]) -> None:
    """Tell ``people`` that they have an account, which they open by choosing a password."""
    for function in _STEPS.values():
        function(people=people)

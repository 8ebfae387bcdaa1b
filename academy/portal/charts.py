"""Charts drawn on the server: geometry for the SVG, and the words that say the same.

The drawing is a hundred wide; colours and textures come from the style sheet by class.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WIDTH = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a bar; ``kind`` is granted, expected or planned."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """``goal`` and ``pace`` are places on the bar; None when they are at its end or should not be shown."""

    parts: tuple[Part, ...]
    goal: str | None
    pace: str | None


def meter(
    *, granted: Decimal, expected: Decimal, planned: Decimal, minimum: Decimal, pace: Decimal | None = None
) -> Bar:
    """A bar as long as what is needed, or as what there is when that is more."""
    amounts = (("granted", granted), ("expected", expected), ("planned", planned))
    total = sum((amount for _kind, amount in amounts), ZERO)
    whole = max(total, minimum)
    parts, at = [], ZERO
    for kind, amount in amounts:
        if amount > 0:
            parts.append(Part(kind, _place(at, whole), _place(amount, whole)))
            at += amount
    return Bar(
        parts=tuple(parts),
        goal=_place(minimum, whole) if total > minimum else None,
        pace=_place(pace, whole) if pace else None,
    )


def _place(amount: Decimal, whole: Decimal) -> str:
    """With a point whatever the language, as SVG wants it."""
    return f"{amount / whole * WIDTH:.2f}"


@dataclass(frozen=True, slots=True)
class Stripe:
    """One bar of a chart of shares; ``width`` out of a hundred, ``y`` where it begins."""

    label: str
    part: int
    whole: int
    width: str
    y: int


STRIPE = 12


def shares(parts: Iterable[tuple[Any, int]], whole: int) -> tuple[Stripe, ...]:
    """A bar for each labelled part of the same whole, one below the other."""
    return tuple(
        Stripe(str(getattr(key, "label", key)), part, whole, _place(Decimal(part), Decimal(whole or 1)), row * STRIPE)
        for row, (key, part) in enumerate(parts)
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bars, one below the other; empty draws nothing. ``words`` say the same as the drawing."""

    label: str
    own: str
    other: str
    words: str


def pairs(rows: Sequence[tuple[str, int | None, int | None, str]]) -> tuple[Pair, ...]:
    """From label, both numbers and words; the largest number of all is as long as the drawing is wide."""
    whole = Decimal(max((number or 0 for row in rows for number in row[1:3]), default=0) or 1)
    return tuple(
        Pair(label, *(_place(Decimal(number), whole) if number else "" for number in (own, other)), words)
        for label, own, other, words in rows
    )

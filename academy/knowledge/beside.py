"""Offers beside a text. The packages that know offers stand above this one and register how they are found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.core.cache import cache

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User

SECONDS = 30


@dataclass(frozen=True, slots=True)
class Offer:
    """One offering in a list; ``when`` says its first date that is still to come, or why it has none."""

    key: int
    title: str
    url: str
    introduction: str
    form: str
    when: str
    themes: frozenset[int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which offers: ``inside`` says for whose audience (None: both), ``is_new`` leaves out what one follows already."""

    themes: Collection[int]
    most: int = 3
    inside: bool | None = None
    is_new: bool = False


class Finder(Protocol):
    def __call__(self, user: User | AnonymousUser, wanted: Wanted) -> tuple[Offer, ...]: ...


_FINDERS: list[Finder] = []


def register_offers(finder: Finder) -> None:
    """Say how offers are found (from ``AppConfig.ready``)."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def offers(user: User | AnonymousUser, wanted: Wanted) -> tuple[Offer, ...]:
    """Offers on these themes that ``user`` may see, what begins first in front; for visitors up to 30 s old."""
    if not wanted.themes:
        return ()
    if user.is_authenticated:
        return _found(user, wanted)
    key = f"knowledge.offers.{wanted.most}.{wanted.inside}.{'-'.join(str(theme) for theme in sorted(wanted.themes))}"
    found: tuple[Offer, ...] = cache.get_or_set(key, lambda: _found(user, wanted), SECONDS)
    return found


def _found(user: User | AnonymousUser, wanted: Wanted) -> tuple[Offer, ...]:
    return tuple(offer for finder in _FINDERS for offer in finder(user, wanted))[: wanted.most]

"""Words with a capital: the ones that are nobody's name, and the ones that Dutch does not know."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from leertafels.cases.detector.vocabulary import is_plain, is_word
from leertafels.cases.detector.wordlists import (
    CITED,
    LIKE_A_SURNAME,
    NO_NAMES,
    ORGANISATIONS,
    PEOPLES,
    PLACES,
)

if TYPE_CHECKING:
    from leertafels.cases.detector.tokens import Token

_PLACE_WORDS = frozenset(place.lower() for place in PLACES)
# Shorter ones in capitals are names of scales and laws.
_SHORTEST_IN_CAPITALS = 6
_VOWEL = re.compile("[aeiouy]")
_SHORTEST_STRANGE = 3
_NOBODY = NO_NAMES | _PLACE_WORDS | CITED | ORGANISATIONS


def is_ordinary(token: Token) -> bool:
    """A word that may well have a capital."""
    if token.low in _NOBODY or _of_a_people(token.low):
        return True
    return in_capitals(token) and len(token.low) < _SHORTEST_IN_CAPITALS


@lru_cache(maxsize=4096)
def _of_a_people(low: str) -> bool:
    """``Turks-Nederlandse``, ``Syrier``: a country, a people, a language, a faith or a brand."""
    parts = low.split("-")
    return any(map(_people, parts)) and all(_people(part) or is_word(part) for part in parts)


def _people(low: str) -> bool:
    if low in PEOPLES or (low.endswith("ese") and f"{low[:-2]}es" in PEOPLES):
        return True
    return any(low.endswith(end) and low[: -len(end)] in PEOPLES for end in ("e", "en", "er", "ers", "s", "se"))


def in_capitals(token: Token) -> bool:
    return len(token.text) > 1 and token.text.isupper()


def is_strange(token: Token) -> bool:
    """Neither a word nor what else has a name without being somebody. ``PvdA`` and ``Wmo-loket`` are written so."""
    if is_ordinary(token):
        return False
    parts = token.text.split("-")
    # ``Wajong-uitkering`` is a thing.
    return any(map(_strange_part, parts)) and not (parts[-1].islower() and is_word(parts[-1]))


def _strange_part(part: str) -> bool:
    low = part.lower()
    if len(low) < _SHORTEST_STRANGE or not part[0].isupper() or _VOWEL.search(low) is None:
        return False
    if not (part[1:].islower() or (part.isupper() and len(part) >= _SHORTEST_IN_CAPITALS)):
        return False
    known = is_plain(low) if low.endswith(LIKE_A_SURNAME) else is_word(low)
    return not (known or low in _NOBODY or _of_a_people(low))

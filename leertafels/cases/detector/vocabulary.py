"""Whether Dutch knows a word. What begins with a capital and is no word, no place and no people is somebody's name.

The list leaves out what these rules make of others: inflections, prefixes and compounds.
"""

from __future__ import annotations

from functools import lru_cache

from leertafels.cases.detector.wordlists import words_of

_WORDS = words_of("words.txt")
_ENDINGS = (
    "en", "e", "s", "t", "d", "de", "te", "den", "ten", "je", "jes", "tje", "tjes", "er", "ers", "st", "ste", "ing", "ingen",
    "end", "ende", "ig", "ige", "elijk", "heid", "es", "n", "r",
)  # fmt: skip
_BEGINNINGS = (
    "ge", "be", "ver", "ont", "her", "op", "af", "aan", "uit", "in", "om", "door", "over", "onder", "voor", "na", "toe", "mee",
    "weg", "terug", "bij", "tegen", "mis",
)  # fmt: skip
# What learned words end with, however rare they are.
_LEARNED = (
    "atie", "itie", "utie", "iteit", "isme", "isten", "ologie", "ologe", "oloog", "heid", "schap", "atief", "matig", "zaam", "ische",
    "eren", "aties", "uele", "ueel", "onele", "oneel", "stoornis", "therapie",
)  # fmt: skip
# First names and surnames are shorter than this, or have a hyphen.
_LONGEST_NAME = 12
_SHORTEST_PART, _SHORTEST_COMPOUND, _SHORTEST_WITH_BEGINNING = 3, 8, 7


@lru_cache(maxsize=8192)
def is_word(low: str) -> bool:
    """Whether ``low``, in small letters and without accents, is an ordinary word; with hyphens when every part is."""
    if "-" in low or "'" in low:
        return all(is_word(part) for part in low.replace("'", "-").split("-") if part)
    return len(low) > _LONGEST_NAME or knows(low)


def knows(low: str) -> bool:
    """The same for a word without hyphens, also for one that is longer than a name."""
    return low.endswith(_LEARNED) or _inflected(low) or _with_beginning(low) or _compound(low)


def is_plain(low: str) -> bool:
    """Whether ``low`` is a word without being put together of two."""
    return _inflected(low) or _with_beginning(low)


def _inflected(low: str) -> bool:
    if low in _WORDS:
        return True
    for ending in _ENDINGS:
        stem = low[: -len(ending)]
        if not low.endswith(ending) or len(stem) < (4 if len(ending) < 3 else 3):
            continue
        if stem in _WORDS or (stem[-1] == stem[-2] and stem[:-1] in _WORDS):
            return True
    return False


def _with_beginning(low: str) -> bool:
    return len(low) >= _SHORTEST_WITH_BEGINNING and any(
        low.startswith(one) and _inflected(low[len(one) :].removeprefix("ge")) for one in _BEGINNINGS
    )


def _compound(low: str) -> bool:
    return len(low) >= _SHORTEST_COMPOUND and any(
        _inflected(low[at:]) and _inflected(low[:at]) for at in range(_SHORTEST_PART, len(low) - _SHORTEST_PART + 1)
    )

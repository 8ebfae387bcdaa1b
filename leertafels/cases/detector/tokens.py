"""The words of a text, and how each stands in its sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from leertafels.cases.detector.wordlists import TITLES

_WORD = r"'[tsd](?![A-Za-z])|[A-Za-z]+(?:['-][A-Za-z]+)*"
_TOKEN = re.compile(_WORD)
# ``v.d. Berg``, ``v/d Berg``
_ABBREVIATED = re.compile(r"(?<![A-Za-z])[vV][./]{1,2} ?[dD]\.?(?:[eE]?[rR]\.?)?(?= [A-Z])")
_TOKEN_ABBREVIATED = re.compile(f"{_ABBREVIATED.pattern}|{_WORD}")
_JOINING = frozenset((" ", "  ", "-", "\n"))
_OPENS = re.compile(r"[.!?\n:;\"“”•*]|- ")


class Token(NamedTuple):
    """A word; ``begins`` when it opens a sentence, ``joined`` when only a space or a hyphen stands before it."""

    text: str
    low: str
    start: int
    end: int
    begins: bool
    joined: bool
    capital: bool


def tokens_of(text: str) -> list[Token]:
    tokens: list[Token] = []
    done = 0
    for match in (_TOKEN_ABBREVIATED if _ABBREVIATED.search(text) else _TOKEN).finditer(text):
        between = text[done : match.start()]
        short = between == ". " and tokens[-1:] and tokens[-1].low in TITLES
        begins = between != " " and not short and (not tokens or _OPENS.search(between) is not None)
        word = match[0]
        word = word.removesuffix("'s")
        low = "vd" if word[1:2] in {".", "/"} else word.lower()
        if word:
            tokens.append(
                Token(
                    word,
                    low,
                    match.start(),
                    match.start() + len(word),
                    begins,
                    bool(short) or between in _JOINING,
                    "A" <= word[0] <= "Z",
                )
            )
        done = match.end()
    return tokens

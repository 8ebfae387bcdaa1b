"""The same text written plainly: without tricks of type, with digits for words, without spaces between letters.

Every view knows for each of its characters which character of the text it came from.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Letters of other alphabets that look like ours (the common ones of Unicode's confusables).
_LOOK_ALIKES = dict(
    zip(
        "АВЕЅІЈКМНОРСТХУЗавеѕіјкмнорстхуһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοκνρτυχєѵɡɑıłŁøØđĐßæÆœŒþ",
        "ABESIJKMHOPCTXY3abesijkmhopctxyhdqwABEZHIKMNOPTYXaiokvptuxevgailLoOdDsaAoOp",
        strict=True,
    )
)
_BLANK = frozenset("ᅟᅠㅤﾠ⠀឴឵")
_DOTS = frozenset("。․‧∙•·・⋅｡")
_QUOTES = frozenset("’‘ʼ`´′＇‛")
_MINUS = frozenset("−⁃➖﹣－")
_SQUARED = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)


@dataclass(frozen=True, slots=True)
class View:
    """``text[i]`` was made of the characters from ``at[i]`` until (not including) ``to[i]`` of the original."""

    text: str
    at: list[int]
    to: list[int]


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One character as an ordinary keyboard would write it; nothing for what cannot be seen."""
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char]
    category = unicodedata.category(char)
    if category in {"Cf", "Mn", "Me", "Cc", "Co", "Cs", "Cn"} or char in _BLANK:
        return "\n" if char == "\r" else " " if char in "\t\v\f\x85" else ""
    if category == "Zs":
        return " "
    if category in {"Zl", "Zp"}:
        return "\n"
    if category == "Pd" or char in _MINUS:
        return "-"
    if char in _DOTS:
        return "."
    if char in _QUOTES:
        return "'"
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return _letters(char)


def _letters(char: str) -> str:
    for first in _SQUARED:
        if first <= ord(char) < first + 26:
            return chr(ord("A") + ord(char) - first)
    taken_apart = (part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    plain = "".join(_LOOK_ALIKES.get(part, part) for part in taken_apart)
    # A picture between letters is a mark like any other.
    return "*" if plain == char and unicodedata.category(char) == "So" else plain


# What an ordinary keyboard does not write; a character by its number, and a tag, as web pages have them.
_ODD = re.compile(r"[^\n\x20-_a-~]|&#(x?[0-9a-fA-F]{1,6});|</?[a-z]{1,10}/?>")


def fold(text: str) -> View:
    """``text`` without accents, invisible characters, wide or foreign look-alikes."""
    letters: list[str] = []
    at: list[int] = []
    to: list[int] = []
    done = 0
    for odd in _ODD.finditer(text):
        start, end = odd.span()
        plain = _plain(odd[0]) if end - start == 1 else _by_number(odd[1])
        letters += (text[done:start], plain)
        at += range(done, start)
        to += range(done + 1, start + 1)
        at += [start] * len(plain)
        to += [end] * len(plain)
        done = end
    letters.append(text[done:])
    at += range(done, len(text))
    to += range(done + 1, len(text) + 1)
    return View("".join(letters), at, to)


def _by_number(number: str | None) -> str:
    """``&#64;`` and ``&#x40;``; nothing for a tag."""
    if number is None:
        return ""
    value = int(number[1:], 16) if number[0] == "x" else int(number) if number.isdigit() else 0
    return _plain(chr(value)) if 0x1F < value < 0x110000 else ""


def lowered(text: str) -> str:
    """``text`` in small letters and of the same length, whatever alphabet it holds."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(char.lower()[:1] or char for char in text)


# Single characters with one space between them; two or more spaces part words.
_SPACED = re.compile(r"(?<![A-Za-z0-9])[^\s(](?: {1,6}[^\s)](?![A-Za-z0-9])){3,}+")
_JOINED = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[-._/|*,'~+:;()\[\]]{1,2}[A-Za-z0-9](?![A-Za-z0-9])){3,}+")
_GAP = re.compile(r" +")
_MARKS = re.compile(r"[-._/|*,'~+:;()\[\]]")


def squeeze(view: View) -> View | None:
    """``view`` with s p a c e d and d-o-t-t-e-d characters written together; None when there are none."""
    cuts: list[tuple[int, int, bool]] = []
    for run in _SPACED.finditer(view.text):
        gaps = list(_GAP.finditer(view.text, run.start(), run.end()))
        # "J a n  de" keeps one space where two stood; a steady width of two is one.
        usual = min(gap.end() - gap.start() for gap in gaps)
        cuts += [(gap.start(), gap.end(), gap.end() - gap.start() > usual or _new_word(view.text, gap)) for gap in gaps]
    for run in _JOINED.finditer(view.text):
        cuts += [(mark.start(), mark.end(), False) for mark in _MARKS.finditer(view.text, run.start(), run.end())]
    return cut(view, sorted(cuts)) if cuts else None


def _new_word(text: str, gap: re.Match[str]) -> bool:
    """A capital behind a small letter: ``a Y`` in a name that was spaced out."""
    return text[gap.end()].isupper() and text[gap.start() - 1].islower()


def cut(view: View, cuts: list[tuple[int, int, bool]]) -> View:
    """``view`` without these parts; the third of each says whether a space takes its place."""
    letters: list[str] = []
    kept: list[int] = []
    done = 0
    for start, end, space in cuts:
        letters.append(view.text[done:start])
        kept += range(done, start)
        if space:
            letters.append(" ")
            kept.append(start)
        done = end
    letters.append(view.text[done:])
    kept += range(done, len(view.text))
    return View("".join(letters), [view.at[index] for index in kept], [view.to[index] for index in kept])

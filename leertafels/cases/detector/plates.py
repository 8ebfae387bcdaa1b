"""Registration plates, of the Dutch side codes and near a vehicle of any country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leertafels.cases.detector.files import digits_in
from leertafels.cases.detector.hits import Found
from leertafels.cases.detector.vocabulary import is_word
from leertafels.cases.detector.wordlists import AFTER_A_YEAR, SMALL_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIDE_CODES = (
    "LL-DD-DD",
    "DD-DD-LL",
    "DD-LL-DD",
    "LL-DD-LL",
    "LL-LL-DD",
    "DD-LL-LL",
    "DD-LLL-D",
    "D-LLL-DD",
    "LL-DDD-L",
    "L-DDD-LL",
    "LLL-DD-L",
    "L-DD-LLL",
    "D-LL-DDD",
    "DDD-LL-D",
    "D-LLL-DDD",
)


def _plates(letter: str, mark: str, digit: str = r"\d") -> str:
    meant = {"L": letter, "D": digit, "-": mark}
    return "|".join("".join(meant[sign] for sign in code) for code in _SIDE_CODES)


_PLATE_DASHED = re.compile(rf"(?<![A-Za-z0-9-])(?:{_plates('[A-Za-z]', ' ?[-*/|_~+=] ?')})(?![A-Za-z0-9-]|-\d)")
_PLATE_SPOKEN = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_plates('[A-Za-z] ?', '(?:streepje|streep|min) ?', '[0-9] ?')})(?![A-Za-z0-9])"
)
_PLATE_JOINED = re.compile(rf"(?<![A-Za-z0-9.,-])(?:{_plates('[a-z]', '')})(?![A-Za-z0-9-])")
_KENTEKEN = r"(?:\bk(?:n?t|e?nt?e?k(?:e?n)?\w{0,6}|ent\.)|nummerbord|nummerplaat)(?![a-z])"
_VEHICLE = re.compile(
    rf"(?:{_KENTEKEN}|\bauto|wagen|\bbus|\bscooter|\bmotor|brommer|golf|polo|volkswagen|\bvw\b|opel|corsa|astra|seat|ibiza"
    r"|bmw|audi|mercedes|renault|clio|twingo|peugeot|citroen|fiat|panda|toyota|yaris|aygo|kia|picanto|hyundai|suzuki|skoda|volvo|mazda|tesla|nissan|ford"
    r"|fiesta|focus|mini|smart|caravan|camper|aanhanger|taxi|oldtimer|reed|rijdt|parkeer|gestald)",
)
_PLATE_UPPER = re.compile(rf"(?<![A-Za-z0-9.-])(?:{_plates('[A-Z]', ' ')}|{_plates('[A-Z]', '')})(?![A-Za-z0-9-])")
_PLATE_SAID = re.compile(rf"(?<![a-z0-9])(?:{_plates('[a-z]', '[ .-]{0,2}')})(?![a-z0-9])")
_FOREIGN_PLATE = re.compile(
    rf"{_KENTEKEN}[^\n]{{0,20}}?((?:[a-z]{{1,3}}[ -]){{0,2}}[a-z0-9]{{0,3}}[ -]?\d{{2,5}}[a-z]{{0,3}})\b"
)


def plates(text: str, low: str) -> Iterator[Found]:
    for match in _PLATE_DASHED.finditer(text):
        yield _plate(match)
    if "streep" in low:
        yield from map(_plate, _PLATE_SPOKEN.finditer(text))
    for match in _PLATE_UPPER.finditer(text):
        if not _ordinary(match[0]):
            yield _plate(match)
    for match in _PLATE_JOINED.finditer(text):
        if not _in_units(match[0]):
            yield _plate(match)
    if _VEHICLE.search(low):
        yield from _of_a_vehicle(low)


def _of_a_vehicle(low: str) -> Iterator[Found]:
    """Near a car less is enough: small letters with spaces, and letters with figures of any country."""
    for pattern in (_PLATE_SAID, _MIX):
        for match in pattern.finditer(low):
            near = low[max(match.start() - 60, 0) : match.end() + 40]
            if digits_in(match[0]) > 1 and _VEHICLE.search(near) and not _in_units(match[0]):
                yield _plate(match)
    for match in _FOREIGN_PLATE.finditer(low):
        if not any(len(part) > 2 and is_word(part) for part in re.findall("[a-z]+", match[1])):
            yield Found("plate", match.start(1), match.end(1))


def _plate(match: re.Match[str]) -> Found:
    return Found("plate", match.start(), match.end())


_UNITS = frozenset("xmuaeo")
# Letters and figures mixed, of any country.
_MIX = re.compile(
    r"(?<![\w.-])(?=[a-z0-9.-]{0,8}[a-z])(?=[a-z0-9.-]{0,8}\d)[a-z0-9]{1,4}(?:[.-]?[a-z0-9]{1,4}){1,2}(?![\w-])"
)


def _in_units(plate: str) -> bool:
    """``10 km 20``, ``00 tot 6``: every run of letters is a small word or a unit, or one of them a longer word."""
    parts = re.findall(r"[a-z]+", plate)
    return all(part in SMALL_WORDS or part in _UNITS for part in parts) or any(
        len(part) > 2 and is_word(part) for part in parts
    )


def _ordinary(plate: str) -> bool:
    """Abbreviations beside numbers: ``in 10 VT EN``."""
    parts = re.findall(r"[A-Z]+", plate)
    if re.fullmatch(r"[A-Z]{2} ?(?:19|20) ?\d\d", plate):
        return True
    return " " in plate and all(part.lower() in SMALL_WORDS or part in AFTER_A_YEAR for part in parts)

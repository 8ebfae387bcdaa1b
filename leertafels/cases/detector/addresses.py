"""Where somebody lives: postcodes, and streets with a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leertafels.cases.detector.hits import STOP, WARN, Found
from leertafels.cases.detector.vocabulary import knows
from leertafels.cases.detector.wordlists import (
    AFTER_A_NUMBER,
    AFTER_A_YEAR,
    CITED,
    NO_NAMES,
    NO_STREETS,
    PEOPLES,
    PLACES,
    SMALL_WORDS,
    STREET_ENDINGS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_POSTCODE = re.compile(
    r"(?<![\dA-Za-z:.,€-])([1-9]\d{3})([ .,/_(*-]{0,3})([A-Za-z] ?[A-Za-z]|[A-Z][.-][A-Z])(?![A-Za-z0-9])"
)
_POSTCODE_SPACED = re.compile(r"(?<![\dA-Za-z:.,-])([1-9] ?\d ?\d ?\d)([ -]{0,3})([A-Z] ?[A-Z])(?![A-Za-z0-9])")
LAW_BEFORE = re.compile(
    r"(?:artikel(?:en)?|art\.?|lid|leden|boek|titel|afdeling|paragraaf|hoofdstuk|bijlage|versie|sub|§|€|eur|euro)\s{0,2}(?:\d{1,4}[:.,-]?(?: en | t/m | )?)?$",
    re.IGNORECASE,
)
# The letter O for a nought: ``3O72 PG``.
_POSTCODE_LETTERED = re.compile(r"(?<![A-Za-z0-9])([1-9](?=\d{0,2}O)[\dO]{3}) ?([A-Z]{2})(?![A-Za-z0-9])")
_VOWELS = frozenset("aeiouy")
_SINCE = re.compile(r"(?:sinds|vanaf|t/m) $", re.IGNORECASE)
_POSTCODE_SAID = re.compile(
    r"(?:postcode|postcodegebied|pc|ingeschreven op|ingeschreven in|woont op|woont in|adres)\W{0,3}(?:\w{1,4}\W)?$",
    re.IGNORECASE,
)
_FIGURES_SAID = re.compile(
    r"\b(?:postcode|postcodegebied)[ ]{0,2}(?:is|was|van|gebied)?[ :]{0,3}([1-9]\d ?\d\d)(?!\d)", re.IGNORECASE
)


def postcodes(text: str) -> Iterator[Found]:
    for match in _FIGURES_SAID.finditer(text):
        yield Found("postcode", match.start(1), match.end(1))
    for match in _POSTCODE_LETTERED.finditer(text):
        yield Found("postcode", match.start(), match.end())
    for pattern in (_POSTCODE, _POSTCODE_SPACED):
        for match in pattern.finditer(text):
            level = _postcode_level(text, match)
            if level:
                yield Found("postcode", match.start(1), match.end(3), level)


def _postcode_level(text: str, match: re.Match[str]) -> str:
    figures, gap, letters = match[1], match[2], "".join(filter(str.isalpha, match[3]))
    before = text[max(match.start() - 24, 0) : match.start()]
    if _POSTCODE_SAID.search(before):
        return STOP
    if LAW_BEFORE.search(before):
        return ""
    year = figures.replace(" ", "")[:2] in {"19", "20"}
    apart = bool(gap) or " " in match[3]
    if not letters.isupper() and set(gap) & set(",/_(*"):
        return ""
    if not letters.isupper():
        as_a_word = letters != letters.lower() and _VOWELS & set(letters.lower())
        if apart and (letters.lower() in SMALL_WORDS or as_a_word):
            return ""
        if letters.lower() in {
            "km",
            "kg",
            "eu",
            "mg",
            "ml",
            "kb",
            "mb",
            "gb",
            "cc",
            "cm",
            "mm",
            "kw",
            "uh",
            "pk",
            "st",
        }:
            return ""
        return STOP
    if letters in {"SA", "SD", "SS", "EU", "KM", "KG", "MG", "ML"}:
        return ""
    if apart and year and _SINCE.search(before):
        return WARN
    if apart and year and (letters in AFTER_A_YEAR or letters.lower() in SMALL_WORDS):
        return WARN if letters not in {"BW", "SR", "SV"} else ""
    return STOP


_ENDINGS = tuple(sorted(STREET_ENDINGS))
_ENDING = "(?:" + "|".join(map(re.escape, _ENDINGS)) + ")"
_SHORTEST_STREET = 3
_SURE = re.compile(
    r"(?:straat|straatje|laan|laantje|gracht|kade|singel|dreef|steeg|plantsoen|weg|plein|dijk|vaart|einde|hof|pad|dyk|strjitte|str\.|str|ln\.|ln|pln)$",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"(?<=[A-Za-z.])[ ,]{0,3}(?:op )?(?:nummer |nr\.? ?|huisnummer |no\.? ?)?(\d{1,4})(?![\d:%]|[.,]\d| ?(?:euro|%))"
    r"(?: ?- ?\d{1,4}\b| ?-? ?[A-Za-z](?![A-Za-z])| ?(?:bis|hs|rood|huis|boven)\b)?"
)
_STREET_WORD = re.compile(rf"(?<![A-Za-z0-9-])[A-Za-z][A-Za-z'-]{{0,40}}?{_ENDING}$", re.IGNORECASE)
_STREET_OF = re.compile(
    r"(?<![A-Za-z])(?:Laan|Weg|Plein|Hof|Kade|Straat|Burg(?:emeester)?|Dr|Prof|Pres(?:ident)?|Koningin|Prins(?:es)?|Sint|St|Lange|Korte|Oude|Nieuwe|Grote|Kleine"
    r"|Hoge|Lage|Achter|Op|Aan)\.?(?: (?:van|de|den|der|het|'t|la)){0,3}(?: [A-Z][A-Za-z'-]{1,30}){1,3}$"
)
_LIVES = re.compile(
    r"\b(?:[Oo]p|[Aa]an|[Nn]aar|[Bb]ij|[Vv]oor|[Ww]oont|wonen|woonde|woonden|woonachtig|verblijft|verblijven|[Ww]oonadres|[Aa]dres|ingeschreven|verhuisd|huis|flat|woning|appartement)"
    r"(?: (?:nu|momenteel|sinds kort|samen|tijdelijk|is|staat|naar|in een (?:huis|flat|woning)))?[ :]{1,2}(?:(?:aan|op|in|bij|naar)[ ])?(?:(?:de|het|den|'t)[ ])?"
    r"((?:[A-Z][A-Za-z'-]{1,30} ?){1,4})$"
)
_HOUSE_NUMBER = re.compile(r"\bhuis ?(?:nummer|nr\.?|no\.?)[ :]{1,3}(?:is )?\d{1,4}", re.IGNORECASE)
# ``tjalk straat 5``, and ``op nummer 5 in de Tjalkstraat``.
_APART = re.compile(
    r"(?<![A-Za-z])([A-Za-z]{3,30}) (?:straat|laan|plein|gracht|kade|singel|dreef|steeg|plantsoen) (?:nummer |nr\.? ?)?\d{1,4}(?![\d:%]|[.,]\d)",
    re.IGNORECASE,
)
_APART_WITH_A_NUMBER = re.compile(
    r"(?<![A-Za-z])([A-Z][a-z]{2,30}) (?:weg|dijk|hof|kade|pad),? (?:nummer|nr\.?) \d{1,4}(?![\d:%])"
)
_BEFORE_STREET = frozenset(
    [
        "de",
        "het",
        "een",
        "deze",
        "die",
        "dezelfde",
        "andere",
        "elke",
        "iedere",
        "hele",
        "drukke",
        "stille",
        "lange",
        "korte",
        "onze",
        "hun",
        "haar",
        "zijn",
        "mijn",
        "vorige",
        "volgende",
        "eigen",
    ]
)
_BACKWARDS = re.compile(
    r"\b(?:nummer|nr\.?|no\.?) ?\d{1,4}[a-z]?,? (?:in|aan|op|van) (?:de |het |een )?([A-Za-z'-]{3,40}?(?:straat|laan|gracht|kade|singel|dreef|steeg|plantsoen"
    r"|weg|plein|dijk|hof|pad))(?![A-Za-z])",
    re.IGNORECASE,
)
# What is no word, and a number that counts nothing: ``Roerdomp 12``.
_STRANGE_HOUSE = re.compile(
    r"(?<![A-Za-z])([A-Z][a-z'-]{2,40}) (?:nummer |nr\.? ?)?\d{1,4} ?[a-z]?(?=[-,.;:)\n]|$| in | te | is )"
)
_IN_PLACE = re.compile(r"(?:[-/ ]\d{1,3})?,? (?:in |te )?([A-Z][A-Za-z-]{1,30})")
_COUNTED = re.compile(r" ?([a-z'-]{1,20})")
_STREET_ONLY = re.compile(
    r"(?<![A-Za-z])(?:in|aan|op|bij|van|naar) (?:de|het) ([A-Z][A-Za-z'-]{2,40}(?:straat|laan|gracht|kade|singel|dreef|steeg|plantsoen|weg|plein|dijk))(?![A-Za-z])"
)


def streets(text: str) -> Iterator[Found]:
    for house in _HOUSE.finditer(text):
        start = _street_before(text, house)
        if start is not None and not _counted(text, house):
            yield Found("address", start, house.end())
    for pattern, streets_name in (
        (_HOUSE_NUMBER, _always),
        (_APART, _street_apart),
        (_APART_WITH_A_NUMBER, _street_apart),
        (_BACKWARDS, _street),
        (_STRANGE_HOUSE, _strange),
    ):
        for match in pattern.finditer(text):
            if streets_name(match) and not _counted(text, match):
                yield Found("address", match.start(), match.end())
    for match in _STREET_ONLY.finditer(text):
        if _street(match):
            yield Found("street", match.start(1), match.end(1), WARN)


def _always(_match: re.Match[str]) -> bool:
    return True


def _street(match: re.Match[str]) -> bool:
    return match[1].lower() not in NO_STREETS


def _street_apart(match: re.Match[str]) -> bool:
    return match[1].lower() not in _BEFORE_STREET


def _strange(match: re.Match[str]) -> bool:
    place = _IN_PLACE.match(match.string, match.end())
    if place and place[1] in PLACES:
        return True
    low = match[1].lower().split("'")[0]
    return not (knows(low) or low in NO_NAMES or low in PEOPLES or low in CITED or match[1] in PLACES)


def _street_before(text: str, house: re.Match[str]) -> int | None:
    """Where the street begins that stands before this number; None when none does."""
    first = max(house.start() - 90, 0)
    start = max(text.rfind(" ", first, house.start()), text.rfind("\n", first, house.start()), first - 1) + 1
    last = text[start : house.start()]
    if len(last) < _SHORTEST_STREET:
        return None
    found = _STREET_WORD.search(last) if last.lower().endswith(_ENDINGS) else None
    if found is not None and found[0].lower() not in NO_STREETS:
        sure = _SURE.search(found[0])
        if found[0][0].isupper() or (sure and sure.start() >= _SHORTEST_STREET and "," not in house[0]):
            return start + found.start()
        return None
    if last[0].isupper():
        for pattern in (_STREET_OF, _LIVES):
            before = pattern.search(text, first, house.start())
            if before:
                return before.start(before.re.groups)
    return None


def _counted(text: str, match: re.Match[str]) -> bool:
    """``Onderweg 3 keer``: the number counts something."""
    word = _COUNTED.match(text, match.end())
    return word is not None and word[1] in AFTER_A_NUMBER

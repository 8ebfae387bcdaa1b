"""Account numbers, and numbers of files: of a court, a report, a client.

Every expression is bounded: no part may repeat without end inside another, so time grows with the text and no faster.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leertafels.cases.detector.hits import Found
from leertafels.cases.detector.wordlists import IBAN_LENGTHS, SERVICES

if TYPE_CHECKING:
    from collections.abc import Iterator

_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[ -]?\d{2}(?:[ .-]?[A-Za-z0-9]){11,32}")
_IBAN_NL = re.compile(
    r"(?<![A-Za-z0-9])[Nn][ .-]{0,2}[Ll][ .-]{0,2}\d[ .-]{0,2}\d(?:[ .-]{0,2}[A-Za-z]){4}(?:[ .-]{0,2}\d){10}(?!\d)"
)
_FILE = re.compile(
    r"(?<![a-z])([a-z'-]{0,24}?)(nummers?|nrs?|code|kenmerk|kenm|referentie|ref)\b\.?[ ]{0,2}(?:is|was|luidt|van (?:de |het )?[a-z]{1,14} is|bij de [a-z]{1,14} is)?"
    r"[ ]{0,2}[:=#]?[ ]{0,2}((?:[a-z]{1,6}[./-]{1,2}){0,2}(?:[a-z]{1,6}[ ./-]{0,2})?\d[a-z0-9./-]{1,24}(?: \d{2,8}){0,3})"
)
# What these words are followed by is no file: another kind of hit, a law, or a service anybody may call.
_NO_FILE = frozenset(
    [
        "telefoon",
        "noodtelefoon",
        "nood",
        "alarm",
        "hulp",
        "tel",
        "mobiel",
        "post",
        "huis",
        "rekening",
        "pagina",
        "lijn",
        "wets",
        "artikel",
        "kamer",
        "serie",
        "rang",
        "volg",
        "tram",
        "bus",
        "toegangs",
        "qr",
        "pin",
        "barcode",
    ]
)
_FILE_LOOSE = re.compile(
    r"\b(?:dossier|zaak|casus|melding|aangifte|pv|proces-verbaal|mutatie|beschikking|client|patient)[ ]{0,2}(?:met )?"
    r"(?:nummer|nr\.?|no\.?|#|:)?[ ]{0,2}[:#]?[ ]{0,2}((?:[a-z]{1,5}[./-]?)?\d[\d./-]{2,24}[a-z0-9]{0,6})"
)
_FILE_WORDS = (
    "numm",
    "nr",
    "code",
    "kenm",
    "ref",
    "dossier",
    "zaak",
    "casus",
    "melding",
    "aangifte",
    "pv",
    "verbaal",
    "mutatie",
    "besch",
    "client",
    "patient",
)
_FILE_CODE = re.compile(
    r"(?<![A-Za-z0-9/.-])(?:[A-Z]{1,5}[-/ ]?(?:19|20)\d\d[-/.]\d{2,10}|[A-Z]{2,4}\d{5,12}|[A-Z]{1,4}/\d{1,3}/\d{3,9}"
    r"|[A-Z]{1,4}-\d{5,10}|(?:19|20)\d\d[-/](?!(?:19|20)?\d\d(?!\d))\d{4,10})(?:[-/]\d{1,6})?(?![A-Za-z0-9])"
)
# Letters and figures with marks between them, whatever their order: ``RvdK-K-118274``.
_MIXED_CODE = re.compile(r"(?<![\w@./-])(?!www\b)[A-Za-z]{1,8}\d{0,6}(?:[-/.][A-Za-z0-9]{1,12}){1,5}(?![\w@])")
_NOUGHTS = re.compile(r"(?<=\d)[oO]+(?![a-zA-Z])")
_LONG_RUN = re.compile(r"\d{5}")
_IN_AN_ADDRESS = re.compile(r"\.(?:nl|com|org|eu|net|be)\b")
_PUBLISHED = re.compile(
    r"(?:stb|stcrt|trb|staatsblad|staatscourant|tractatenblad|kamerstukken|ecli\S{0,20}|nen|iso|pb|eu|richtlijn|verordening)[ .:-]{0,3}$",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-/.](?:(?:19|20)\d\d|\d\d))?\.?")


def money_and_files(text: str, low: str) -> Iterator[Found]:
    for match in _IBAN_NL.finditer(text):
        yield Found("iban", match.start(), match.end())
    for match in _IBAN.finditer(text):
        end = _valid_iban_end(match[0])
        if end:
            yield Found("iban", match.start(), match.start() + end)
    if any(word in low for word in _FILE_WORDS):
        yield from _files(low)
    for pattern in (_FILE_CODE, _MIXED_CODE):
        for match in pattern.finditer(text):
            if pattern is _MIXED_CODE and (not _LONG_RUN.search(match[0]) or _IN_AN_ADDRESS.search(match[0])):
                continue
            before = text[max(match.start() - 24, 0) : match.start()]
            if not _PUBLISHED.search(before) and not match[0].startswith(("NEN", "ISO", "EN-")):
                yield Found("dossier", match.start(), match.end())


def _files(low: str) -> Iterator[Found]:
    for match in _FILE.finditer(low):
        number = match[3].rstrip("./-")
        least = 3 if match[1] or not match[2].startswith(("nummer", "nr", "code")) else 4
        if number.startswith(SERVICES):
            continue
        if match[1].rstrip("-") not in _NO_FILE and digits_in(number) >= least and not _is_year(number):
            yield Found("dossier", match.start(), match.start(3) + len(number))
    for match in _FILE_LOOSE.finditer(low):
        number = match[1].rstrip("./-")
        if digits_in(number) >= 3 and not _is_year(number):
            yield Found("dossier", match.start(), match.start(1) + len(number))


def digits_in(text: str) -> int:
    """How many figures there are, with an ``o`` behind one for a nought: ``17oo``."""
    return sum(char.isdigit() for char in _NOUGHTS.sub(lambda match: "0" * len(match[0]), text))


def _is_year(number: str) -> bool:
    return _YEARS.fullmatch(number) is not None


def _valid_iban_end(said: str) -> int:
    """How many characters of ``said`` are an account number whose length and check digits are right; 0 when none are."""
    plain = [(char.upper(), index) for index, char in enumerate(said) if char.isalnum()]
    length = IBAN_LENGTHS.get(plain[0][0] + plain[1][0], 0)
    if not 0 < length <= len(plain):
        return 0
    value = 0
    for char, _index in (*plain[4:length], *plain[:4]):
        number = int(char, 36)
        value = (value * (100 if number >= len("0123456789") else 10) + number) % 97
    return plain[length - 1][1] + 1 if value == 1 else 0

"""Days: of a birth they stop, of a meeting or a law they only warn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leertafels.cases.detector.addresses import LAW_BEFORE
from leertafels.cases.detector.hits import WARN, Found
from leertafels.cases.detector.wordlists import RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
    r"|jan|feb|febr|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)"
)
_BORN = re.compile(
    r"(?:\bgeb\.?|geboren|geboorte(?:datum|dag)?|gebdat|jarig|verjaart|verjaardag|\bd\.?o\.?b\b|ter wereld|bevallen"
    r"|\bw(?:ordt|erd) (?:\w{1,6} )?(?:\d{1,2}|\w{3,9}) (?:jaar )?op\b)[^\n]{0,45}$",
    re.IGNORECASE,
)
_SOMEBODY_IS_OF = re.compile(
    rf"\b(?:kind(?:eren)?(?: \d)?|jongste|oudste|middelste|client|hij|zij|ze|{'|'.join(sorted(RELATIONS))}) (?:is|zijn|was|waren) van $",
    re.IGNORECASE,
)
# ``wordt 12 maart 8 jaar``
_TURNS = re.compile(r"\bw(?:ordt|erd)(?: op)? $", re.IGNORECASE)
_AGE = re.compile(r" (?:al )?(?:\w{1,12} jaar|\d{1,2}\b(?! ?uur|[.:]))", re.IGNORECASE)
_BORN_WORDS = ("geb", "jarig", "verja", "dob", "d.o.b", "wereld", "bevallen")
_BORN_AFTER = re.compile(r"^[^\n.]{0,30}(?:\bgeboren|\bjarig|\bter wereld|\bverjaardag|is geb)", re.IGNORECASE)
_NUMERIC = re.compile(
    r"(?<!\d)(?<!\d[./-])(?:(?:0?[1-9]|[12]\d|3[01]) ?[-/.] ?(?:0?[1-9]|1[0-2]) ?[-/.] ?(?:(?:19|20)\d\d|'?\d\d)"
    r"|(?:19|20)\d\d ?[-/.] ?(?:0?[1-9]|1[0-2]) ?[-/.] ?(?:0?[1-9]|[12]\d|3[01]))(?!\d|[./-]\d)"
)
_WRITTEN = re.compile(
    rf"(?<![\w])(?:(?:0?[1-9]|[12]\d|3[01])(?:e|ste|de)?[ -]{{0,2}}(?:van )?{_MONTH}\.?[ ,-]{{0,3}}(?:(?:19|20) ?\d\d|'\d\d)"
    rf"|{_MONTH} (?:[12]\d|3[01]|0?[1-9])(?:e|ste|de)?,? (?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    rf"(?<![\w])(?:[12]\d|3[01]|0?[1-9])(?:e|ste|de)? (?:van )?{_MONTH}\b|(?<![\d./-])(?:[12]\d|3[01]|0?[1-9])[-/](?:1[0-2]|0?[1-9])(?![\d/-])",
    re.IGNORECASE,
)
_RUN_OF_EIGHT = re.compile(
    r"(?<!\d)(?:(?:0[1-9]|[12]\d|3[01])[ ]?(?:0[1-9]|1[0-2])[ ]?(?:19|20)?\d\d|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?!\d)"
)
_LOOSE_DATE = re.compile(r"(?<!\d)(?:0?[1-9]|[12]\d|3[01])[ ](?:0?[1-9]|1[0-2])[ ](?:19|20)?\d\d(?!\d)")
_PUBLIC_DATE = re.compile(
    r"(?:\bwet\b|\bwetten|meldcode|besluit|regeling|ingegaan|\bingang|invoering|\bAVG\b|verordening|richtlijn|bijeenkomst|training|cursus|congres"
    r"|webinar|vergadering|leertafel|scores?|apgar|cijfers?|sinds|vanaf|\bper|geldt|van kracht|inwerking|\btot|\bop|\bvan|\bvoor|tussen|d\.d\.|verdrag|rapport|versie)\W{1,2}(?:\w{1,12}\W){0,2}$",
    re.IGNORECASE,
)
_PUBLIC_AFTER = re.compile(
    r"[^\n.]{0,24}\b(?:start|begint|begon|training|cursus|bijeenkomst|webinar|congres|vergadering|leertafel|ingegaan|ingaat|treedt|trad|geldt"
    r"|gaat|ging|van kracht|zitting|overleg|gesprek|afspraak|melding|incident|uitspraak|deadline|sluit|open)",
    re.IGNORECASE,
)


def dates(text: str, low: str) -> Iterator[Found]:
    for match in _NUMERIC.finditer(text):
        if not LAW_BEFORE.search(text, max(match.start() - 24, 0), match.start()):
            yield _dated(text, match)
    for match in _WRITTEN.finditer(text):
        yield _dated(text, match)
    if any(word in low for word in _BORN_WORDS):
        patterns: tuple[re.Pattern[str], ...] = (_RUN_OF_EIGHT, _LOOSE_DATE, _DAY_MONTH)
    else:
        patterns = (_DAY_MONTH,) if "wordt" in low or "werd" in low else ()
    for pattern in patterns:
        for match in pattern.finditer(text):
            if _is_birth(text, match):
                yield Found("birth_date", match.start(), match.end())


def _dated(text: str, match: re.Match[str]) -> Found:
    """A day with a year is that of a birth unless something beside it says of what else."""
    if _is_birth(text, match) or not _is_public(text, match):
        return Found("birth_date", match.start(), match.end())
    return Found("date", match.start(), match.end(), WARN)


def _is_public(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - 40, 0) : match.start()]
    return bool(_PUBLIC_DATE.search(before) or _PUBLIC_AFTER.match(text[match.end() : match.end() + 40]))


def _is_birth(text: str, match: re.Match[str]) -> bool:
    before = text[max(match.start() - 60, 0) : match.start()]
    if _SOMEBODY_IS_OF.search(before):
        return True
    after = text[match.end() : match.end() + 40]
    return bool(_BORN.search(before) or _BORN_AFTER.search(after) or (_TURNS.search(before) and _AGE.match(after)))

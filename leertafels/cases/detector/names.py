"""Names of people. A name that is sure stops the text; a word that might be one only warns.

Works on the capital letters people use, and without them when first name and surname stand together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from leertafels.cases.detector.capitals import in_capitals, is_ordinary, is_strange
from leertafels.cases.detector.hits import STOP, WARN, Found
from leertafels.cases.detector.tokens import tokens_of
from leertafels.cases.detector.vocabulary import is_plain, is_word
from leertafels.cases.detector.wordlists import (
    ARTICLES,
    CALLED,
    CITED,
    DONE_TO_THINGS,
    FIRST_NAMES,
    HUMAN_VERBS,
    IN_A_PLACE,
    LIKE_A_SURNAME,
    NAMELY,
    NO_NAMES,
    NO_SURNAMES,
    PARTICLES,
    PLACES,
    RELATIONS,
    SCHOOLS,
    SURNAMES,
    THINGS,
    TITLES,
    WORDY_NAMES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from leertafels.cases.detector.tokens import Token

_INITIALS = re.compile(
    r"(?<![A-Za-z.])((?:[A-Z]\. ?){1,4}|[A-Z]{1,3} )((?:(?:van|de|der|den|het|ter|ten|te|el|al) ){0,3})([A-Z][a-z]{2,30}(?:-[A-Z][a-z]{2,30})?)(?![A-Za-z])"
)
# What a rule answers for a name that is not somebody's: no hit, and no other rule may look at it.
NOBODY = ""
_SHORTEST_LOWER = 5
# A name without a capital stops from this length on: shorter ones are too often something else.
_SHORTEST_LOWER_NAME = 4
_SURE_SURNAMES = frozenset(name for name in SURNAMES if not name.endswith("*"))
_SURNAMES = frozenset(name.rstrip("*") for name in SURNAMES)
_SURE_FIRST = FIRST_NAMES - WORDY_NAMES
_FIRST = FIRST_NAMES | WORDY_NAMES
# Small-letter words that a name may begin with or follow.
_TELLING = _FIRST | TITLES | CALLED | RELATIONS | SCHOOLS
_BESIDE_A_NAME = _SURNAMES | PARTICLES | TITLES | _FIRST
_ENGLISH = frozenset(("of", "for", "with", "and", "the"))
_HAPPENS = frozenset(("is", "was", "wordt", "werd"))
# Houses, hospitals and institutions named after somebody.
_INSTITUTION = re.compile(
    r"(?:kinder)?ziekenhuis|kliniek|stichting|methode|school|college|lyceum|huis|fonds|instituut|hoeve|akkoord|wet|gasthuis|schrikker|manus"
    r"|magdalena|maarten|frank-?stichting|cruijff|test|schaal|syndroom"
)


def names(text: str) -> Iterator[Found]:
    tokens = tokens_of(text)
    yield from _with_initials(text)
    yield from _disguised(text)
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if len(token.low) == 1 or (not token.capital and token.low not in _TELLING and "-" not in token.low):
            index += 1
            continue
        found, used = _at(tokens, index)
        if found is not None and found.level != NOBODY:
            yield found
        index += used


def _at(tokens: list[Token], index: int) -> tuple[Found | None, int]:
    """What begins at this word, and how many words that takes."""
    token = tokens[index]
    for rule in (_titled, _full, _called, _related, _first, _surname, _school, _place, _unknown):
        found = rule(tokens, index, token)
        if found is not None:
            last = next((at for at in range(index, len(tokens)) if tokens[at].end >= found.end), index)
            return found, last - index + 1
    return None, 1


def _after(tokens: list[Token], index: int, *, most: int = 3) -> tuple[int, bool]:
    """The word behind up to ``most`` particles, and whether there were any; the index is past the end when there is none."""
    at, particles = index, False
    while at < len(tokens) and at - index < most and tokens[at].low in PARTICLES and not _breaks(tokens, at):
        at, particles = at + 1, True
    return at, particles


def _breaks(tokens: list[Token], index: int) -> bool:
    return index >= len(tokens) or not tokens[index].joined


def _span(first: Token, last: Token, level: str = STOP) -> Found:
    return Found("name", first.start, last.end, level)


def _titled(tokens: list[Token], index: int, token: Token) -> Found | None:
    """``mevrouw De Vries``, ``familie jansen``; a single letter is no name."""
    if token.low not in TITLES or index + 1 >= len(tokens):
        return None
    at = index + 1
    while at < len(tokens) and len(tokens[at].low) == 1 and tokens[at].capital and tokens[at].low not in PARTICLES:
        at += 1
    at, particles = _after(tokens, at)
    if at >= len(tokens) or tokens[at].start - token.end > 24:
        return None
    name = tokens[at]
    gap_is_small = at == index + 1 and (
        name.joined or (token.low in {"dr", "drs", "mr", "mevr", "fam", "dhr", "prof", "mw"})
    )
    if not (gap_is_small or at > index + 1):
        return None
    if name.low in _SURNAMES and (name.capital or name.low not in NO_SURNAMES or particles):
        return _span(token, name)
    if name.low in _SURE_FIRST and (name.capital or len(name.low) >= _SHORTEST_LOWER):
        return _span(token, name)
    if name.capital and len(name.low) > 1 and not is_ordinary(name):
        return _span(token, name)
    strange = not is_word(name.low) or (name.low.endswith(LIKE_A_SURNAME) and not is_plain(name.low))
    if gap_is_small and len(name.low) >= _SHORTEST_LOWER_NAME and not is_ordinary(name) and strange:
        return _span(token, name)
    return None


def _is_first(token: Token) -> bool:
    parts = token.low.split("-")
    return token.low in _FIRST or (len(parts) > 1 and all(part in _FIRST for part in parts))


def _full(tokens: list[Token], index: int, token: Token) -> Found | None:
    """First name and surname, with or without capitals."""
    if not _is_first(token):
        return None
    second = index + 1
    # A second first name or an initial may stand between.
    while (
        second < len(tokens)
        and second - index < 3
        and not _breaks(tokens, second)
        and (
            (_is_first(tokens[second]) and tokens[second].capital == token.capital)
            or (len(tokens[second].low) == 1 and tokens[second].capital)
        )
    ):
        second += 1
    at, particles = _after(tokens, second)
    if at < len(tokens) and not _breaks(tokens, at) and not tokens[at].begins:
        name = tokens[at]
        if _INSTITUTION.match(name.low):
            return Found("name", token.start, token.end, NOBODY) if token.capital else None
        if name.low in CITED:
            return Found("name", token.start, name.end, NOBODY)
        known = name.low in _SURNAMES
        if token.capital and name.capital and (known or not is_ordinary(name)) and len(name.low) > 1:
            return _span(token, name)
        sure = name.low in _SURE_SURNAMES or particles or (token.low in _SURE_FIRST and name.low not in NO_SURNAMES)
        wordy = token.low in WORDY_NAMES and token.low not in NAMELY
        if known and sure and (token.capital or not wordy):
            return _span(token, name)
    if second > index + 1 and token.capital and tokens[second - 1].capital and len(tokens[second - 1].low) > 1:
        return _span(token, tokens[second - 1])
    return None


def _called(tokens: list[Token], index: int, token: Token) -> Found | None:
    """``heet Dilan``, ``haar naam is sanne``: what follows is a name, known or not."""
    if token.low not in CALLED:
        return None
    at = index + 1
    while (
        at < len(tokens)
        and at - index < 4
        and tokens[at].low
        in {
            "is",
            "was",
            "haar",
            "zijn",
            "hij",
            "zij",
            "ze",
            "nu",
            "dus",
            "eigenlijk",
            "van",
            "vader",
            "moeder",
            "kind",
            "het",
            "de",
        }
    ):
        at += 1
    if at >= len(tokens) or tokens[at].start - token.end > 30:
        return None
    name = tokens[at]
    after, _particles = _after(tokens, at + 1)
    last = (
        tokens[after]
        if after < len(tokens)
        and not _breaks(tokens, after)
        and tokens[after].capital
        and not is_ordinary(tokens[after])
        else name
    )
    if name.capital and len(name.low) > 1 and not is_ordinary(name):
        return _span(name, last)
    if name.low in _SURE_FIRST and not name.begins:
        return _span(name, last)
    return None


def _related(tokens: list[Token], index: int, token: Token) -> Found | None:
    """``haar zoon Dilan``: a capital behind a relation is a name."""
    if token.low not in RELATIONS or _breaks(tokens, index + 1):
        return None
    name = tokens[index + 1]
    whole = _full(tokens, index + 1, name)
    if whole is not None and whole.level != NOBODY:
        return whole
    if name.begins or not name.capital or len(name.low) < 3 or is_ordinary(name):
        if name.low in _SURE_FIRST and len(name.low) >= 4 and not name.begins:
            return _span(name, name)
        return None
    return _span(name, name)


def _first(tokens: list[Token], index: int, token: Token) -> Found | None:
    """A first name on its own."""
    if not _is_first(token) or len(token.low) < 2:
        return None
    following = tokens[index + 1] if not _breaks(tokens, index + 1) else None
    if following is not None and _INSTITUTION.match(following.low):
        return Found("name", token.start, token.end, NOBODY)
    wordy = token.low in WORDY_NAMES
    if in_capitals(token):
        return _span(token, token, WARN if len(token.low) < 5 or wordy else STOP)
    if token.capital:
        if not wordy:
            return _span(token, token)
        if following is not None and following.low in HUMAN_VERBS:
            return _span(token, token)
        return None if token.begins else _span(token, token, WARN)
    return _span(token, token) if not wordy and len(token.low) >= _SHORTEST_LOWER_NAME else None


def _surname(tokens: list[Token], index: int, token: Token) -> Found | None:
    """A surname on its own: ``Jansen``, ``De Vries``."""
    if not token.capital or in_capitals(token):
        return None
    if token.low in PARTICLES:
        at, _particles = _after(tokens, index)
        if at < len(tokens) and not _breaks(tokens, at) and tokens[at].capital and tokens[at].low in _SURNAMES:
            return _span(token, tokens[at], WARN if token.begins and tokens[at].low not in _SURE_SURNAMES else STOP)
        return None
    if token.low in _SURE_SURNAMES and not is_ordinary(token):
        return _span(token, token)
    parts = token.low.split("-")
    if len(parts) > 1 and all(part in _SURNAMES for part in parts):
        return _span(token, token)
    if token.low in _SURNAMES and not token.begins and not is_ordinary(token):
        return _span(token, token, WARN)
    return None


def _unknown(tokens: list[Token], index: int, token: Token) -> Found | None:
    """What has a capital and is no word: ``Xandora``, ``El Bouazzaoui``. Behind ``in`` it may be a place."""
    last = _last_unknown(tokens, index)
    if last is None:
        return None
    before = tokens[index - 1] if index and token.joined else None
    if before is not None and before.low in PARTICLES and before.capital and index > 1:
        before = tokens[index - 2]
    if before is not None and before.low in IN_A_PLACE:
        return Found("place", token.start, tokens[last].end, WARN)
    return _span(token, tokens[last], WARN if _is_thing(tokens, index, last) else STOP)


def _is_thing(tokens: list[Token], index: int, last: int) -> bool:
    """What stands around it says that it is a method, a house, a make: ``de Quilm``, ``Villa Quilm``, ``Quilm of Care``."""
    before = tokens[index - 1] if index and tokens[index].joined else None
    if before is not None and ((before.low in ARTICLES and not before.capital) or _is_title(before)):
        return True
    if any(one.low in THINGS for one in tokens[max(index - 3, 0) : index]):
        return True
    if _breaks(tokens, last + 1):
        return False
    after = tokens[last + 1]
    if _is_title(after) or _INSTITUTION.match(after.low):
        return True
    following = tokens[last + 2] if not _breaks(tokens, last + 2) else None
    if following is None:
        return False
    return (after.low in _ENGLISH and following.capital) or (after.low in _HAPPENS and following.low in DONE_TO_THINGS)


def _is_title(token: Token) -> bool:
    """A word with a capital beside another: ``Glasgow Coma Scale``."""
    if not token.capital or token.begins or len(token.low) == 1 or token.low in _BESIDE_A_NAME:
        return False
    return not is_strange(token)


def _last_unknown(tokens: list[Token], index: int) -> int | None:
    """The last word of the name that begins here; None when none does."""
    if not tokens[index].capital or not is_strange(tokens[index]):
        return None
    last = index
    while not _breaks(tokens, last + 1) and tokens[last + 1].capital and not tokens[last + 1].begins:
        following = tokens[last + 1]
        if not (is_strange(following) or following.low in _SURNAMES):
            break
        last += 1
    return last


def _school(tokens: list[Token], index: int, token: Token) -> Found | None:
    if token.low not in SCHOOLS:
        return None
    at, _particles = _after(tokens, index + 1, most=2)
    if (
        at < len(tokens)
        and not _breaks(tokens, at)
        and tokens[at].capital
        and not tokens[at].begins
        and len(tokens[at].low) > 2
    ):
        return Found("school", token.start, tokens[at].end, WARN)
    return None


def _place(_tokens: list[Token], _index: int, token: Token) -> Found | None:
    if token.text in PLACES:
        return Found("place", token.start, token.end, WARN)
    return None


def _with_initials(text: str) -> Iterator[Found]:
    """``J. de Vries``, ``A.B. Jansen``; a letter that stands for somebody and a new sentence are none."""
    for match in _INITIALS.finditer(text):
        letters, particles, name = match[1], match[2], match[3].lower()
        dotted = "." in letters
        if not dotted and not (particles and name in _SURNAMES):
            continue
        sure = bool(particles) or name in _SURE_SURNAMES or letters.count(".") > 1
        if name in NO_NAMES or (name not in _SURNAMES and not sure):
            continue
        yield Found("name", match.start(), match.end())


_MASKED = re.compile(r"(?<![\w@.])[A-Za-z]{1,12}[@013457$][A-Za-z@013457$]{1,12}(?![\w@.])")
_UNMASKED = str.maketrans("@013457$", "aoieastS".lower())


def _disguised(text: str) -> Iterator[Found]:
    """``F@tima``, ``S4nne``: figures and signs in the place of letters."""
    for match in _MASKED.finditer(text):
        if match[0].lower().translate(_UNMASKED) in _SURE_FIRST:
            yield Found("name", match.start(), match.end())

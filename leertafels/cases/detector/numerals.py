"""Numbers in digits and in words, and the rows of them that are a telephone number, a BSN or an account."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from leertafels.cases.detector.hits import WARN, Found
from leertafels.cases.detector.views import View
from leertafels.cases.detector.wordlists import SERVICES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_ONES = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf")
_TEENS = ("dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien")
_TENS = ("twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig")


def _words() -> dict[str, int]:
    small = {word: number for number, word in enumerate(_ONES + _TEENS)}
    small |= {word: 10 * ten for ten, word in enumerate(_TENS, start=2)}
    small |= {
        f"{one}en{ten_word}": 10 * ten + number
        for ten, ten_word in enumerate(_TENS, start=2)
        for number, one in enumerate(_ONES[:10])
        if number
    }
    words = dict(small)
    hundreds = {"honderd": 100} | {
        f"{word}honderd": 100 * small[word] for word in (_ONES + _TEENS)[2:] if word != "tien"
    }
    for word, value in hundreds.items():
        words[word] = value
        words |= {f"{word}{rest}": value + more for rest, more in small.items() if more}
        words |= {f"{word}en{rest}": value + more for rest, more in small.items() if more and more < 13}
    words |= {f"negentien{rest}": 1900 + more for rest, more in small.items() if more > 12}
    words |= {f"twintig{rest}": 2000 + more for rest, more in small.items() if 9 < more < 50}
    words |= {"tweeduizend": 2000} | {f"tweeduizend{rest}": 2000 + more for rest, more in small.items() if more}
    words |= {f"tweeduizenden{rest}": 2000 + more for rest, more in small.items() if 0 < more < 13}
    return words | {"zero": 0, "twe": 2, "zeuven": 7}


WORDS = _words()
# ``de eenendertigste januari``: only before a month; elsewhere an ordinal is no number.
_ORDINALS = {"eerste": 1, "derde": 3} | {
    word + end: value for word, value in WORDS.items() if value < 32 for end in ("de", "ste")
}
_BEFORE_MONTH = re.compile(r" (?:van )?(?:jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)", re.IGNORECASE)
_SMALL = sorted((word for word in WORDS if WORDS[word] < 100), key=len, reverse=True)
_IN_ONE_WORD = re.compile("|".join(_SMALL))
# The digit look-alikes O, l, I and | count inside a token that also holds a digit.
_TOKEN = re.compile(
    r"(?<![A-Za-z])[OolI|]{1,9}[0-9][0-9OolI|]*|[0-9][0-9OolI|]*"
    r"|(?<![A-Za-z])(?:nul|een|eer|tw[aei]|drie|vi[je]|vee|ze[sruv]|ach|neg|tien|elf|der|tach|hond|dub)[a-z]*",
    re.IGNORECASE,
)
_AS_DIGITS = str.maketrans("OolI|", "00111")
_GAP = re.compile(
    r"[ \n.,;:\-/()_+*#'\"~|]{0,5}|[ ,;.-]{0,3}(?:(?:en )?(?:dan|daarna|vervolgens|toen)|en|streepje|spatie|gevolgd door) "
)
_BSN_GAP = re.compile(r"[ \n.,;:\-/()_+*#'\"~|]{0,5}|[ ,;.-]{0,3}(?:en )?(?:dan|daarna|vervolgens|toen) ")
_PREFIXES = frozenset(("nr", "no", "t", "m"))
_LONGEST = 15
_SHORTEST = 6
_LONGEST_GAP = 18
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that were written together; ``word`` when they were written as a word."""

    start: int
    end: int
    digits: str
    word: bool = False
    article: bool = False


def groups(text: str) -> list[Group]:
    """Every number in ``text``, in order."""
    found: list[Group] = []
    doubled: int | None = None
    for token in _TOKEN.finditer(text):
        raw, start = token[0], token.start()
        if raw[0].isdigit() or raw[-1].isdigit() or not raw.isalpha():
            if not _stands_alone(text, start):
                continue
            found.append(_doubled(Group(start, token.end(), raw.translate(_AS_DIGITS)), doubled))
            doubled = None
            continue
        word = raw.lower()
        if word in {"dubbel", "dubbele"}:
            doubled = start
            continue
        found += [_doubled(group, doubled) for group in _in_words(text, word, start)]
        doubled = None
    return _merged(found, text)


def _stands_alone(text: str, start: int) -> bool:
    """Digits stuck to a letter or two are part of a code; a longer word was only written too close."""
    first = start
    while first > 0 and start - first < 3 and text[first - 1].isalpha():
        first -= 1
    return first == start or start - first > 2 or text[first:start].lower() in _PREFIXES


def _doubled(group: Group, since: int | None) -> Group:
    """``dubbel nul``: the word before says that the first digit comes twice."""
    if since is None or group.start - since > 10:
        return group
    return Group(since, group.end, group.digits[0] * 2 + group.digits[1:], group.word)


def _in_words(text: str, word: str, start: int) -> Iterator[Group]:
    """The numbers of one word: ``twaalf``, or several written together as in ``nulzestwaalf``."""
    if word in WORDS:
        yield Group(start, start + len(word), str(WORDS[word]), word=True, article=word == "een")
        return
    if word in _ORDINALS and _BEFORE_MONTH.match(text, start + len(word)):
        yield Group(start, start + len(word), str(_ORDINALS[word]), word=True)
        return
    if len(word) < 6 or not word.startswith(("nul", "een", "tw", "dr", "v", "z", "acht", "n", "ti", "el", "de")):
        return
    parts, done = [], 0
    for part in _IN_ONE_WORD.finditer(word):
        if part.start() != done:
            return
        parts.append(part)
        done = part.end()
    if done == len(word) and len(parts) > 1:
        for part in parts:
            yield Group(start + part.start(), start + part.end(), str(WORDS[part[0]]), word=True)


def _merged(found: list[Group], text: str) -> list[Group]:
    """``negentienhonderd vijfentachtig`` is one number; ``een`` on its own is an article."""
    merged: list[Group] = []
    for group in found:
        last = merged[-1] if merged else None
        between = text[last.end : group.start] if last else ""
        if (
            last
            and last.word
            and group.word
            and between in {" ", " en ", "-"}
            and len(last.digits) in {3, 4}
            and last.digits.endswith("00")
            and len(group.digits) < 3
        ):
            whole = str(int(last.digits) + int(group.digits))
            merged[-1] = Group(last.start, group.end, whole, word=True)
        else:
            merged.append(group)
    return [
        group
        for index, group in enumerate(merged)
        if not group.article or _near(merged, index, -1, text) or _near(merged, index, 1, text)
    ]


def _near(found: list[Group], index: int, step: int, text: str) -> bool:
    other = found[index + step] if 0 <= index + step < len(found) else None
    if other is None:
        return False
    first, second = (other, found[index]) if step < 0 else (found[index], other)
    return other.word and second.start - first.end < 4 and not text[first.end : second.start].strip(" -,.")


def in_digits(view: View, found: list[Group]) -> View:
    """``view`` with its numbers in digits."""
    if not any(group.word for group in found):
        return view
    letters: list[str] = []
    at: list[int] = []
    to: list[int] = []
    done, last = 0, None
    for group in found:
        if group.word:
            if last is None or not _told_off(view.text, last, group):
                letters.append(view.text[done : group.start])
                at += view.at[done : group.start]
                to += view.to[done : group.start]
            letters.append(group.digits)
            # Every digit stands for the whole word.
            at += [view.at[group.start]] * len(group.digits)
            to += [view.to[group.end - 1]] * len(group.digits)
            done = group.end
        last = group
    letters.append(view.text[done:])
    return View("".join(letters), at + view.at[done:], to + view.to[done:])


def _told_off(text: str, last: Group, group: Group) -> bool:
    """``vier acht twee``: digits that are said one by one are one number."""
    single = last.word and len(last.digits) == len(group.digits) == 1
    return single and text[last.end : group.start] in {" ", "-", ", "}


class _Rows(NamedTuple):
    """Which groups stand in one row, counted so that a stretch of them is looked up and not walked."""

    digits: str
    # Per group how many digits stand before it; per number of digits the group that ends there.
    before: list[int]
    ends: dict[int, int]
    # Groups with the same number have only light marks between them; with tight ones the second is the same too.
    light: list[int]
    tight: list[int]
    # How many groups before this one are neither one digit nor a word.
    unspelled: list[int]


def _rows(text: str, found: list[Group]) -> _Rows:
    before, ends, light, tight, unspelled = [], {}, [0], [0], [0]
    total = 0
    for index, group in enumerate(found):
        before.append(total)
        total += len(group.digits)
        ends[total] = index
        unspelled.append(unspelled[-1] + (len(group.digits) != 1 and not group.word))
        if index:
            gap = text[found[index - 1].end : group.start]
            is_light = len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap) is not None
            is_tight = is_light and _BSN_GAP.fullmatch(gap) is not None
            light.append(light[-1] + (not is_light))
            tight.append(tight[-1] + (not is_tight))
    return _Rows("".join(group.digits for group in found), before, ends, light, tight, unspelled)


def numbers(text: str, found: list[Group]) -> Iterator[Found]:
    """Telephone numbers, BSNs and other long numbers among these groups."""
    rows = _rows(text, found)
    index = 0
    while index < len(found):
        # A word that says what kind of number follows stands before the first of its groups only.
        said = _said(text, found[index].start) if index == 0 or rows.light[index - 1] != rows.light[index] else ""
        hit, used = _from(text, found, index, said, rows)
        if hit is not None:
            yield hit
        index += used


def _said(text: str, start: int) -> str:
    before = text[max(start - 40, 0) : start].lower()
    if _SAYS.search(before) is None:
        return ""
    return next((kind for kind, word in _SAID.items() if word.search(before)), "")


def _from(text: str, found: list[Group], index: int, said: str, rows: _Rows) -> tuple[Found | None, int]:
    """The longest number that begins with this group, and how many groups it takes."""
    first, start = found[index], rows.before[index]
    if first.digits.startswith(SERVICES):
        return None, 1
    plus = text[max(first.start - 2, 0) : first.start].strip(" (").endswith("+")
    best: tuple[Found | None, int] = (None, 1)
    if _SHORTEST < len(first.digits) <= _LONGEST and not first.word:
        best = Found("number", first.start, first.end, WARN), 1
    for length in _wanted(first.digits, said, plus=plus):
        last = rows.ends.get(start + length, index - 1)
        if last < index or rows.light[last] != rows.light[index]:
            continue
        digits = rows.digits[start : start + length]
        loose = rows.unspelled[last + 1] == rows.unspelled[index] or rows.tight[last] == rows.tight[index]
        kind = _kind(digits, said if loose else "", plus=plus, loose=loose)
        # Behind a year stands the number of a file, whatever its sum.
        if kind == "bsn" and not said and last > index and _YEAR.fullmatch(first.digits):
            continue
        if kind and not digits.startswith(SERVICES):
            best = Found(kind, first.start, found[last].end), last - index + 1
    return best


def _wanted(digits: str, said: str, *, plus: bool) -> Collection[int]:
    """How many digits a number that begins like this must have to be anything; so the rest is not even put together."""
    if plus:
        return _ANY
    if digits[0] == "0":
        return _ANY
    if said:
        least, most = _LENGTHS[said]
        return range(least, max(most, 12) + 1)
    return (9, 11, 12) if digits[0] == "3" else (9,)


def _kind(digits: str, said: str, *, plus: bool, loose: bool) -> str:
    if _is_phone(digits, plus=plus):
        return "phone"
    least, most = _LENGTHS.get(said, (0, 0))
    if least <= len(digits) <= most:
        return said
    return "bsn" if loose and len(digits) == len(_WEIGHTS) and is_bsn(digits) else ""


_BSN_WORD = re.compile(
    r"(?:\bbsn|burgerservicenummer|burger service nummer|sofi(?:nummer)?)\W{0,3}(?:\w{1,7}\W{1,2}){0,2}$"
)
_PHONE_WORD = re.compile(
    r"(?:\btel|telefoon|telefoonnummer|mobiel|mobiele nummer|gsm|\bbel(?:len|t)?|bereikbaar|06-nummer|whatsapp|\bapp(?:en|t)?)"
    r"\W{0,3}(?:(?:nr|nummer|is|op|via|haar|hem|hen|naar|het|me|mij)\W{1,2}){0,3}$"
)
_ACCOUNT_WORD = re.compile(
    r"(?:rekening|rekeningnummer|banknummer|giro|bankrekening|rek\.?nr)\W{0,3}(?:(?:nr|nummer|is|op)\W{1,2}){0,2}$"
)


# What a word before a number says of it, and how many digits that kind has.
_SAYS = re.compile("bsn|burger|sofi|tel|mob|gsm|bel|bereik|06|app|rek|bank|giro")
_SAID = {"bsn": _BSN_WORD, "phone": _PHONE_WORD, "iban": _ACCOUNT_WORD}
_ANY = range(_SHORTEST, _LONGEST + 1)
_LENGTHS = {"bsn": (8, 9), "phone": (6, 9), "iban": (7, 10)}
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(digits: str) -> bool:
    """The test of eleven: weights 9 down to 2, and minus 1 for the last."""
    if len(set(digits)) == 1:
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def _is_phone(digits: str, *, plus: bool) -> bool:
    if digits.startswith("00"):
        return 11 <= len(digits) <= 15 and digits[2] != "0"
    if plus:
        return 9 <= len(digits) <= 15 and digits[0] != "0"
    if digits.startswith("0"):
        return len(digits) == 10
    return (len(digits) == 11 and digits.startswith("316")) or (len(digits) == 12 and digits.startswith("3106"))

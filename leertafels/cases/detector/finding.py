"""The one function of the detector: every view of a text through every net, and one list of hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leertafels.cases.detector import addresses, dates, files, names, network, numerals, plates
from leertafels.cases.detector.hits import RANK, STOP, SUGGESTIONS, Found, Hit
from leertafels.cases.detector.views import View, fold, lowered, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator


def find(text: str) -> list[Hit]:
    """What in ``text`` leads to somebody, in order and without overlap. Says nothing of it to anybody else."""
    seen: set[Hit] = set()
    for view in _views(text):
        for read, found in _in(view):
            start, end = read.at[found.start], read.to[found.end - 1]
            seen.add(Hit(found.kind, start, end, found.level, SUGGESTIONS[found.kind]))
    return _without_overlap(seen)


def _views(text: str) -> Iterator[View]:
    plain = fold(text)
    yield plain
    squeezed = squeeze(plain)
    if squeezed is not None:
        yield squeezed


def _in(view: View) -> Iterator[tuple[View, Found]]:
    found = numerals.groups(view.text)
    for one in (*numerals.numbers(view.text, found), *names.names(view.text), *network.net(lowered(view.text))):
        yield view, one
    digits = numerals.in_digits(view, found)
    for one in _fixed(digits.text):
        yield digits, one


def _fixed(text: str) -> Iterator[Found]:
    low = lowered(text)
    yield from files.money_and_files(text, low)
    yield from plates.plates(text, low)
    yield from addresses.postcodes(text)
    yield from addresses.streets(text)
    yield from dates.dates(text, low)


def _without_overlap(seen: set[Hit]) -> list[Hit]:
    """Of hits that share characters the one that stops, then the surer kind, then the longer one."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(seen, key=lambda hit: (hit.level != STOP, RANK[hit.kind], hit.start - hit.end, hit.start)):
        places = range(hit.start, hit.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.start)

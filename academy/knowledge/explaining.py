"""Terms explained where they first stand in a text.

The word becomes a button inside ``<dfn>`` that opens a card by the ``popover`` attribute: no JavaScript, and the
keyboard works as on any button. Where a browser has no popovers the cards stand under the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from academy.knowledge.models import Term

if TYPE_CHECKING:
    from collections.abc import Iterable

KEY, SECONDS = "knowledge.terms", 30
# No term is explained inside these.
LEFT_ALONE = {"a", "button", "code", "dfn", "h1", "h2", "h3", "h4", "h5", "h6", "label", "pre", "script", "style"}
LEFT_ALONE |= {"summary", "svg", "textarea", "title", "figcaption", "cite"}
_ENDING = r"(?:['’]?s|en)?"


@dataclass(frozen=True, slots=True)
class Card:
    """What is said about a term; ``url`` and ``further`` lead to an article, if there is one."""

    name: str
    anchor: str
    explanation: str
    url: str
    further: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A text with buttons in it, and the cards they open."""

    html: SafeString
    cards: tuple[Card, ...]


Words = tuple[tuple[tuple[str, ...], Card], ...]


def glossary() -> Words:
    """Every published term with its spellings; as old as a public page may be, so that no page asks for it twice."""
    return cache.get_or_set(KEY, _read, SECONDS)


def _read() -> Words:
    rows = Term.objects.filter(live=True).select_related("article")
    return tuple(
        (
            tuple(term.spellings),
            Card(
                name=term.name,
                anchor=term.anchor,
                explanation=term.explanation,
                url=(term.article.get_url() or "") if term.article and term.article.live else "",
                further=term.article.title if term.article else "",
            ),
        )
        for term in rows
    )


@lru_cache(maxsize=4)
def _pattern(words: Words) -> tuple[re.Pattern[str], dict[str, Card]]:
    """One expression for all terms, the longest first, and the card of each spelling."""
    cards = {escape(spelling).casefold(): card for spellings, card in reversed(words) for spelling in spellings}
    longest = sorted(cards, key=len, reverse=True)
    choice = "|".join(re.escape(spelling) for spelling in longest)
    return re.compile(rf"(?<![\w-])({choice}){_ENDING}(?![\w-])", re.IGNORECASE), cards


def explain(parts: Iterable[str], *, words: Words | None = None) -> Explained:
    """Explain the first occurrence of every term in these pieces of HTML, which are safe already."""
    words = glossary() if words is None else words
    pieces = list(parts)
    if not words:
        return Explained(mark_safe("".join(pieces)), ())  # noqa: S308 -- what was safe stays as it was
    marker = _Marker(*_pattern(words))
    for piece in pieces:
        marker.read(piece)
    return Explained(mark_safe("".join(marker.out)), tuple(marker.explained.values()))  # noqa: S308 -- tags go through as they are, what is added is formatted


class _Marker(HTMLParser):
    """Writes HTML out as it came in, with a button round the first of each term in running text."""

    def __init__(self, pattern: re.Pattern[str], cards: dict[str, Card]) -> None:
        super().__init__(convert_charrefs=False)
        self.pattern, self.cards = pattern, cards
        self.out: list[str] = []
        self.explained: dict[str, Card] = {}
        self.shut: list[str] = []

    def read(self, piece: str) -> None:
        self.reset()
        self.shut = []
        self.feed(piece)
        self.close()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag in LEFT_ALONE:
            self.shut.append(tag)

    def handle_startendtag(self, _tag: str, _attrs: object) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag in self.shut:
            self.shut.remove(tag)

    def handle_data(self, data: str) -> None:
        self.out.append(data if self.shut else self.pattern.sub(self._explain, data))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, _data: str) -> None:
        """Nobody reads it."""

    def _explain(self, match: re.Match[str]) -> str:
        card = self.cards[match[1].casefold()]
        if card.anchor in self.explained:
            return match[0]
        self.explained[card.anchor] = card
        # The text around it was escaped already, so the word goes back as it was.
        return format_html(
            '<dfn><button type="button" class="term" popovertarget="{}">{}</button></dfn>',
            card.anchor,
            mark_safe(match[0]),  # noqa: S308 -- see above
        )

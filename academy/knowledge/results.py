"""What the search page shows: hits with the words marked, kinds to choose by, and a way on when nothing was found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from academy.knowledge.enums import SearchKind
from academy.knowledge.models import SearchEntry, Theme
from academy.knowledge.search import Answer, Hit, Question, ask, read
from academy.pages.text import each_word, stem

if TYPE_CHECKING:
    from collections.abc import Sequence, Set as AbstractSet

    from django.contrib.auth.models import AnonymousUser
    from django.core.paginator import Page

    from academy.people.models import User

PER_PAGE = 12
BEFORE, SNIPPET = 70, 230
# A hit further down than this is shown by the introduction of its page.
READ_AT_MOST = 20_000
MOST_THEMES = 8


@dataclass(frozen=True, slots=True)
class Result:
    title: str
    url: str
    kind: str
    snippet: SafeString


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind to choose, with how many of the hits are of it."""

    value: str
    label: str
    number: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer of the search page; ``total`` counts at most ``MOST_FOUND``."""

    question: Question
    answer: Answer = field(default_factory=Answer)
    results: tuple[Result, ...] = ()
    page: Page[Any] | None = None
    kinds: tuple[Kind, ...] = ()
    total: int = 0
    themes: tuple[Theme, ...] = ()

    @property
    def chosen(self) -> str:
        return next((kind.value for kind in self.kinds if kind.chosen), "")

    @property
    def words(self) -> list[str]:
        """The words by themselves, for who asked for more than one."""
        return list(self.question.written.values()) if len(self.question.stems) > 1 else []


def found(user: User | AnonymousUser, text: str, kind: str, number: str | None) -> Found:
    """What ``user`` finds by ``text``; a kind that does not exist counts as not chosen."""
    question = read(text)
    if question.problem:
        return Found(question, themes=_ways_on())
    everything = ask(user, question)
    counted = Counter(hit.kind for hit in everything.hits)
    kind = kind if kind in SearchKind.values else ""
    answer = everything
    hits: Sequence[Hit] = everything.hits
    if kind and everything.many:
        answer = ask(user, question, kind)
        hits = answer.hits
    elif kind:
        hits = [hit for hit in everything.hits if hit.kind == kind]
    page = Paginator(hits, PER_PAGE).get_page(number)
    return Found(
        question=question,
        answer=answer,
        results=_results(page.object_list, answer.stems),
        page=page,
        kinds=tuple(
            Kind(value, str(label), counted[value], value == kind)
            for value, label in SearchKind.choices
            if counted[value] or value == kind
        ),
        total=len(hits),
        themes=() if hits else _ways_on(),
    )


def _ways_on() -> tuple[Theme, ...]:
    """Subjects that lead somewhere, for who found nothing."""
    return tuple(Theme.objects.in_use().filter(parent=None)[:MOST_THEMES])


def _results(hits: Sequence[Hit], stems: AbstractSet[str]) -> tuple[Result, ...]:
    """Rows to show, in the order of the hits; the last word on whether something is published."""
    rows = SearchEntry.objects.filter(Q(page__live=True) | Q(term__live=True), pk__in=[hit.entry for hit in hits])
    entries = {entry.pk: entry for entry in rows.select_related("page", "term").defer("page__search_description")}
    return tuple(
        Result(
            title=entry.title,
            url=entry.term.get_absolute_url() if entry.term else entry.page.get_url() or "/",
            kind=entry.get_kind_display(),
            snippet=snippet(entry.introduction, entry.text, stems),
        )
        for entry in (entries[hit.entry] for hit in hits if hit.entry in entries)
    )


def snippet(introduction: str, text: str, stems: AbstractSet[str]) -> SafeString:
    """The piece of text around the first hit, with every hit in it marked; the introduction when there is none."""
    for whole in (introduction, text[:READ_AT_MOST]):
        first = next((match.start() for match in each_word(whole) if stem(match[0]) in stems), None)
        if first is not None:
            return _marked(whole, first, stems)
    return SafeString(escape(_shortened(introduction or text, SNIPPET)))


def _marked(whole: str, first: int, stems: AbstractSet[str]) -> SafeString:
    begin = 0 if first <= BEFORE else whole.find(" ", first - BEFORE) + 1
    piece = _shortened(whole[begin:], SNIPPET)
    parts, end = ["… " if begin else ""], 0
    for match in each_word(piece):
        if stem(match[0]) in stems:
            parts += [escape(piece[end : match.start()]), format_html("<mark>{}</mark>", match[0])]
            end = match.end()
    return mark_safe("".join([*parts, escape(piece[end:])]))  # noqa: S308 -- every part was escaped


def _shortened(text: str, most: int) -> str:
    if len(text) <= most:
        return text.strip()
    return f"{text[:most].rsplit(' ', 1)[0].strip()} …"

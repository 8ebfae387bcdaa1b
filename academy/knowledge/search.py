"""Finding what is published by words: one mechanism for the site search, the catalogue, the knowledge base and the API.

A word is looked for by its Dutch stem, without accents, in an index of our own (``knowledge.domain.indexing``); the
same query runs on SQLite and on PostgreSQL. A word that nobody wrote is replaced by the one that looks most like it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from academy.knowledge.models import SearchPosting, SearchWord
from academy.pages.querysets import closed_paths
from academy.pages.text import is_telling, stem, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from academy.people.models import User

    Gates = Callable[[User | AnonymousUser], Iterable[str]]

# What a person types never needs more; a longer text is answered with a sentence before anything looks at it.
MOST_CHARACTERS = 200
MOST_WORDS = 8
MOST_FOUND = 1000
# Of words that nobody wrote, so many are replaced by one that somebody did.
MOST_MENDED = 3
SHORTEST_MENDED = 3
MOST_COMPARED = 2000
LIKE_ENOUGH = 0.72

_GATES: list[Gates] = []


def register_gates(gates: Gates) -> None:
    """Packages above say which audiences of theirs a person belongs to (from ``AppConfig.ready``)."""
    if gates not in _GATES:
        _GATES.append(gates)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, as far as one can look for it; ``problem`` is a sentence when one cannot."""

    stems: tuple[str, ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    entry: int
    page: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Hits, best first; ``mended`` are the words as typed with the ones that were looked for instead."""

    hits: tuple[Hit, ...] = ()
    stems: frozenset[str] = frozenset()
    mended: tuple[tuple[str, str], ...] = ()
    missed: tuple[str, ...] = ()
    many: bool = False


def read(text: str) -> Question:
    """The words of ``text`` to look for."""
    if len(text) > MOST_CHARACTERS:
        return Question(
            problem=_("Je zoekvraag is te lang. Gebruik hoogstens %(most)d tekens: een paar woorden is genoeg.")
            % {"most": MOST_CHARACTERS}
        )
    asked = words(text)
    if not asked:
        return Question(problem=_("Daar staan geen woorden in. Typ een woord, bijvoorbeeld “meldcode”."))
    telling = {stem(word): word for word in asked if is_telling(word)}
    telling.pop("", None)
    if not telling:
        return Question(
            problem=_("Zulke woorden staan in elke tekst. Noem ook waar het over gaat, bijvoorbeeld “veiligheidsplan”.")
        )
    stems = tuple(telling)[:MOST_WORDS]
    return Question(stems=stems, written={root: telling[root] for root in stems})


def find(text: str, kinds: Iterable[str] = ()) -> list[int]:
    """Keys of published pages (of these kinds) that hold every word, best first. Who may see them is for the caller."""
    question = read(text)
    if question.problem:
        return []
    of_kinds = Q(entry__kind__in=list(kinds)) if kinds else Q()
    answer = _answer(question, of_kinds & Q(entry__page__isnull=False))
    return [hit.page for hit in answer.hits if hit.page]


def ask(user: User | AnonymousUser, question: Question, kind: str = "") -> Answer:
    """Everything that ``user`` may read and that holds every word, best first."""
    open_to_her = Q(entry__gate__in=["", *(gate for gates in _GATES for gate in gates(user))])
    for path in closed_paths(user):
        open_to_her &= Q(entry__page__isnull=True) | ~Q(entry__page__path__startswith=path)
    return _answer(question, open_to_her & Q(entry__kind=kind) if kind else open_to_her)


def _answer(question: Question, where: Q) -> Answer:
    known = dict(SearchWord.objects.filter(stem__in=question.stems).values_list("stem", "pk"))
    unknown = [root for root in question.stems if root not in known]
    mended: list[tuple[str, str]] = []
    for root in unknown[:MOST_MENDED]:
        instead = nearest(root)
        if instead is not None:
            known[instead.stem] = instead.pk
            mended.append((question.written[root], instead.shown))
    if len(mended) < len(unknown):
        replaced = {typed for typed, _instead in mended}
        missed = tuple(word for word in (question.written[root] for root in unknown) if word not in replaced)
        return Answer(stems=frozenset(known), mended=tuple(mended), missed=missed)
    rows = list(_ranked(list(known.values()), where)[: MOST_FOUND + 1])
    hits = tuple(Hit(entry, page, kind) for entry, page, kind in rows[:MOST_FOUND])
    return Answer(hits, frozenset(known), tuple(mended), many=len(rows) > MOST_FOUND)


def _ranked(keys: list[int], where: Q) -> QuerySet[SearchPosting, tuple[int, int | None, str]]:
    """Entries with every one of these words; the weights of the words added up decide the order."""
    rows = SearchPosting.objects.filter(where, word__in=keys).values("entry")
    rows = rows.annotate(heavy=Sum("weight"))
    if len(keys) > 1:
        rows = rows.annotate(held=Count("pk")).filter(held=len(keys))
    return rows.order_by("-heavy", "-entry").values_list("entry", "entry__page", "entry__kind")


def nearest(root: str) -> SearchWord | None:
    """The word in use that begins like ``root``, or else looks most like it; None when nothing does."""
    if len(root) < SHORTEST_MENDED:
        return None
    used = SearchWord.objects.filter(Exists(SearchPosting.objects.filter(word=OuterRef("pk"))))
    longer = used.filter(stem__startswith=root).order_by(Length("stem"), "stem").first()
    if longer is not None:
        return longer
    alike = {word.stem: word for word in _candidates(used, root)}
    best = get_close_matches(root, alike, n=1, cutoff=LIKE_ENOUGH)
    return alike[best[0]] if best else None


def _candidates(used: QuerySet[SearchWord], root: str) -> QuerySet[SearchWord]:
    if knows_likeness():
        alike = used.filter(stem__trigram_similar=root).annotate(likeness=TrigramSimilarity("stem", root))
        return alike.order_by("-likeness", "stem")[:20]
    around = used.annotate(long=Length("stem")).filter(
        stem__startswith=root[0], long__range=(len(root) - 2, len(root) + 2)
    )
    return around.order_by("pk")[:MOST_COMPARED]


def knows_likeness() -> bool:
    """Whether the database can look up words that look alike (``pg_trgm``); asked once per process and database."""
    return connection.vendor == "postgresql" and _has_trigrams(str(connection.settings_dict["NAME"]))


@lru_cache
def _has_trigrams(_database: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None

"""Keeps what the site search knows in step with what is published."""

from __future__ import annotations

from collections import Counter
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from wagtail.models import Page

from academy.knowledge.enums import SearchKind
from academy.knowledge.models import SearchEntry, SearchPosting, SearchWord, Term
from academy.pages.models import BasePage
from academy.pages.text import is_telling, stem, words

IN_TITLE, IN_INTRODUCTION, MOST_IN_TEXT = 20, 4, 4
AT_ONCE = 500
# A change of what is kept of a thing makes every digest new.
VERSION = "1"


@transaction.atomic
def index(*, thing: Page | Term) -> None:
    """Let a published page or term be found as it is now, and nothing else; costs two reads when nothing changed."""
    if not thing.live:
        forget(thing=thing)
        return
    facts = _facts(thing)
    facts["digest"] = sha256("\x00".join([VERSION, *(str(value) for value in facts.values())]).encode()).hexdigest()
    names = facts.pop("names")
    key = {"term" if isinstance(thing, Term) else "page": thing.pk}
    key = {f"{name}_id": value for name, value in key.items()}
    entry = SearchEntry.objects.filter(**key).only("digest").first()
    if entry is not None and entry.digest == facts["digest"]:
        return
    entry, _made = SearchEntry.objects.update_or_create(**key, defaults=facts)
    _write_words(entry, _weights(entry, names))


@transaction.atomic
def forget(*, thing: Page | Term) -> None:
    """Let something not be found any more."""
    SearchEntry.objects.filter(**{"term" if isinstance(thing, Term) else "page": thing.pk}).delete()


@transaction.atomic
def empty() -> None:
    """Forget everything, also words that nothing holds any more; whoever calls this fills it again."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()


def catch_up() -> int:
    """Index what is published and was never indexed, as after an update; answers how many that were."""
    page_known = SearchEntry.objects.filter(page=OuterRef("pk"))
    term_known = SearchEntry.objects.filter(term=OuterRef("pk"))
    pages = Page.objects.live().filter(~Exists(page_known), depth__gt=1).specific()
    found = [page for page in pages if isinstance(page, BasePage)]
    found += Term.objects.filter(~Exists(term_known), live=True)
    for thing in found:
        index(thing=thing)
    return len(found)


def _facts(thing: Any) -> dict[str, Any]:
    if isinstance(thing, Term):
        return {
            "kind": SearchKind.TERM.value,
            "gate": "",
            "title": thing.name,
            "introduction": thing.explanation,
            "text": "",
            "names": " ".join(thing.spellings),
        }
    themes = thing.themes.all() if hasattr(thing, "themes") else ()
    return {
        "kind": str(thing.search_kind),
        "gate": str(thing.search_gate),
        "title": thing.title,
        "introduction": thing.introduction,
        "text": thing.text.removeprefix(f"{thing.title}. {thing.introduction}").strip(),
        "names": ", ".join(theme.name for theme in themes),
    }


def _weights(entry: SearchEntry, names: str) -> dict[str, tuple[int, str]]:
    """Stem -> its weight in ``entry`` and the word as it is written there."""
    shown: dict[str, str] = {}
    in_title, in_introduction = _counted(entry.title, shown), _counted(f"{entry.introduction} {names}", shown)
    in_text = _counted(entry.text, shown)
    return {
        root: (
            IN_TITLE * (root in in_title)
            + IN_INTRODUCTION * (root in in_introduction)
            + min(in_text[root], MOST_IN_TEXT),
            word,
        )
        for root, word in shown.items()
    }


def _counted(text: str, shown: dict[str, str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in words(text):
        root = stem(word)
        if root and is_telling(word):
            found[root] += 1
            shown.setdefault(root, word.casefold())
    return found


def _write_words(entry: SearchEntry, weights: dict[str, tuple[int, str]]) -> None:
    # In one order, so that two who publish at once never wait for each other in a circle. A word that is there is
    # written over itself, which answers its key: a look-up by PostgreSQL reads its index for likeness, far slower.
    stems = sorted(weights)
    written = SearchWord.objects.bulk_create(
        [SearchWord(stem=root, shown=weights[root][1]) for root in stems],
        update_conflicts=True,
        unique_fields=["stem"],
        update_fields=["stem"],
        batch_size=AT_ONCE,
    )
    SearchPosting.objects.filter(entry=entry).delete()
    SearchPosting.objects.bulk_create(
        [SearchPosting(word_id=word.pk, entry=entry, weight=weights[word.stem][0]) for word in written],
        batch_size=AT_ONCE,
    )

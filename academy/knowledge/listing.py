"""Lists of articles and of search results, ready to show."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q

from academy.knowledge.beside import Wanted, offers
from academy.knowledge.enums import ArticleKind, SearchKind
from academy.knowledge.models import ArticlePage, Theme
from academy.knowledge.search import find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest
    from wagtail.models import Page

    from academy.knowledge.querysets import ArticleQuerySet
    from academy.people.models import User

PER_PAGE = 12
HOME_ARTICLES = 3


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody chose in the address; unknown values count as not chosen."""

    words: str = ""
    theme: str = ""
    kind: str = ""

    @property
    def any(self) -> bool:
        return bool(self.words or self.theme or self.kind)


@dataclass(frozen=True, slots=True)
class Card:
    """One article in a list."""

    title: str
    url: str
    kind: str
    introduction: str
    minutes: int
    themes: tuple[Theme, ...]


def articles(user: User | AnonymousUser, filters: Filters) -> list[ArticlePage] | ArticleQuerySet:
    """The articles ``user`` may read that fit, best match or newest first."""
    found = ArticlePage.objects.visible_to(user)
    if filters.theme:
        found = found.with_theme(filters.theme)
    if filters.kind in ArticleKind.values:
        found = found.filter(kind=filters.kind)
    if not filters.words:
        return found.order_by("-first_published_at", "title")
    ranked = find(filters.words, [SearchKind.ARTICLE])
    rank = {pk: place for place, pk in enumerate(ranked)}
    return sorted(found.filter(pk__in=ranked), key=lambda article: rank[article.pk])


def cards(page: Sequence[ArticlePage]) -> list[Card]:
    """The articles of one page of a list; their themes come in one query."""
    themes = defaultdict(list)
    rows = ArticlePage.themes.through.objects.filter(articlepage__in=page).select_related("theme")
    for row in rows.order_by("theme__name"):
        themes[row.articlepage_id].append(row.theme)
    return [
        Card(
            title=article.title,
            url=article.get_url() or "",
            kind=article.get_kind_display(),
            introduction=article.introduction,
            minutes=article.reading_minutes,
            themes=tuple(themes[article.pk]),
        )
        for article in page
    ]


def related(page: Page, user: User | AnonymousUser, themes: Sequence[Theme], most: int = 3) -> list[ArticlePage]:
    """Articles that share most of these themes of ``page``, an article itself or an offering."""
    shared = Count("themes", filter=Q(themes__in=[theme.pk for theme in themes]))
    others = ArticlePage.objects.visible_to(user).exclude(pk=page.pk).annotate(shared=shared)
    return list(others.filter(shared__gt=0).order_by("-shared", "title")[:most])


def article_facts(article: ArticlePage, user: User | AnonymousUser) -> dict[str, Any]:
    """What stands round an article: its themes and sources, articles and offers on the same themes."""
    themes = list(article.themes.all())
    return {
        "themes": themes,
        "sources": list(article.sources.all()),
        "related": related(article, user, themes) if themes else [],
        "offers": offers(user, Wanted(themes=[theme.pk for theme in themes])),
    }


def latest_articles(request: HttpRequest) -> list[ArticlePage]:
    """The newest articles that this visitor may read, for the home page."""
    return list(ArticlePage.objects.visible_to(request.user).order_by("-first_published_at", "-pk")[:HOME_ARTICLES])

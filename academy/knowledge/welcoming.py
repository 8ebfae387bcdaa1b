"""What the academy has for a group, and for one person by her groups; each thing says why it stands there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.db.models import Count, Q

from academy.knowledge.beside import Offer, Wanted, offers
from academy.knowledge.groups import GROUPS, groups_of
from academy.knowledge.models import ArticlePage, GroupPage
from academy.pages.querysets import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User

OFFERS_OF_A_GROUP = 6
MOST = 3
# More is fetched than is shown: what somebody took a seat in since then falls out.
SPARE = 3
SECONDS = 300


@dataclass(frozen=True, slots=True)
class Read:
    """An article to read."""

    key: int
    title: str
    url: str
    introduction: str


@dataclass(frozen=True, slots=True)
class Pick:
    """One offer or article for one person, and why."""

    what: Offer | Read
    because: str


@dataclass(frozen=True, slots=True)
class ForYou:
    offers: tuple[Pick, ...] = ()
    articles: tuple[Pick, ...] = ()

    def without(self, offerings: Iterable[int]) -> ForYou:
        """At most ``MOST`` of each, without offers that she follows by now."""
        taken = set(offerings)
        left = tuple(pick for pick in self.offers if pick.what.key not in taken)
        return ForYou(left[:MOST], self.articles[:MOST])


def for_you(user: User) -> ForYou:
    """What fits the groups of ``user``; up to five minutes old, so that her first page asks nothing for it."""
    found: ForYou = cache.get_or_set(f"knowledge.for_you.{user.pk}", lambda: _for_you(user), SECONDS)
    return found


def _for_you(user: User) -> ForYou:
    names = [group.name for group in groups_of(user)]
    reasons = _reasons(names)
    if not reasons:
        return ForYou()
    wanted = Wanted(themes=list(reasons), most=MOST + SPARE, is_new=True)
    return ForYou(
        offers=tuple(Pick(offer, _because(offer.themes, reasons)) for offer in offers(user, wanted)),
        articles=_articles(user, reasons),
    )


def _reasons(names: list[str]) -> dict[int, str]:
    """Theme -> the group that brings it; of several groups the first, which says most about somebody."""
    rows = GroupPage.themes.through.objects.filter(grouppage__live=True, grouppage__group__in=names)
    pairs = rows.values_list("theme_id", "grouppage__group")
    order = {name: place for place, name in enumerate(names)}
    return dict(sorted(pairs, key=lambda pair: order[pair[1]], reverse=True))


def _because(themes: Iterable[int], reasons: Mapping[int, str]) -> str:
    order = list(GROUPS)
    names = sorted({reasons[theme] for theme in themes if theme in reasons}, key=order.index)
    return GROUPS[names[0]].because if names else ""


def _articles(user: User, reasons: Mapping[int, str]) -> tuple[Pick, ...]:
    shared = Count("themes", filter=Q(themes__in=list(reasons)))
    found = ArticlePage.objects.visible_to(user).annotate(shared=shared).filter(shared__gt=0)
    rows = list(found.order_by("-shared", "-first_published_at", "title")[:MOST])
    themes = defaultdict(set)
    pairs = ArticlePage.themes.through.objects.filter(articlepage__in=rows).values_list("articlepage_id", "theme_id")
    for article, theme in pairs:
        themes[article].add(theme)
    return tuple(
        Pick(
            Read(article.pk, article.title, article.get_url() or "", article.introduction),
            _because(themes[article.pk], reasons),
        )
        for article in rows
    )


def group_pages(user: User | AnonymousUser) -> list[GroupPage]:
    """The pages of all groups that ``user`` may read, in the order of the list."""
    order = list(GROUPS)
    return sorted(visible(GroupPage.objects.all(), user), key=lambda page: order.index(page.group))


def group_facts(page: GroupPage, user: User | AnonymousUser) -> dict[str, Any]:
    """What stands on the page of a group; who belongs to it sees why, and not what she follows already."""
    belongs = page.about.has(user)
    themes = list(page.themes.all())
    wanted = Wanted(
        themes=[theme.pk for theme in themes], most=OFFERS_OF_A_GROUP, inside=page.about.inside, is_new=belongs
    )
    rows = ArticlePage.objects.visible_to(user).filter(pk__in=page.chosen.values("article"))
    chosen = {article.pk: article for article in rows}
    return {
        "trail": [("/voor/", page.get_parent().title)],
        "offers": offers(user, wanted),
        "articles": [chosen[row.article_id] for row in page.chosen.all() if row.article_id in chosen],
        "because": page.about.because if belongs else "",
        "themes": themes,
    }

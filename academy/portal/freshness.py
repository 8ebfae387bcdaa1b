"""How fresh the content is: what is past the day on which somebody would read it again (metric M32)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from wagtail.admin.admin_url_finder import AdminURLFinder

from academy.common import clock
from academy.gatherings.models import Offering
from academy.knowledge.models import ArticlePage, GroupPage, Term

if TYPE_CHECKING:
    from datetime import date

LISTED = 15


@dataclass(frozen=True, slots=True)
class Due:
    """Something to read again; ``url`` opens it for editing."""

    title: str
    kind: str
    url: str
    since: date


@dataclass(frozen=True, slots=True)
class Freshness:
    """The oldest of what is due; ``fresh`` and ``total`` count published offers and articles."""

    due: tuple[Due, ...]
    more: int
    fresh: int
    total: int
    undated: int

    @property
    def share(self) -> int | None:
        """In whole percents; None when nothing is published."""
        return 100 * self.fresh // self.total if self.total else None


def freshness() -> Freshness:
    """Two queries per kind of content, whatever is published."""
    today, due, late = clock.today(), [], 0
    for model in (ArticlePage, Offering, GroupPage):
        rows = model.objects.filter(live=True, review_on__lt=today).order_by("review_on")
        late += rows.count()
        due += [_page(page, model) for page in rows[:LISTED]]
    terms = Term.objects.filter(live=True, review_on__lt=today).order_by("review_on")
    late += terms.count()
    due += [
        Due(term.name, str(Term._meta.verbose_name), AdminURLFinder().get_edit_url(term) or "", term.review_on)
        for term in terms[:LISTED]
    ]
    counts = [_counts(model, today) for model in (ArticlePage, Offering)]
    shown = sorted(due, key=lambda one: one.since)[:LISTED]
    return Freshness(
        due=tuple(shown),
        more=late - len(shown),
        fresh=sum(count["fresh"] for count in counts),
        total=sum(count["total"] for count in counts),
        undated=sum(count["undated"] for count in counts),
    )


def _page(page: ArticlePage | Offering | GroupPage, model: type) -> Due:
    kind = str(model._meta.verbose_name)
    return Due(page.title, kind, reverse("wagtailadmin_pages:edit", args=[page.pk]), page.review_on)


def _counts(model: type, today: date) -> dict[str, int]:
    """Of what is published: how much there is, has no day, and has a day that is still to come."""
    counted: dict[str, int] = model.objects.filter(live=True).aggregate(
        total=Count("pk"),
        undated=Count("pk", filter=Q(review_on__isnull=True)),
        fresh=Count("pk", filter=Q(review_on__gte=today)),
    )
    return counted

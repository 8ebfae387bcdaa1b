"""What may be asked of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Subquery
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from academy.common.questions import written_once

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from academy.people.models import User

Pages = TypeVar("Pages", bound=PageQuerySet)


def visible(pages: Pages, user: User | AnonymousUser, closed: Iterable[str] | None = None) -> Pages:
    """Published pages without a restriction that keeps ``user`` out; a page with a password stays shut.

    ``closed`` are the ``closed_paths`` of ``user``, from a caller who has read them: one question more, and a long list
    is found in half the time.
    """
    if closed is not None:
        for path in closed:
            pages = pages.exclude(path__startswith=path)
        return pages.live()
    # The path is looked up per restriction, of which there are few; a join would make SQLite try every page instead.
    root = Page.objects.filter(pk=OuterRef("page_id")).order_by().values("path")
    shut = (
        _against(user)
        .annotate(inside=ExpressionWrapper(OuterRef("path"), output_field=CharField()), root=Subquery(root))
        .filter(inside__startswith=F("root"))
    )
    return pages.live().filter(~Exists(shut))


def closed_paths(user: User | AnonymousUser) -> list[str]:
    """The roots of the parts of the site that are kept from ``user``, for a query over things that know their path."""
    return list(_paths(_against(user))) if user.is_authenticated else _paths_closed_to_visitors()


@written_once
def _paths_closed_to_visitors() -> QuerySet[Any]:
    return _paths(_against(AnonymousUser()))


def _paths(restrictions: QuerySet[PageViewRestriction]) -> QuerySet[Any]:
    return restrictions.order_by().values_list("page__path", flat=True)


def _against(user: User | AnonymousUser) -> QuerySet[PageViewRestriction]:
    """Restrictions that keep ``user`` out."""
    shut = PageViewRestriction.objects.all()
    if not user.is_authenticated:
        return shut
    return shut.exclude(restriction_type=PageViewRestriction.LOGIN).exclude(
        restriction_type=PageViewRestriction.GROUPS,
        pk__in=PageViewRestriction.objects.filter(groups__user=user.pk).values("pk"),
    )

"""What may be asked of the knowledge base. Visibility is a method here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from academy.pages.querysets import visible

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User


class ThemeQuerySet(models.QuerySet):
    def in_use(self) -> Self:
        """Themes that at least one published article carries."""
        return self.filter(articles__live=True).distinct()


class ArticleQuerySet(PageQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Published articles that ``user`` may read."""
        return visible(self, user)

    def with_theme(self, slug: str) -> Self:
        """Articles with this theme or one under it."""
        return self.filter(models.Q(themes__slug=slug) | models.Q(themes__parent__slug=slug)).distinct()


class TermQuerySet(models.QuerySet):
    def visible_to(self, _user: User | AnonymousUser) -> Self:
        """Published terms: everybody may read them."""
        return self.filter(live=True)


ArticleManager = PageManager.from_queryset(ArticleQuerySet)

"""Registers the package with Django."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from academy.pages.apps import is_migrated
from academy.pages.home_parts import register_part

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.knowledge.models import ArticlePage


class KnowledgeConfig(AppConfig):
    name = "academy.knowledge"
    label = "knowledge"
    verbose_name = _("Kennisbank")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.knowledge.domain.indexing import index  # noqa: PLC0415 -- models are not loaded before
        from academy.pages.publishing import register_listener  # noqa: PLC0415 -- idem

        # Wagtail tells of a page when its own row is stored; its themes come after that.
        register_listener(lambda page: index(thing=page))
        register_part("articles", _articles)
        post_migrate.connect(_prepare, sender=self, dispatch_uid="knowledge.prepare_knowledge")


def _articles(request: HttpRequest) -> list[ArticlePage]:
    from academy.knowledge.listing import latest_articles  # noqa: PLC0415 -- only a page needs it

    return latest_articles(request)


def _prepare(*, using: str, **_kwargs: Any) -> None:
    from academy.knowledge.domain.section import prepare_knowledge  # noqa: PLC0415 -- models are not loaded before

    if is_migrated(using):
        prepare_knowledge()

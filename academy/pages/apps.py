"""Registers the package with Django."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "academy.pages"
    label = "pages"
    verbose_name = _("Pagina's")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_prepare, sender=self, dispatch_uid="pages.prepare_site")


def is_migrated(using: str) -> bool:
    """Whether every migration has run: only then do the tables look as the models say."""
    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _prepare(*, using: str, **_kwargs: Any) -> None:
    from academy.pages.domain.site import prepare_site  # noqa: PLC0415 -- models are not loaded before this runs

    if is_migrated(using):
        prepare_site()

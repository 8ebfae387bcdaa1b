"""Registers the package with Django."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "academy.pages"
    label = "pages"
    verbose_name = _("Pagina's")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        _leave_pages_undescribed()
        post_migrate.connect(_prepare, sender=self, dispatch_uid="pages.prepare_site")


def is_migrated(using: str) -> bool:
    """Whether every migration has run: only then do the tables look as the models say."""
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 -- only who migrates needs it

    executor = MigrationExecutor(connections[using])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _prepare(*, using: str, **_kwargs: Any) -> None:
    from academy.pages.domain.site import prepare_site  # noqa: PLC0415 -- models are not loaded before this runs

    if is_migrated(using):
        prepare_site()


def _leave_pages_undescribed() -> None:
    """Load Wagtail's API, which we do not serve, as if there were no page models but its own.

    Its parts ask for that API at every start, and it then describes each page model three times in Pydantic: a tenth of
    the time to start, and 8 MB of every process, for nobody.
    """
    from wagtail import models  # noqa: PLC0415 -- models are not loaded before this runs

    page_models = models.get_page_models
    models.get_page_models = lambda: [models.Page]
    try:
        import wagtail.api.v3.api  # noqa: F401, PLC0415 -- what it describes is decided now
    finally:
        models.get_page_models = page_models

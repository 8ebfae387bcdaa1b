"""Registers the package with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from academy.pages.apps import is_migrated


class PathsConfig(AppConfig):
    name = "courses.paths"
    label = "paths"
    verbose_name = _("Leerroutes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(_prepare, sender=self, dispatch_uid="paths.prepare_paths")


def _prepare(*, using: str, **_kwargs: Any) -> None:
    from courses.paths.domain.section import prepare_paths  # noqa: PLC0415 -- models are not loaded before

    if is_migrated(using):
        prepare_paths()

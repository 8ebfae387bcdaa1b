"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    label = "courses"
    verbose_name = _("Trainingen")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.gatherings.kinds import register_kind  # noqa: PLC0415 -- models exist only now
        from courses.domain.run_kind import RunKind  # noqa: PLC0415 -- idem

        register_kind(RunKind())

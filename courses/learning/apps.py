"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "courses.learning"
    label = "learning"
    verbose_name = _("Leren op het scherm")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- models exist only now

        register_actions(test__give_attempt=_("extra poging voor een toets gegeven"))

"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "academy.api"
    label = "api"
    verbose_name = _("API")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.api.domain.repeats import forget_old  # noqa: PLC0415 -- models exist now
        from academy.outbox.registry import Sweep, register_sweep  # noqa: PLC0415 -- idem

        register_sweep(Sweep("api.answers", _("bewaarde antwoorden van de API gewist"), forget_old))

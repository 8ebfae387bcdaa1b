"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CreditsConfig(AppConfig):
    name = "certificates.credits"
    label = "credits"
    verbose_name = _("Punten")
    default_auto_field = "django.db.models.BigAutoField"

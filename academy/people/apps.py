"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "academy.people"
    label = "people"
    verbose_name = _("Mensen en organisaties")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added  # noqa: PLC0415 -- the apps must be there first

        from academy.people import checks  # noqa: F401, PLC0415 -- registers itself
        from academy.people.adapter import factor_added, limits  # noqa: PLC0415 -- the apps must be there first

        limits.install()
        authenticator_added.connect(factor_added.count_as_given)

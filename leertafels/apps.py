"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LeertafelsConfig(AppConfig):
    name = "leertafels"
    label = "leertafels"
    verbose_name = _("Leertafels")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.gatherings.kinds import register_kind  # noqa: PLC0415 -- models exist only now
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem
        from leertafels.domain.leertafel_kind import LeertafelKind  # noqa: PLC0415 -- idem

        register_kind(LeertafelKind())
        register_actions(leertafel__change=_("leertafel gewijzigd"))

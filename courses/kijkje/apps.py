"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KijkjeConfig(AppConfig):
    name = "courses.kijkje"
    label = "kijkje"
    verbose_name = _("Kijkje in de Keuken")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.gatherings.kinds import register_kind  # noqa: PLC0415 -- models exist only now
        from academy.outbox.registry import Sweep, register_sweep  # noqa: PLC0415 -- idem
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem
        from courses.kijkje.domain import announcing, kinds, telling  # noqa: PLC0415 -- idem

        register_kind(kinds.VisitKind())
        register_kind(kinds.PreparationKind())
        telling.register_mails()
        register_sweep(Sweep("kijkje.accounts", _("accounts van nieuwe collega's gevonden"), announcing.find_accounts))
        register_sweep(Sweep("kijkje.invitations", _("nieuwe collega's uitgenodigd"), announcing.invite_due))
        register_sweep(Sweep("kijkje.prepare", _("bezoekers aan voorbereiden herinnerd"), telling.remind_to_prepare))
        register_sweep(Sweep("kijkje.sign", _("bezoekers om een handtekening gevraagd"), telling.remind_to_sign))
        register_actions(
            newcomer__accept=_("uitnodiging als nieuwe collega aangenomen"),
            newcomer__announce=_("nieuwe collega aangekondigd"),
            newcomer__withdraw=_("aankondiging van een nieuwe collega ingetrokken"),
            statement__sign=_("geheimhoudingsverklaring getekend"),
        )

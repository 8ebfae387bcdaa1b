"""Registers the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "academy.portal"
    label = "portal"
    verbose_name = _("Portaal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.outbox.registry import MailKind, Sweep, register_mail, register_sweep  # noqa: PLC0415 -- idem
        from academy.pages.home_parts import register_part  # noqa: PLC0415 -- idem
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem
        from academy.portal.domain import retaining  # noqa: PLC0415 -- idem
        from academy.portal.mine_moments import journey_of  # noqa: PLC0415 -- idem

        register_part("journey", journey_of)

        register_mail(MailKind(retaining.INACTIVE, _("Wil je je account houden?"), "people/inactive"))
        register_sweep(
            Sweep("portal.retention", _("keer iets gewist waarvan de termijn voorbij is"), retaining.keep_terms)
        )
        register_actions(
            hours__list=_("je uren of registratie gezien in een overzicht"),
            hours__open=_("je pagina met uren en registratie geopend"),
            hours__participation=_("gezien waaraan je meedoet"),
            hours__export=_("je uren of registratie opgehaald in een bestand"),
        )

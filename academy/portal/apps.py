"""Registers the package with Django."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.portal.mine_moments import Journey


class PortalConfig(AppConfig):
    name = "academy.portal"
    label = "portal"
    verbose_name = _("Portaal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.outbox.registry import MailKind, Sweep, register_mail, register_sweep  # noqa: PLC0415 -- idem
        from academy.pages.home_parts import register_part  # noqa: PLC0415 -- idem
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem

        register_part("journey", _journey)
        register_mail(MailKind("people.inactive", _("Wil je je account houden?"), "people/inactive"))
        register_sweep(Sweep("portal.retention", _("keer iets gewist waarvan de termijn voorbij is"), _keep_terms))
        register_actions(
            hours__list=_("je uren of registratie gezien in een overzicht"),
            hours__open=_("je pagina met uren en registratie geopend"),
            hours__participation=_("gezien waaraan je meedoet"),
            hours__export=_("je uren of registratie opgehaald in een bestand"),
        )


def _journey(request: HttpRequest) -> Journey | None:
    from academy.portal.mine_moments import journey_of  # noqa: PLC0415 -- half a dashboard, which only a page needs

    return journey_of(request)


def _keep_terms() -> int:
    from academy.portal.domain.retaining import keep_terms  # noqa: PLC0415 -- works once a day

    return keep_terms()

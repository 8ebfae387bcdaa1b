"""Registers the package with Django."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from academy.pages.apps import is_migrated

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from wagtail.models import Page

    from academy.common.errors import Reason
    from academy.knowledge.beside import Offer, Wanted
    from academy.people.models import User


class GatheringsConfig(AppConfig):
    name = "academy.gatherings"
    label = "gatherings"
    verbose_name = _("Aanbod en bijeenkomsten")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from academy.gatherings import rules  # noqa: PLC0415 -- models exist only now
        from academy.gatherings.domain import (  # noqa: PLC0415 -- models exist only now
            leaving,
            minimum,
            offers,
            reminding,
            telling,
        )
        from academy.gatherings.querysets import audiences_seen_by  # noqa: PLC0415 -- idem
        from academy.knowledge.beside import register_offers  # noqa: PLC0415 -- idem
        from academy.knowledge.search import register_gates  # noqa: PLC0415 -- idem
        from academy.outbox.registry import JobKind, Sweep, register_job, register_sweep  # noqa: PLC0415 -- idem
        from academy.pages.publishing import register_demand  # noqa: PLC0415 -- idem
        from academy.people.domain.audit import register_actions  # noqa: PLC0415 -- idem
        from academy.people.domain.leaving import register_step  # noqa: PLC0415 -- idem
        from certificates.rules import register_led  # noqa: PLC0415 -- idem

        post_migrate.connect(_prepare, sender=self, dispatch_uid="gatherings.prepare_catalogue")
        register_gates(audiences_seen_by)
        register_offers(_offers)
        register_led(rules.leads_source)
        telling.register_mails()
        minimum.register_mails()
        register_demand(_closing_test_reasons)
        register_step("gatherings", leaving.leave_gatherings)
        register_job(JobKind(leaving.FREE_SEATS, leaving.free_seats, _("plekken van een vertrokken collega vrijgeven")))
        register_sweep(Sweep("gatherings.offers", _("verlopen aangeboden plekken"), offers.expire_offers))
        register_sweep(Sweep("gatherings.places", _("vrijgekomen plekken gegeven"), offers.fill_everywhere))
        register_sweep(Sweep("gatherings.reminders", _("herinneringen geschreven"), reminding.remind))
        register_sweep(Sweep("gatherings.minimum", _("groepen met te weinig mensen gemeld"), minimum.tell_thin))
        register_actions(
            accreditation__grant=_("accreditatie vastgelegd"),
            attendance__correct=_("aanwezigheid gecorrigeerd"),
            attendance__correct_ask=_("correctie van aanwezigheid gevraagd"),
            attendance__overwrite=_("aanwezigheid overschreven"),
            attendance__record=_("aanwezigheid vastgelegd"),
            gathering__cancel=_("bijeenkomst geannuleerd"),
            gathering__change=_("bijeenkomst gewijzigd"),
            gathering__close=_("bijeenkomst afgesloten"),
            gathering__plan=_("bijeenkomst gepland"),
            lead__assign=_("begeleider aangewezen"),
            lead__end=_("begeleiding beëindigd"),
            place__open=_("besloten adres geopend"),
            seat__move=_("iemand verplaatst"),
            seat__admit=_("iemand zonder inschrijving toegelaten"),
            seat__take_for=_("iemand ingeschreven"),
            session__close=_("sessie afgesloten"),
            venue__keep=_("locatie opgeslagen"),
        )


def _offers(user: User | AnonymousUser, wanted: Wanted) -> tuple[Offer, ...]:
    from academy.gatherings.beside import offers_on  # noqa: PLC0415 -- only a page needs it

    return offers_on(user, wanted)


def _closing_test_reasons(page: Page) -> tuple[Reason, ...]:
    from academy.gatherings.domain.accrediting import closing_test_reasons  # noqa: PLC0415 -- only who publishes needs it

    return closing_test_reasons(page)


def _prepare(*, using: str, **_kwargs: Any) -> None:
    from academy.gatherings.domain.section import prepare_catalogue  # noqa: PLC0415 -- models are not loaded before

    if is_migrated(using):
        prepare_catalogue()

"""Where those who keep people, organisations and the background work begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from academy.gatherings.rules import can_accredit
from academy.outbox.rules import can_see_jobs
from academy.people import rules
from academy.portal.admin_pages import allowed
from certificates.rules import can_approve_withdrawal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# Who may enter, the url name, the title and what one does there.
DOORS = (
    (rules.sees_full_profiles, "manage_people", _("Personen"), _("Accounts, plekken en rollen; iemand toevoegen.")),
    (
        rules.may_approve,
        "manage_approvals",
        _("Plekken bevestigen"),
        _("Wie zich meldde bij een organisatie en wacht."),
    ),
    (
        rules.can_change_organisations,
        "manage_organisations",
        _("Organisaties en teams"),
        _("Toevoegen, wijzigen, samenvoegen en beëindigen."),
    ),
    (
        rules.can_change_organisations,
        "merge_municipality",
        _("Gemeentelijke herindeling"),
        _("Vastleggen dat een gemeente in een andere opging."),
    ),
    (
        rules.can_reset_second_factor,
        "second_factor_reset_list",
        _("Telefoon kwijt"),
        _("Een tweede stap weghalen, met twee collega's samen."),
    ),
    (can_accredit, "office_accreditations", _("Accreditaties"), _("Wat registers toekennen, en wat afloopt.")),
    (can_approve_withdrawal, "hr_withdrawals", _("Bewijzen om in te trekken"), _("Wat wacht op een tweede collega.")),
    (can_see_jobs, "failed_jobs", _("Taken en berichten"), _("Wat niet lukte, en een knop om het weer te proberen.")),
)


def open_doors(user: Any) -> list[dict[str, Any]]:
    """What stands on the page of ``user``."""
    return [{"url": reverse(name), "title": title, "text": text} for rule, name, title, text in DOORS if rule(user)]


def has_doors(user: Any) -> bool:
    """Whether there is anything to keep for ``user``."""
    return any(rule(user) for rule, *_door in DOORS)


@allowed(has_doors)
@require_safe
def manage_home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal_admin/home.html", {"doors": open_doors(request.user)})

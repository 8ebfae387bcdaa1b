"""Planning visits, and announcing newcomers to a team."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from academy.common import clock, formats
from academy.people.domain.audit import record_many
from academy.people.enums import Role
from academy.people.rules import has_role
from academy.portal import reports
from academy.portal.admin_pages import allowed, form_page, member_only, sent
from academy.portal.groups_views import trail
from academy.portal.visits_forms import NewcomerForm, VisitForm
from courses.kijkje import rules
from courses.kijkje.domain.announcing import announce_newcomer, withdraw_announcement
from courses.kijkje.domain.visits import plan_visit as plan
from courses.kijkje.models import Announcement

if TYPE_CHECKING:
    from datetime import date

    from django import forms


MOST_NEWCOMERS = 50
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@allowed(rules.can_plan_visits)
@read_or_send
def plan_visit(request: HttpRequest) -> HttpResponse:
    """A visit that one receives oneself; the office also plans those of others."""
    back = reverse("office_groups" if rules.picks_hosts(request.user) else "groups")

    def act(form: forms.Form) -> str:
        visit = plan(by=request.user, **form.terms())
        return _("Het bezoek op %(moment)s staat open voor bezoekers.") % {
            "moment": formats.moment(visit.gathering.starts_at)
        }

    return form_page(
        request,
        VisitForm(sent(request), user=request.user),
        act,
        title=_("Bezoek plannen"),
        explanation=_("Wie zich heeft voorbereid en getekend, kan er meteen een plek nemen."),
        back=back,
        button=_("Plan dit bezoek"),
        trail=trail(request.user),
    )


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One announced colleague; without the works council's consent it says nothing about how she is doing."""

    public_id: str
    name: str
    team: str
    starts_on: date
    word: str
    tone: str


def newcomers_of(request: HttpRequest) -> list[Newcomer]:
    """Who ``request.user`` announced or looks after, newest first; that it was looked at is written down."""
    rows = Announcement.objects.visible_to(request.user).with_looks().select_related("team")
    found = list(rows.order_by("-starts_on", "name")[:MOST_NEWCOMERS])
    is_open = reports.consent() is not None
    if is_open:
        known = [row.person_id for row in found if row.person_id is not None]
        record_many(action="hours.participation", by=request.user, subjects=known, target=request.path)
    return [
        Newcomer(row.public_id, row.name, row.team.name, row.starts_on, *(_standing(row) if is_open else ("", "")))
        for row in found
    ]


def _standing(row: Any) -> tuple[str, str]:
    if row.looked_on is not None:
        return _("geweest op %(day)s") % {"day": formats.short_day(row.looked_on)}, "done"
    if row.visit_at is not None and row.visit_at > clock.now():
        return _("geboekt voor %(day)s") % {"day": formats.short_day(row.visit_at)}, "done"
    if row.visit_at is not None:
        return _("geweest, nog niet afgesloten"), "quiet"
    if row.look_before <= clock.today():
        return _("na 90 dagen nog geen Kijkje geboekt"), "late"
    if row.invited_at is None:
        return _("uitnodiging volgt op %(day)s") % {"day": formats.short_day(row.starts_on)}, "quiet"
    return _("uitgenodigd, nog niet geboekt"), "soon"


@allowed(rules.can_announce)
@read_or_send
def announce(request: HttpRequest) -> HttpResponse:
    """Somebody begins in the team: on her first day she is invited to a Kijkje. Below it who was announced before."""

    def act(form: forms.Form) -> str:
        return announce_newcomer(by=request.user, **form.cleaned_data).words

    return form_page(
        request,
        NewcomerForm(sent(request), user=request.user),
        act,
        title=_("Nieuwe collega aankondigen"),
        back=reverse("announce"),
        button=_("Kondig aan"),
        template="portal_hr/announce.html",
        newcomers=newcomers_of(request),
        manages=has_role(request.user, Role.TEAM_MANAGER, Role.COORDINATOR),
    )


@member_only
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take an announcement back; the link in the invitation stops working."""
    row = get_object_or_404(Announcement.objects.visible_to(request.user), public_id=public_id)
    withdraw_announcement(announcement=row, by=request.user)
    messages.success(request, _("De aankondiging van %(name)s is ingetrokken.") % {"name": row.name})
    return redirect("announce")

"""``/bureau/``: what needs a hand today, groups to find, and people who ask, move or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings import rules
from academy.gatherings.domain import approval, leads, moving, seats
from academy.gatherings.enums import DerivedState, SeatState
from academy.gatherings.models import Correction, Gathering, Seat
from academy.people.rules import can_report_leaver
from academy.portal import groups_reading as reading, office_reading as office_read
from academy.portal.admin_pages import allowed, form_page, page_of, sent
from academy.portal.groups_picking import pick_page
from academy.portal.groups_views import group_for, page_url, trail
from academy.portal.office_forms import ConfirmForm, LeadForm, MoveForm, seat_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from academy.portal.groups_picking import Picked

PER_PAGE = 25
read_or_send = require_http_methods(["GET", "HEAD", "POST"])
at_desk = allowed(rules.can_use_desk)


@at_desk
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """The first screen: only what waits, and the doors to the rest."""
    to_close = reading.coming(Gathering.objects.all()).filter(derived_state=DerivedState.TO_CLOSE)
    context = {
        "tasks": office_read.tasks(request.user),
        "to_close": [reading.row_of(one, request.user) for one in to_close[: office_read.MOST_SHOWN]],
        "thin": [reading.row_of(one, request.user) for one in office_read.thin_groups()[: office_read.MOST_SHOWN]],
        "few": office_read.FEW_PEOPLE,
        "may_report": can_report_leaver(request.user),
    }
    return render(request, "portal_office/office.html", context)


@at_desk
@require_safe
def office_groups(request: HttpRequest) -> HttpResponse:
    """Every group, searchable."""
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    show = request.GET.get("toon", "")
    found = office_read.search(words, show)
    page = page_of(request, reading.over(found) if show == "afgerond" else reading.coming(found), PER_PAGE)
    context = {"page": page, "rows": [reading.row_of(one, request.user) for one in page], "words": words, "show": show}
    return render(request, "portal_office/groups.html", context)


@at_desk
@require_safe
def office_requests(request: HttpRequest) -> HttpResponse:
    """Who waits for a yes or no."""
    return render(request, "portal_office/requests.html", {"page": page_of(request, office_read.requests(), PER_PAGE)})


@at_desk
@require_safe
def office_corrections(request: HttpRequest) -> HttpResponse:
    """Corrections of attendance, wherever they were asked."""
    waiting = Correction.objects.waiting().select_related("session__gathering", "person", "asked_by")
    page = page_of(request, waiting.order_by("asked_at", "pk"), PER_PAGE)
    return render(request, "portal_office/corrections.html", {"page": page, "corrections": page.object_list})


@at_desk
@require_POST
def office_decide(request: HttpRequest, public_id: str, answer: str) -> HttpResponse:
    seat = _seat(public_id)
    act = approval.approve_seat if answer == "bevestigen" else approval.decline_seat
    try:
        seat = act(seat=seat, by=request.user)
    except NotAllowedError as refused:
        raise PermissionDenied(refused.message) from refused
    except DomainError as refused:
        messages.error(request, f"{seat.person.full_name}: {refused.message}")
    else:
        words = {"name": seat.person.full_name, "state": seat.get_state_display()}
        messages.success(request, _("%(name)s: %(state)s. De mail gaat eruit.") % words)
    return redirect("office_requests")


@at_desk
@read_or_send
def office_move_seat(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = _seat(public_id)
    siblings = siblings_of(seat.gathering)

    def act(form: forms.Form) -> str:
        moving.move_seat(seat=seat, to=form.chosen, by=request.user)
        return _("%(name)s heeft nu een plek in de andere groep en krijgt daarvan bericht.") % seat_words(seat)

    return form_page(
        request,
        MoveForm(sent(request), siblings),
        act,
        title=_("%(name)s verplaatsen") % seat_words(seat),
        explanation=_("Nu: %(title)s. De plek daar komt vrij voor de wachtlijst.") % seat_words(seat)
        if siblings
        else _("Er is geen andere groep van dit aanbod die nog begint. Plan er eerst een."),
        back=page_url(seat.gathering),
        button=_("Verplaats"),
        trail=trail(request.user, seat.gathering),
    )


@at_desk
@read_or_send
def office_cancel_seat(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody calls that she cannot come; nobody is asked why."""
    seat = _seat(public_id)

    def act(_form: forms.Form) -> str:
        ended = seats.cancel_seat(seat=seat, by=request.user)
        words = _("%(name)s is afgemeld. Dat was na de termijn en telt als laat.")
        return (words if ended.late else _("%(name)s is afgemeld.")) % seat_words(seat)

    explanation = _("Voor: %(title)s. Een vrije plek gaat naar de eerste op de wachtlijst.")
    return _ending_page(request, seat, act, _("%(name)s afmelden"), explanation, _("Meld af"))


@at_desk
@read_or_send
def office_object(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back a place that was given at once."""
    seat = _seat(public_id)

    def act(_form: forms.Form) -> str:
        approval.object_to_seat(seat=seat, by=request.user)
        return _("De plek van %(name)s is vervallen.") % seat_words(seat)

    explanation = _("De plek bij %(title)s vervalt; diegene krijgt daarvan bericht.")
    return _ending_page(request, seat, act, _("Bezwaar tegen de plek van %(name)s"), explanation, _("Maak bezwaar"))


def _ending_page(
    request: HttpRequest, seat: Seat, act: Callable[[forms.Form], str], title: str, explanation: str, button: str
) -> HttpResponse:
    """Before a seat ends; the words may name its person and its group."""
    return form_page(
        request,
        ConfirmForm(sent(request)),
        act,
        title=title % seat_words(seat),
        explanation=explanation % seat_words(seat),
        back=page_url(seat.gathering),
        button=button,
        danger=True,
        trail=trail(request.user, seat.gathering),
    )


@at_desk
@read_or_send
def office_assign_lead(request: HttpRequest, public_id: str) -> HttpResponse:
    gathering = group_for(request, public_id, rules.can_read_participants)

    def act(picked: Picked) -> str:
        leads.assign_lead(gathering=gathering, person=picked.person, by=request.user, **picked.extra)
        return _("%(name)s begeleidt nu deze groep.") % {"name": picked.person}

    return pick_page(
        request,
        act,
        title=_("Begeleider aanwijzen"),
        back=page_url(gathering),
        button=_("Wijs aan"),
        trail=trail(request.user, gathering),
        extra=LeadForm,
    )


def siblings_of(gathering: Gathering) -> list[Gathering]:
    """Other groups of the same offering that still begin."""
    others = Gathering.objects.open().with_counts().filter(offering_id=gathering.offering_id)
    return list(others.exclude(pk=gathering.pk).order_by("starts_at", "pk")[: office_read.MOST_SHOWN])


def _seat(public_id: str) -> Seat:
    active = Seat.objects.exclude(state=SeatState.DECLINED).select_related("person", "gathering__offering")
    seat: Seat = get_object_or_404(active, public_id=public_id)
    return seat


def office_trail() -> list[tuple[str, str]]:
    return [(reverse("office"), _("Bureau"))]

"""One's own professional registration: where one stands, and every booking of points with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from academy.common import clock, formats
from academy.gatherings.enums import SeatState
from academy.portal.admin_pages import form_page, member_only, page_of, sent
from academy.portal.mine_forms import DossierForm, EventForm, RegistrationForm, SubmitForm
from academy.portal.mine_overview import running, seats_ahead
from academy.portal.mine_points import meter_of
from academy.portal.mine_trace import can_be_marked, entry_row, labels_of
from academy.portal.mine_views import shows_pace
from certificates.credits.domain import events
from certificates.credits.domain.booking import rules_on
from certificates.credits.domain.registrations import declare, register, submit_period
from certificates.credits.domain.standing import standing
from certificates.credits.enums import CreditEventKind
from certificates.credits.models import CreditEntry, Period, Registration
from certificates.domain.recognition import recognise_earlier

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _trail() -> list[tuple[str, str]]:
    return [(reverse("mine_registration"), _("Registratie"))]


def _running(request: HttpRequest, public_id: str) -> tuple[Registration, Period]:
    """One's own registration and the period of today."""
    found = Registration.objects.active().filter(person=request.user).select_related("chamber__register", "person")
    registration = get_object_or_404(found, public_id=public_id)
    return registration, get_object_or_404(registration.periods.filter(starts_on__lte=clock.today())[:1])


@member_only
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every registration with its meter, and below them all bookings, the newest first."""
    shown = shows_pace(request)
    seats = [seat for seat in running(seats_ahead(request.user)) if seat.state == SeatState.CONFIRMED]
    found = standing(request.user, clock.today())
    entries = CreditEntry.objects.of(request.user).with_state().select_related("chamber__register")
    page = page_of(request, entries.order_by("-completed_on", "-seq"))
    rows = list(page.object_list)
    labels = labels_of(rows)
    context = {
        "meters": [meter_of(part, seats, with_pace=shown) for part in found],
        "page": page,
        "rows": [entry_row(entry, labels) for entry in rows],
        "shows_pace": shown,
    }
    return render(request, "portal_mine/registration.html", context)


@member_only
@never_cache
@read_or_send
def enter(request: HttpRequest) -> HttpResponse:
    def act(form: forms.Form) -> str:
        registration = register(person=request.user, **form.cleaned_data)
        earlier = recognise_earlier(registration=registration, by=request.user)
        if earlier:
            return _("Je registratie staat erin. Wat je eerder deed, is meegeteld.")
        return _("Je registratie staat erin. Vanaf nu tellen je punten mee.")

    return form_page(
        request,
        RegistrationForm(sent(request)),
        act,
        title=_("Registratie toevoegen"),
        back=reverse("mine_registration"),
        button=_("Voeg toe"),
        trail=_trail(),
        explanation=_("Je punten tellen we vanaf het begin van je periode, ook die van voor vandaag."),
    )


@member_only
@never_cache
@read_or_send
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    registration, period = _running(request, public_id)
    rules = rules_on(registration, clock.today())
    form = DossierForm(sent(request), period=period, rule_set=rules.code if rules else "")

    def act(form: forms.Form) -> str:
        register(
            person=request.user,
            chamber=registration.chamber,
            number=form.cleaned_data.pop("number"),
            starts_on=period.starts_on,
            variant=registration.variant,
        )
        declare(period=period, **form.cleaned_data)
        return _("Opgeslagen.")

    return form_page(
        request,
        form,
        act,
        title=str(registration.chamber),
        back=reverse("mine_registration"),
        button=_("Sla op"),
        trail=_trail(),
        explanation=_("Deze periode loopt van %(start)s tot %(due)s.")
        % {"start": formats.short_day(period.starts_on), "due": formats.short_day(period.due_on)},
    )


@member_only
@never_cache
@read_or_send
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    _registration, period = _running(request, public_id)

    def act(form: forms.Form) -> str:
        following = submit_period(period=period, on=form.cleaned_data["submitted_on"])
        return _("Genoteerd. Je nieuwe periode loopt tot %(due)s.") % {"due": formats.short_day(following.due_on)}

    return form_page(
        request,
        SubmitForm(sent(request), initial={"submitted_on": clock.today()}),
        act,
        title=_("Herregistratie ingediend"),
        back=reverse("mine_registration"),
        button=_("Noteer deze dag"),
        trail=_trail(),
        explanation=_("Je nieuwe periode begint op de dag van indienen. Dit kun je niet terugdraaien."),
    )


@member_only
@never_cache
@read_or_send
def entry(request: HttpRequest, public_id: str) -> HttpResponse:
    """One booking: why it counts as it does, and what the register made of it."""
    found = CreditEntry.objects.of(request.user).with_state().select_related("chamber__register", "subject__person")
    booked = get_object_or_404(found, public_id=public_id)
    facts = {"row": entry_row(booked, labels_of([booked])), "events": booked.events.all()}
    if not can_be_marked(booked):
        if request.method == "POST":
            return HttpResponse(status=409)
        return render(request, "portal_mine/entry.html", facts)

    def act(form: forms.Form) -> str:
        kind, on, points = (form.cleaned_data[name] for name in ("kind", "on", "points"))
        if kind == CreditEventKind.GRANTED:
            events.grant(entry=booked, points=points, on=on, by=request.user)
        else:
            mark = events.submit if kind == CreditEventKind.SUBMITTED else events.reject
            mark(entry=booked, on=on, by=request.user)
        return _("Genoteerd.")

    initial = {"on": clock.today(), "points": booked.points_expected, "kind": CreditEventKind.SUBMITTED}
    return form_page(
        request,
        EventForm(sent(request), initial=initial),
        act,
        template="portal_mine/entry.html",
        title=booked.title,
        back=reverse("mine_registration"),
        button=_("Noteer"),
        **facts,
    )

"""Planning, changing and cancelling runs, their dates, and the list of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from academy.common import clock, formats
from academy.common.errors import DomainError
from academy.gatherings import rules
from academy.gatherings.domain import leads, planning, venues
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Gathering, Seat, Session, Venue
from academy.portal.admin_pages import form_page, member_only, page_of, sent
from academy.portal.groups_views import group_for, page_url, trail
from academy.portal.office_forms import (
    CancelForm,
    ChangeForm,
    ConfirmForm,
    OneSessionForm,
    RunChangeForm,
    RunForm,
    VenueForm,
)
from academy.portal.office_views import PER_PAGE, at_desk, office_trail, read_or_send, siblings_of
from academy.portal.planning_page import plan_page
from courses.domain.runs import change_run, plan_run
from courses.models import Run

if TYPE_CHECKING:
    from django import forms

    from academy.gatherings.domain.planning import Plan


@at_desk
@read_or_send
def office_plan(request: HttpRequest) -> HttpResponse:
    """Plan a run of a course."""

    def make(values: dict[str, Any], plans: list[Plan]) -> Gathering:
        terms = {name: values[name] for name in ("group", "remarks", "capacity", "minimum")}
        gathering = plan_run(course=values["offering"], sessions=plans, by=request.user, **terms).gathering
        if values["lead"] is not None:
            leads.assign_lead(gathering=gathering, person=values["lead"], role=LeadRole.GIVES, by=request.user)
        return gathering

    return plan_page(request, RunForm, make, title=_("Groep plannen"), trail=office_trail(), back=reverse("office"))


@member_only
@require_POST
def office_open(request: HttpRequest, public_id: str) -> HttpResponse:
    """From draft to the catalogue."""
    gathering = group_for(request, public_id, rules.can_plan)
    try:
        planning.open_gathering(gathering=gathering, by=request.user)
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("De groep staat open. Mensen kunnen zich inschrijven."))
    return redirect(_after(request, gathering))


@member_only
@read_or_send
def office_change(request: HttpRequest, public_id: str) -> HttpResponse:
    gathering = group_for(request, public_id, rules.can_plan)
    run = Run.objects.filter(gathering=gathering).first()

    def act(form: forms.Form) -> str:
        planning.change_gathering(gathering=gathering, by=request.user, **form.terms())
        if run is not None:
            change_run(run=run, by=request.user, **form.run_terms())
        return _("De groep is gewijzigd. Wie al een plek heeft, houdt wat beloofd is.")

    return form_page(
        request,
        (ChangeForm if run is None else RunChangeForm)(sent(request), gathering),
        act,
        title=_("%(title)s wijzigen") % {"title": gathering.title},
        back=_after(request, gathering),
        button=_("Sla op"),
        trail=trail(request.user, gathering),
    )


@member_only
@read_or_send
def office_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    """It does not go on: everybody is told, and may be pointed to another group."""
    gathering = group_for(request, public_id, rules.can_plan)
    seats = Seat.objects.active().filter(gathering=gathering).count()

    def act(form: forms.Form) -> str:
        planning.cancel_gathering(gathering=gathering, by=request.user, instead=form.chosen)
        return _("De groep gaat niet door. Iedereen krijgt een mail.")

    told = ngettext("%(seats)d persoon krijgt een mail.", "%(seats)d mensen krijgen een mail.", seats) % {
        "seats": seats
    }
    return form_page(
        request,
        CancelForm(sent(request), siblings_of(gathering)),
        act,
        title=_("%(title)s annuleren") % {"title": gathering.title},
        explanation=told + " " + _("Dit kun je niet terugdraaien."),
        back=_after(request, gathering),
        button=_("Annuleer deze groep"),
        danger=True,
        trail=trail(request.user, gathering),
    )


@member_only
@read_or_send
def office_add_session(request: HttpRequest, public_id: str) -> HttpResponse:
    gathering = group_for(request, public_id, rules.can_plan)

    def act(form: forms.Form) -> str:
        planning.add_session(gathering=gathering, plan=form.plan(), by=request.user)
        return _("De datum is toegevoegd.")

    return _session_page(request, gathering, OneSessionForm(sent(request)), act, _("Datum toevoegen"))


@member_only
@read_or_send
def office_change_session(request: HttpRequest, public_id: str) -> HttpResponse:
    session, gathering = _session(request, public_id)

    def act(form: forms.Form) -> str:
        planning.change_session(session=session, by=request.user, **form.terms())
        return _("De datum is gewijzigd. Wie een plek heeft, krijgt daarvan bericht.")

    form = OneSessionForm(sent(request), session)
    off = reverse("office_cancel_session", args=(session.public_id,))
    return _session_page(request, gathering, form, act, _("Datum wijzigen"), off=off)


@member_only
@read_or_send
def office_cancel_session(request: HttpRequest, public_id: str) -> HttpResponse:
    session, gathering = _session(request, public_id)

    def act(_form: forms.Form) -> str:
        planning.cancel_session(session=session, by=request.user)
        return _("Deze datum vervalt. Wie een plek heeft, krijgt daarvan bericht.")

    return form_page(
        request,
        ConfirmForm(sent(request)),
        act,
        title=_("Datum laten vervallen"),
        explanation=formats.period(session.starts_at, session.ends_at),
        back=_after(request, gathering),
        button=_("Laat vervallen"),
        danger=True,
        trail=trail(request.user, gathering),
    )


@at_desk
@require_safe
def office_venues(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    page = page_of(request, Venue.objects.filter(name__icontains=words), PER_PAGE)
    context = {"page": page, "words": words, "today": clock.today(), "trail": office_trail()}
    return render(request, "portal_office/venues.html", context)


@at_desk
@read_or_send
def office_add_venue(request: HttpRequest) -> HttpResponse:
    return _venue_page(request, None)


@at_desk
@read_or_send
def office_change_venue(request: HttpRequest, number: int) -> HttpResponse:
    return _venue_page(request, get_object_or_404(Venue, pk=number))


def _venue_page(request: HttpRequest, venue: Venue | None) -> HttpResponse:
    def act(form: forms.Form) -> str:
        kept = venues.keep_venue(venue=venue, by=request.user, **form.cleaned_data)
        return _("%(name)s is opgeslagen.") % {"name": kept}

    initial = {name: getattr(venue, name) for name in VenueForm.base_fields} if venue else {"kind": "open"}
    return form_page(
        request,
        VenueForm(sent(request), initial=initial),
        act,
        title=_("%(name)s wijzigen") % {"name": venue} if venue else _("Locatie toevoegen"),
        back=reverse("office_venues"),
        button=_("Sla op"),
        trail=[*office_trail(), (reverse("office_venues"), _("Locaties"))],
    )


def _session_page(
    request: HttpRequest, gathering: Gathering, form: OneSessionForm, act: Any, title: str, off: str = ""
) -> HttpResponse:
    return form_page(
        request,
        form,
        _at_day(form, act),
        title=title,
        explanation=gathering.title,
        back=_after(request, gathering),
        button=_("Sla op"),
        trail=trail(request.user, gathering),
        second_url=off,
        second=_("Laat deze datum vervallen"),
    )


def _at_day(form: OneSessionForm, act: Any) -> Any:
    """The domain speaks of ``starts_at``; on this screen that is the day."""

    def acted(bound: forms.Form) -> str:
        try:
            return str(act(bound))
        except DomainError as refused:
            refused.field = refused.field if refused.field in form.fields else "day"
            raise

    return acted


def _session(request: HttpRequest, public_id: str) -> tuple[Session, Gathering]:
    session = get_object_or_404(Session.objects.select_related("gathering"), public_id=public_id)
    if not rules.can_plan(request.user, session.gathering):
        raise Http404
    return session, session.gathering


def _after(request: HttpRequest, gathering: Gathering) -> str:
    """Back to the page of the group; an editor, who sees no names, goes to the catalogue's page of it."""
    if rules.can_read_participants(request.user, gathering):
        return page_url(gathering)
    return reverse("groups")

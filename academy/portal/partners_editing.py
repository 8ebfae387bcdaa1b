"""The forms of the partnership manager: contacts, agreements, contactmomenten, requests, fixed contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from academy.common import clock, formats
from academy.partners.domain import agreements, contacts, outreach, requests
from academy.partners.models import Agreement, Contact, InformationRequest, Outreach, TeamContact
from academy.people.enums import TeamKind
from academy.people.models import Municipality, Team
from academy.portal import partners_forms as forms_, partners_reading as reading
from academy.portal.admin_pages import form_page, sent
from academy.portal.partners_views import keepers, partner_url, read_or_send, trail

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from academy.partners.domain.saving import Partner


def _present(code: str) -> Partner:
    return reading.present(reading.find_partner(code))


def _steps() -> str:
    return reverse("partners_week")


@keepers
@read_or_send
def contact_add(request: HttpRequest, code: str) -> HttpResponse:
    partner = _present(code)

    def act(form: forms.Form) -> str:
        added = contacts.add_contact(partner=partner, by=request.user, **form.cleaned_data)
        return _("%(name)s staat bij de contactpersonen.") % {"name": added.name}

    return form_page(
        request,
        forms_.ContactForm(sent(request)),
        act,
        title=_("Contactpersoon bij %(name)s") % {"name": partner.name},
        explanation=_("Alleen wat je nodig hebt om iemand op het werk te bereiken."),
        back=partner_url(partner),
        button=_("Voeg toe"),
        trail=trail(partner),
    )


@keepers
@read_or_send
def contact_change(request: HttpRequest, public_id: str) -> HttpResponse:
    contact = _contact(public_id)

    def act(form: forms.Form) -> str:
        contacts.change_contact(contact=contact, by=request.user, **form.cleaned_data)
        return _("Opgeslagen.")

    back = partner_url(contact.partner)
    return form_page(
        request,
        forms_.ContactForm(sent(request), initial=forms_.ContactForm.facts_of(contact)),
        act,
        title=_("%(name)s wijzigen") % {"name": contact.name},
        back=back,
        button=_("Sla op"),
        second=_("Verwijder deze contactpersoon"),
        second_url=reverse("contact_remove", args=(public_id,)),
        trail=trail(contact.partner),
    )


@keepers
@read_or_send
def contact_remove(request: HttpRequest, public_id: str) -> HttpResponse:
    contact = _contact(public_id)

    def act(_form: forms.Form) -> str:
        contacts.remove_contact(contact=contact, by=request.user)
        return _("De contactpersoon is verwijderd.")

    return form_page(
        request,
        forms_.ConfirmForm(sent(request)),
        act,
        title=_("%(name)s verwijderen") % {"name": contact.name},
        explanation=_("We vergeten deze persoon. De contactmomenten blijven staan, zonder naam."),
        back=partner_url(contact.partner),
        button=_("Verwijder"),
        danger=True,
        trail=trail(contact.partner),
    )


@keepers
@read_or_send
def agreement_add(request: HttpRequest, code: str) -> HttpResponse:
    partner = _present(code)

    def act(form: forms.Form) -> str:
        agreements.agree(partner=partner, by=request.user, **form.cleaned_data)
        return _("De afspraak staat erbij.")

    return form_page(
        request,
        forms_.AgreementForm(sent(request), reading.teams_of(partner)),
        act,
        title=_("Afspraak met %(name)s") % {"name": partner.name},
        back=partner_url(partner),
        button=_("Leg vast"),
        trail=trail(partner),
    )


@keepers
@read_or_send
def agreement_end(request: HttpRequest, public_id: str) -> HttpResponse:
    agreement = get_object_or_404(
        Agreement.objects.select_related("municipality__successor", "organisation__successor", "team"),
        public_id=public_id,
    )

    def act(form: forms.Form) -> str:
        agreements.end_agreement(agreement=agreement, by=request.user, **form.cleaned_data)
        return _("De afspraak is beëindigd.")

    return form_page(
        request,
        forms_.EndAgreementForm(sent(request), initial={"on": clock.today()}),
        act,
        title=_("Afspraak beëindigen"),
        explanation=str(agreement),
        back=partner_url(agreement.partner),
        button=_("Beëindig"),
        trail=trail(agreement.partner),
    )


@keepers
@read_or_send
def outreach_add(request: HttpRequest, code: str) -> HttpResponse:
    """``?stap=`` names the step that this contactmoment carries out."""
    partner = _present(code)
    step = Outreach.objects.of(partner).with_open_step().filter(public_id=request.GET.get("stap", "")).first()

    def act(form: forms.Form) -> str:
        outreach.record_outreach(partner=partner, by=request.user, finishes=step, **form.cleaned_data)
        return _("Het contactmoment staat erbij.")

    return form_page(
        request,
        forms_.OutreachForm(sent(request), Contact.objects.of(partner)),
        act,
        title=_("Contactmoment met %(name)s") % {"name": partner.name},
        explanation=_("Hiermee rond je af: %(step)s") % {"step": step.next_step} if step else "",
        back=partner_url(partner),
        button=_("Leg vast"),
        trail=trail(partner),
    )


@keepers
@require_POST
def step_finish(request: HttpRequest, public_id: str) -> HttpResponse:
    step = _step(public_id)
    outreach.finish_step(outreach=step, by=request.user)
    messages.success(request, _("Afgerond: %(step)s") % {"step": step.next_step})
    return redirect(_steps())


@keepers
@read_or_send
def step_postpone(request: HttpRequest, public_id: str) -> HttpResponse:
    step = _step(public_id)

    def act(form: forms.Form) -> str:
        moved = outreach.postpone_step(outreach=step, by=request.user, **form.cleaned_data)
        return _("De stap staat nu voor %(day)s.") % {"day": formats.day(moved.due_on)}

    return form_page(
        request,
        forms_.PostponeForm(sent(request)),
        act,
        title=_("Stap verzetten"),
        explanation=step.next_step,
        back=_steps(),
        button=_("Verzet"),
        trail=trail(step.partner),
    )


@keepers
@read_or_send
def team_contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who of Veilig Thuis is the fixed contact of a local team."""
    team = _team(public_id)

    def act(form: forms.Form) -> str:
        contacts.set_team_contact(team=team, by=request.user, **form.cleaned_data)
        return _("%(team)s ziet deze contactpersoon nu bij Vraag advies.") % {"team": team.name}

    held = TeamContact.objects.current().filter(team=team).first()
    return form_page(
        request,
        forms_.TeamContactForm(sent(request), held),
        act,
        title=_("Vaste contactpersoon van %(team)s") % {"team": team.name},
        explanation=_("Het team ziet deze naam en dit nummer bij Vraag advies aan Veilig Thuis."),
        back=_team_page(team),
        button=_("Sla op"),
        second=_("Geen vaste contactpersoon meer"),
        second_url=reverse("team_contact_end", args=(public_id,)) if held else "",
        trail=trail(),
    )


@keepers
@read_or_send
def team_contact_end(request: HttpRequest, public_id: str) -> HttpResponse:
    team = _team(public_id)

    def act(_form: forms.Form) -> str:
        contacts.end_team_contact(team=team, by=request.user)
        return _("%(team)s heeft nu geen vaste contactpersoon.") % {"team": team.name}

    return form_page(
        request,
        forms_.ConfirmForm(sent(request)),
        act,
        title=_("Geen vaste contactpersoon meer"),
        explanation=_("%(team)s ziet daarna alleen het algemene nummer 0800-2000.") % {"team": team.name},
        back=_team_page(team),
        button=_("Beëindig"),
        danger=True,
        trail=trail(),
    )


def _decision(
    request: HttpRequest, public_id: str, form: type[forms.Form], act: Callable[..., object], *words: str
) -> HttpResponse:
    """A page that answers a request; ``words`` are title, button and what to say when it is done."""
    asked = get_object_or_404(InformationRequest.objects.select_related("municipality"), public_id=public_id)
    title, button, done = words

    def decide(filled: forms.Form) -> str:
        act(request=asked, by=request.user, **filled.cleaned_data)
        return done

    page = reverse("partner_request", args=(public_id,))
    return form_page(
        request,
        form(sent(request)),
        decide,
        title=title,
        explanation=str(asked),
        back=page,
        button=button,
        trail=[*trail(), (reverse("partner_requests"), _("Aanvragen"))],
    )


@keepers
@read_or_send
def request_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    words = (_("Voorlichting inplannen"), _("Plan in"), _("Ingepland. De aanvrager krijgt de dag per mail."))
    return _decision(request, public_id, forms_.PlanForm, requests.plan_request, *words)


@keepers
@read_or_send
def request_hold(request: HttpRequest, public_id: str) -> HttpResponse:
    words = (_("Voorlichting gegeven"), _("Leg vast"), _("Afgerond als gegeven."))
    return _decision(request, public_id, forms_.HoldForm, requests.hold_request, *words)


@keepers
@read_or_send
def request_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    words = (_("Aanvraag afwijzen"), _("Wijs af"), _("Afgewezen. De aanvrager krijgt je uitleg per mail."))
    return _decision(request, public_id, forms_.DeclineForm, requests.decline_request, *words)


def _contact(public_id: str) -> Contact:
    found: Contact = get_object_or_404(
        Contact.objects.select_related("municipality", "organisation"), public_id=public_id
    )
    return found


def _step(public_id: str) -> Outreach:
    found: Outreach = get_object_or_404(
        Outreach.objects.select_related("municipality", "organisation"), public_id=public_id
    )
    return found


def _team(public_id: str) -> Team:
    local = Team.objects.filter(kind=TeamKind.LOCAL).select_related("organisation")
    found: Team = get_object_or_404(local, public_id=public_id)
    return found


def _team_page(team: Team) -> str:
    """The first municipality that the team works for, or else its organisation."""
    place: Municipality | None = team.municipalities.order_by("name").first()
    return partner_url(place or team.organisation)

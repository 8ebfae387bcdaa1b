"""Organisations and teams: the list, and making, changing, ending and merging them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from academy.common import clock
from academy.people import rules
from academy.people.domain import organisations, places
from academy.people.models import Organisation, Team
from academy.portal.admin_forms import EndForm, MergeForm, MergeMunicipalityForm, OrganisationForm, TeamForm
from academy.portal.admin_pages import allowed, form_page, page_of, sent
from academy.portal.externals_forms import MailDomainForm

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

read_or_send = require_http_methods(["GET", "HEAD", "POST"])
keepers = allowed(rules.can_change_organisations)


def _organisation(public_id: str) -> Organisation:
    return get_object_or_404(Organisation.objects.select_related("municipality", "successor"), public_id=public_id)


def _team(public_id: str) -> Team:
    return get_object_or_404(Team.objects.select_related("organisation"), public_id=public_id)


def _page(organisation: Organisation) -> str:
    return reverse("manage_organisation", args=(organisation.public_id,))


def _trail(organisation: Organisation | None = None) -> list[tuple[str, str]]:
    trail = [(reverse("manage_home"), _("Beheer")), (reverse("manage_organisations"), _("Organisaties"))]
    return [*trail, (_page(organisation), organisation.name)] if organisation else trail


@keepers
@require_safe
def manage_organisations(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "").strip()[:100]
    here = Q(teams__active_to__isnull=True) | Q(teams__active_to__gt=clock.today())
    rows = (
        Organisation.objects.filter(name__icontains=words)
        .annotate(team_count=Count("teams", filter=here))
        .order_by("name")
    )
    context = {"page": page_of(request, rows), "words": words, "today": clock.today(), "trail": _trail()[:1]}
    return render(request, "portal_admin/organisations.html", context)


@keepers
@require_safe
def manage_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = _organisation(public_id)
    context = {
        "organisation": organisation,
        "teams": organisation.teams.select_related("successor").prefetch_related("municipalities"),
        "domains": organisation.mail_domains.all(),
    }
    return render(request, "portal_admin/organisation.html", context)


@keepers
@read_or_send
def create_organisation(request: HttpRequest) -> HttpResponse:
    def act(form: forms.Form) -> str:
        made = organisations.create_organisation(by=request.user, **form.cleaned_data)
        return _("%(name)s is toegevoegd.") % {"name": made.name}

    form = OrganisationForm(sent(request))
    back = reverse("manage_organisations")
    title, button = _("Organisatie toevoegen"), _("Voeg toe")
    return form_page(request, form, act, title=title, back=back, button=button, trail=_trail())


@keepers
@read_or_send
def edit_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = _organisation(public_id)

    def act(form: forms.Form) -> str:
        organisations.change_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        return _("De organisatie is opgeslagen.")

    first = {name: getattr(organisation, name) for name in ("name", "kind", "ring", "municipality")}
    return _edit_page(request, organisation, organisation, OrganisationForm(sent(request), initial=first), act)


@keepers
@read_or_send
def add_mail_domain(request: HttpRequest, public_id: str) -> HttpResponse:
    """Also to say, once a year, that a domain is still theirs: domains that ran out have leaked files before."""
    organisation = _organisation(public_id)

    def act(form: forms.Form) -> str:
        known = organisations.add_mail_domain(organisation=organisation, by=request.user, **form.cleaned_data)
        return _("%(domain)s is vandaag nagegaan.") % {"domain": known.domain}

    return form_page(
        request,
        MailDomainForm(sent(request)),
        act,
        title=_("Maildomein van %(name)s") % {"name": organisation.name},
        back=_page(organisation),
        button=_("Sla op"),
        trail=_trail(organisation),
        explanation=_(
            "Wie zich met zo'n adres aanmeldt, krijgt deze organisatie voorgesteld. Dat geldt een jaar vanaf vandaag."
        ),
    )


@keepers
@read_or_send
def end_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = _organisation(public_id)

    def act(form: forms.Form) -> str:
        organisations.end_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        return _("%(name)s is beëindigd.") % {"name": organisation.name}

    return _end_page(request, organisation, act, _page(organisation), _trail(organisation))


@keepers
@read_or_send
def merge_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = _organisation(public_id)

    def act(form: forms.Form) -> str:
        organisations.merge_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        return _("%(name)s is samengevoegd.") % {"name": organisation.name}

    choices = Organisation.objects.active().exclude(pk=organisation.pk)
    return _merge_page(request, organisation, choices, act, _page(organisation), _trail(organisation))


@keepers
@read_or_send
def create_team(request: HttpRequest, public_id: str) -> HttpResponse:
    organisation = _organisation(public_id)

    def act(form: forms.Form) -> str:
        made = organisations.create_team(organisation=organisation, by=request.user, **form.cleaned_data)
        return _("%(name)s is toegevoegd.") % {"name": made.name}

    return form_page(
        request,
        TeamForm(sent(request)),
        act,
        title=_("Team toevoegen"),
        back=_page(organisation),
        button=_("Voeg toe"),
        trail=_trail(organisation),
    )


@keepers
@read_or_send
def edit_team(request: HttpRequest, public_id: str) -> HttpResponse:
    team = _team(public_id)

    def act(form: forms.Form) -> str:
        organisations.change_team(team=team, by=request.user, **form.cleaned_data)
        return _("Het team is opgeslagen.")

    first: dict[str, Any] = {name: getattr(team, name) for name in ("name", "kind", "local_name")}
    first["municipalities"] = team.municipalities.all()
    return _edit_page(request, team, team.organisation, TeamForm(sent(request), initial=first), act)


@keepers
@read_or_send
def end_team(request: HttpRequest, public_id: str) -> HttpResponse:
    team = _team(public_id)

    def act(form: forms.Form) -> str:
        organisations.end_team(team=team, by=request.user, **form.cleaned_data)
        return _("%(name)s is beëindigd.") % {"name": team.name}

    return _end_page(request, team, act, _page(team.organisation), _trail(team.organisation))


@keepers
@read_or_send
def merge_team(request: HttpRequest, public_id: str) -> HttpResponse:
    team = _team(public_id)

    def act(form: forms.Form) -> str:
        organisations.merge_team(team=team, by=request.user, **form.cleaned_data)
        return _("%(name)s is samengevoegd.") % {"name": team.name}

    choices = Team.objects.active().exclude(pk=team.pk).filter(organisation=team.organisation)
    return _merge_page(request, team, choices, act, _page(team.organisation), _trail(team.organisation))


@keepers
@read_or_send
def merge_municipality(request: HttpRequest) -> HttpResponse:
    def act(form: forms.Form) -> str:
        merged = places.merge_municipality(by=request.user, **form.cleaned_data)
        facts = {"name": merged.name, "into": form.cleaned_data["into"].name}
        return _("%(name)s is opgegaan in %(into)s. De teams en contactpersonen gaan mee.") % facts

    return form_page(
        request,
        MergeMunicipalityForm(sent(request), initial={"on": clock.today()}),
        act,
        title=_("Gemeentelijke herindeling"),
        back=reverse("manage_organisations"),
        button=_("Leg vast"),
        trail=_trail(),
        danger=True,
        explanation=_(
            "Teams werken vanaf nu voor de nieuwe gemeente, en wie voor de oude sprak, spreekt voor de nieuwe. De oude "
            "naam en wat daar gebeurde blijven staan. Dit is niet terug te draaien."
        ),
    )


def _edit_page(
    request: HttpRequest, thing: Any, organisation: Organisation, form: forms.Form, act: Callable[[forms.Form], str]
) -> HttpResponse:
    """Of an organisation or of one of its teams."""
    return form_page(
        request,
        form,
        act,
        title=_("%(name)s wijzigen") % {"name": thing.name},
        back=_page(organisation),
        button=_("Sla op"),
        trail=_trail(organisation),
    )


def _end_page(request: HttpRequest, thing: Any, act: Any, back: str, trail: list[tuple[str, str]]) -> HttpResponse:
    return form_page(
        request,
        EndForm(sent(request), initial={"on": clock.today()}),
        act,
        title=_("%(name)s beëindigen") % {"name": thing.name},
        back=back,
        button=_("Beëindig"),
        trail=trail,
        danger=True,
        explanation=_("Teams, plekken en rollen eindigen op die dag mee. Er wordt niets gewist."),
    )


def _merge_page(
    request: HttpRequest, thing: Any, choices: Any, act: Any, back: str, trail: list[tuple[str, str]]
) -> HttpResponse:
    return form_page(
        request,
        MergeForm(sent(request), choices=choices, initial={"on": clock.today()}),
        act,
        title=_("%(name)s samenvoegen") % {"name": thing.name},
        back=back,
        button=_("Voeg samen"),
        trail=trail,
        danger=True,
        explanation=_("Mensen en rollen gaan mee naar de opvolger. De oude naam blijft in het archief staan."),
    )

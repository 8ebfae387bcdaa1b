"""Persons: find them, their places and roles, and report that somebody leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _, gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common import clock
from academy.people import rules
from academy.people.domain import joining, leaving, profile, roles
from academy.people.domain.audit import ACTIONS
from academy.people.models import AuditEntry, Membership, RoleAssignment, User
from academy.portal.admin_forms import (
    EndForm,
    ManagerForm,
    PersonForm,
    PlaceForm,
    ProfileForm,
    RoleForm,
    SearchForm,
)
from academy.portal.admin_pages import allowed, form_page, member_only, page_of, sent

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

HOME = [(reverse_lazy("manage_home"), _lazy("Beheer"))]
PEOPLE = [*HOME, (reverse_lazy("manage_people"), _lazy("Personen"))]
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _person(request: HttpRequest, public_id: str) -> User:
    """Somebody whose whole profile this user may see."""
    return get_object_or_404(User.objects.get_queryset().fully_visible_to(request.user), public_id=public_id)


def _page(person: User) -> str:
    return reverse("manage_person", args=(person.public_id,))


def _trail(person: User) -> list[tuple[str, str]]:
    return [*PEOPLE, (_page(person), person.full_name)]


@allowed(rules.sees_full_profiles)
@require_safe
def manage_people(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    people = User.objects.get_queryset().fully_visible_to(request.user)
    wanted = form.cleaned_data.get("status", "")
    if wanted != "alle":
        people = people.filter(is_active=wanted != "uit")
    places = Membership.objects.current().select_related("organisation", "team")
    people = people.search(form.cleaned_data.get("q", "")).prefetch_related(
        Prefetch("memberships", places, to_attr="places"),
        Prefetch("role_assignments", RoleAssignment.objects.current(), to_attr="roles"),
    )
    waiting = Membership.objects.waiting_for(request.user).count()
    context = {"form": form, "page": page_of(request, people), "waiting": waiting, "trail": HOME}
    return render(request, "portal_admin/people.html", context)


@allowed(rules.sees_full_profiles)
@require_safe
def manage_person(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request, public_id)
    profile.note_opened(person=person, by=request.user)
    context = {
        "person": person,
        "places": person.memberships.select_related("organisation", "team", "job_function", "manager"),
        "roles": person.role_assignments.select_related("organisation", "team", "municipality", "section"),
        "may_give_roles": rules.can_assign_roles(request.user),
        "may_report": rules.can_report_leaver(request.user) and request.user != person,
        "today": clock.today(),
        "now": clock.now(),
        "trail": PEOPLE,
    }
    return render(request, "portal_admin/person.html", context)


@allowed(rules.sees_full_profiles)
@read_or_send
def add_person(request: HttpRequest) -> HttpResponse:
    def act(form: forms.Form) -> str:
        person = joining.create_person(by=request.user, **form.cleaned_data)
        return _("%(name)s heeft nu een account. Voeg hierna de plek toe.") % {"name": person.full_name}

    return form_page(
        request,
        PersonForm(sent(request)),
        act,
        title=_("Persoon toevoegen"),
        back=reverse("manage_people"),
        button=_("Maak het account"),
        trail=PEOPLE,
    )


@allowed(rules.sees_full_profiles)
@read_or_send
def add_place(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request, public_id)

    def act(form: forms.Form) -> str:
        place = joining.add_membership(person=person, by=request.user, **form.cleaned_data)
        return _("%(name)s heeft nu een plek bij %(place)s.") % {
            "name": person.full_name,
            "place": place.team or place.organisation,
        }

    form = PlaceForm(sent(request), initial={"starts_on": clock.today()})
    return form_page(
        request,
        form,
        act,
        title=_("Plek toevoegen"),
        back=_page(person),
        button=_("Voeg de plek toe"),
        trail=_trail(person),
    )


@allowed(rules.sees_full_profiles)
@read_or_send
def end_place(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    person = _person(request, public_id)
    place = get_object_or_404(person.memberships.select_related("organisation", "team"), pk=number)

    def act(form: forms.Form) -> str:
        joining.end_membership(membership=place, by=request.user, on=form.cleaned_data["on"])
        return _("De plek is beëindigd. Het account en het portfolio blijven.")

    return form_page(
        request,
        EndForm(sent(request), initial={"on": clock.today()}),
        act,
        title=_("Plek bij %(place)s beëindigen") % {"place": place.team or place.organisation},
        back=_page(person),
        button=_("Beëindig deze plek"),
        trail=_trail(person),
        explanation=_("De organisatie ziet deze persoon vanaf die dag niet meer. Rollen bij die plek eindigen mee."),
    )


@allowed(rules.sees_full_profiles)
@read_or_send
def change_manager(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    person = _person(request, public_id)
    place = get_object_or_404(person.memberships.select_related("manager"), pk=number)

    def act(form: forms.Form) -> str:
        joining.change_manager(membership=place, manager=form.cleaned_data["manager"], by=request.user)
        return _("De leidinggevende is opgeslagen.")

    return form_page(
        request,
        ManagerForm(sent(request), initial={"manager": place.manager.email if place.manager else ""}),
        act,
        title=_("Leidinggevende van %(name)s") % {"name": person.full_name},
        back=_page(person),
        button=_("Sla op"),
        trail=_trail(person),
    )


@allowed(rules.can_assign_roles)
@read_or_send
def assign_role(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request, public_id)

    def act(form: forms.Form) -> str:
        given = roles.assign_role(person=person, by=request.user, **form.assignment())
        return _("%(name)s heeft de rol %(role)s.") % {"name": person.full_name, "role": given.get_role_display()}

    return form_page(
        request,
        RoleForm(sent(request)),
        act,
        title=_("Rol geven aan %(name)s") % {"name": person.full_name},
        back=_page(person),
        button=_("Geef deze rol"),
        trail=_trail(person),
    )


@allowed(rules.can_assign_roles)
@require_POST
def end_role(request: HttpRequest, public_id: str) -> HttpResponse:
    assignment = get_object_or_404(RoleAssignment.objects.select_related("person"), public_id=public_id)
    roles.end_role(assignment=assignment, by=request.user)
    messages.success(
        request,
        _("%(name)s heeft de rol %(role)s niet meer.")
        % {"name": assignment.person.full_name, "role": assignment.get_role_display()},
    )
    return redirect(_page(assignment.person))


@allowed(rules.can_report_leaver)
@read_or_send
def report_leaver(request: HttpRequest, public_id: str) -> HttpResponse:
    person = _person(request, public_id)

    def act(form: forms.Form) -> str:
        leaving.leave(person=person, by=request.user, on=form.cleaned_data["on"])
        return _("%(name)s is uit dienst gemeld en kan niet meer inloggen.") % {"name": person.full_name}

    return form_page(
        request,
        EndForm(sent(request), initial={"on": clock.today()}),
        act,
        title=_("%(name)s uit dienst melden") % {"name": person.full_name},
        back=_page(person),
        button=_("Meld uit dienst"),
        trail=_trail(person),
        danger=True,
        explanation=_(
            "Het account gaat meteen dicht: plekken, rollen, sessies en toegangssleutels eindigen. Wat behaald is "
            "blijft bewaard. Werkt iemand van een partner ergens anders? Beëindig dan alleen de plek."
        ),
    )


@member_only
@read_or_send
def edit_profile(request: HttpRequest) -> HttpResponse:
    person = request.user

    def act(form: forms.Form) -> str:
        profile.change_profile(person=person, **form.cleaned_data)
        return _("Je gegevens zijn opgeslagen.")

    first = {"display_name": person.display_name, "phone": person.phone}
    context = {"places": person.memberships.current().select_related("organisation", "team", "job_function", "manager")}
    return form_page(
        request,
        ProfileForm(sent(request), initial=first),
        act,
        title=_("Mijn gegevens"),
        back=reverse("profile"),
        button=_("Sla op"),
        own=True,
        **context,
    )


@allowed(rules.sees_own_access_log)
@require_safe
def own_access_log(request: HttpRequest) -> HttpResponse:
    rows = AuditEntry.objects.filter(subject=request.user).select_related("actor")
    page = page_of(request, rows)
    for entry in page:
        entry.words = ACTIONS.get(entry.action, entry.action)
    return render(request, "portal_admin/access_log.html", {"page": page})

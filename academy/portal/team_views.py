"""What a manager or coordinator sees of the own people; and the same page about oneself, for everybody.

Words and hours, in the order of the alphabet: nobody is ranked. A coordinator sees where people take part, no hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from academy.common import clock
from academy.people.domain.audit import ACTIONS, record_many
from academy.people.enums import Role
from academy.people.models import AuditEntry, Membership, User
from academy.people.rules import coordinated_organisations, has_role, sees_own_access_log
from academy.portal import reports
from academy.portal.admin_pages import member_only, page_of
from academy.portal.hr_forms import PeriodForm
from academy.portal.reports_participation import next_steps, participation
from academy.portal.reports_registrations import registration_lines
from academy.portal.visits_views import newcomers_of
from certificates.credits.domain.standing import standing

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

OWN_ROWS, OPENINGS = 20, 50


@member_only
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The own team with hours and words; below it, for a coordinator, the organisation with participation only."""
    user = request.user
    manages, coordinates = has_role(user, Role.TEAM_MANAGER), bool(coordinated_organisations(user))
    if not (manages or coordinates):
        raise PermissionDenied
    people = reports.overseen_by(user) if manages and not has_role(user, Role.HR) else User.objects.none()
    form = PeriodForm(request.GET, people)
    context: dict[str, Any] = {"form": form, "today": clock.today(), "closed": reports.consent() is None}
    if form.is_valid():
        wanted = form.wanted
        shown = reports.people_of(people, wanted).order_by("full_name", "pk")
        context |= {"wanted": wanted, "team": _team_rows(request, page_of(request, shown), wanted)}
    if coordinates:
        places = Membership.objects
        context["waiting"] = places.waiting_for(user).count() + places.renewable_by(user).count()
    if coordinates and not context["closed"]:
        context["organisation"] = _organisation_rows(request)
    context["newcomers"] = newcomers_of(request)
    return render(request, "portal_hr/team.html", context)


def _team_rows(request: HttpRequest, page: Any, wanted: reports.Wanted) -> Any:
    """The page of people with, for each, hours, a word about the registration and the next booked step."""
    people = list(page.object_list)
    keys = User.objects.filter(pk__in=[person.pk for person in people])
    totals, steps = reports.per_person(keys, wanted), next_steps(keys)
    lines: dict[str, list[Any]] = {}
    for line in registration_lines(keys, clock.today()):
        lines.setdefault(line.person, []).append(line)
    for person in people:
        person.totals = totals.get(person.pk, reports.Totals())
        person.next_step = steps.get(person.pk)
        person.registration_lines = lines.get(person.public_id, [])
    record_many(action="hours.list", by=request.user, subjects=[person.pk for person in people], target=request.path)
    page.object_list = people
    return page


def _organisation_rows(request: HttpRequest) -> Any:
    page = page_of(request, reports.coordinated_by(request.user).exclude(pk=request.user.pk).order_by("full_name"))
    people = list(page.object_list)
    steps = next_steps(User.objects.filter(pk__in=[person.pk for person in people]))
    for person in people:
        person.next_step = steps.get(person.pk)
    record_many(action="hours.participation", by=request.user, subjects=[one.pk for one in people], target=request.path)
    page.object_list = people
    return page


@member_only
@require_safe
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person, for whoever may see her: the own manager and HR with hours, the coordinator without."""
    user = request.user
    if user.public_id == public_id:
        return own_view(request)
    whole = reports.overseen_by(user).filter(public_id=public_id).first()
    if whole is not None:
        record_many(action="hours.open", by=user, subjects=[whole.pk], target=public_id)
        return _person_page(request, whole, with_hours=True)
    found = get_object_or_404(reports.coordinated_by(user), public_id=public_id)
    if reports.consent() is None:
        raise Http404
    record_many(action="hours.participation", by=user, subjects=[found.pk], target=public_id)
    return _person_page(request, found, with_hours=False, since=reports.coordinated_since(user, found))


@member_only
@require_safe
def own_view(request: HttpRequest) -> HttpResponse:
    """What HR and the own manager can see of me, and whatever others opened or changed that is mine."""
    others = AuditEntry.objects.filter(subject=request.user).exclude(actor=request.user).select_related("actor")
    entries = list(others[:OPENINGS]) if sees_own_access_log(request.user) else []
    for entry in entries:
        entry.words = ACTIONS.get(entry.action, entry.action)
    return _person_page(request, request.user, with_hours=True, own=True, opened=entries, consent=reports.consent())


def _person_page(
    request: HttpRequest, person: User, *, with_hours: bool, since: date | None = None, **context: Any
) -> HttpResponse:
    """``since`` leaves out where she took part before that day, for who may not know."""
    people = User.objects.filter(pk=person.pk)
    form = PeriodForm(request.GET, people)
    context |= {"person": person, "form": form, "with_hours": with_hours, "seats": participation(person, since)}
    if with_hours:
        context["standings"] = standing(person, clock.today())
        if form.is_valid():
            wanted = form.wanted
            page = page_of(request, reports.hour_rows(people, wanted), OWN_ROWS)
            context |= {
                "wanted": wanted,
                "page": page,
                "rows": list(reports.read_rows(page.object_list)),
                "totals": reports.per_person(people, wanted).get(person.pk, reports.Totals()),
                "pillars": reports.pillar_lines(people, wanted),
            }
    return render(request, "portal_hr/person.html", context)

"""Registrations and hours of our own staff, for HR and for the manager of a team."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from academy.api.doors import SignedIn
from academy.api.errors import Refusal, forbidden, invalid
from academy.api.paging import page, part
from academy.api.shapes import Code, HoursOut, Listed, StaffRegistration
from academy.common import clock
from academy.people.domain.audit import record_many
from academy.people.enums import Role
from academy.people.models import Team, User
from academy.people.rules import has_role
from academy.portal import reports
from academy.portal.reports_registrations import STATUSES, chosen, registration_lines

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.people.querysets import UserQuerySet
    from academy.portal.reports import HoursLine
    from academy.portal.reports_registrations import RegistrationLine

router = Router(tags=["HR en leidinggevenden"], auth=SignedIn())


class AskedRegistrations(Schema):
    team: Code = ""
    status: Code = ""
    cursor: Annotated[str, Field(max_length=500)] = ""


class AskedHours(Schema):
    first: date | None = Field(None, alias="from")
    last: date | None = Field(None, alias="to")
    group_by: Literal["person", "team", "pillar"] = "person"
    cursor: Annotated[str, Field(max_length=500)] = ""


@router.get(
    "/hr/registrations",
    response=Listed[StaffRegistration],
    url_name="hr_registrations",
    summary="Hoe iedereen ervoor staat bij het register",
)
def registrations(request: HttpRequest, asked: Query[AskedRegistrations]) -> dict[str, Any]:
    """``team`` is the id of a team; whose registration it shows, can read that on her own page."""
    people = _overseen(request.auth)
    team = Team.objects.filter(public_id=asked.team).first() if asked.team else None
    if asked.team and team is None:
        raise invalid("team", _("dit team kennen we niet; gebruik het id van een team."))
    if asked.status and asked.status not in STATUSES:
        raise invalid("status", _("kies %(known)s.") % {"known": ", ".join(STATUSES)})
    lines = chosen(registration_lines(people, clock.today(), team=team), status=asked.status)
    answer = part(lines, cursor=asked.cursor, show=_registration)
    _note_seen(request, {item["person"] for item in answer["items"]})
    return answer


@router.get("/hr/hours", response=Listed[HoursOut], url_name="hr_hours", summary="Uren en punten over een periode")
def hours(request: HttpRequest, asked: Query[AskedHours]) -> dict[str, Any]:
    """From ``from`` to and including ``to``, this calendar year when they are left out."""
    people = _overseen(request.auth)
    year = clock.today().year
    wanted = reports.Wanted(first=asked.first or date(year, 1, 1), last=asked.last or date(year, 12, 31))
    if wanted.last < wanted.first:
        raise invalid("to", _("deze dag ligt voor het begin; kies een latere."))
    scope = reports.people_of(people, wanted)
    if asked.group_by != "person":
        lines = reports.team_lines(scope, wanted) if asked.group_by == "team" else reports.pillar_lines(scope, wanted)
        return part(lines, cursor=asked.cursor, show=_hours)
    answer = page(scope, by=("full_name", "pk"), cursor=asked.cursor, show=lambda person: person)
    shown = answer["items"]
    keys = User.objects.filter(pk__in=[person.pk for person in shown])
    names = reports.team_names([person.pk for person in shown], wanted.reference_day)
    lines = reports.person_lines(shown, reports.per_person(keys, wanted), names)
    _note_seen(request, {line.key for line in lines})
    return {"items": [_hours(line) for line in lines], "next": answer["next"]}


def _overseen(user: User) -> UserQuerySet:
    if not has_role(user, Role.HR, Role.TEAM_MANAGER):
        raise forbidden(_("Dit is voor HR en voor wie een team leidt."))
    if reports.consent() is None:
        raise Refusal(
            HTTPStatus.CONFLICT,
            "consent_missing",
            _("Dit gaat open als de instemming van de ondernemingsraad is vastgelegd."),
        )
    return reports.overseen_by(user)


def _note_seen(request: HttpRequest, people: set[str]) -> None:
    keys = User.objects.filter(public_id__in=people).values_list("pk", flat=True)
    record_many(action="hours.list", by=request.auth, subjects=set(keys), target=request.path)


def _registration(line: RegistrationLine) -> dict[str, Any]:
    names = ("person", "name", "function", "required", "chamber", "number", "due_on", "status", "at_risk")
    return {**{name: getattr(line, name) for name in names}, "team": line.teams, "shortfall": line.short}


def _hours(line: HoursLine) -> dict[str, Any]:
    return {
        "key": line.key or "",
        "name": line.label,
        "team": line.note,
        "minutes": line.totals.minutes,
        "activities": line.totals.activities,
        "points_expected": line.totals.expected,
        "points_granted": line.totals.granted,
    }

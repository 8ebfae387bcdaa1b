"""What the partnership manager's pages show: one partner with everything about it, the week, and the figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Value
from django.shortcuts import get_object_or_404

from academy.common import clock
from academy.partners import coverage, figures
from academy.partners.enums import AgreementKind, Moment, RequestState
from academy.partners.models import Agreement, Contact, InformationRequest, Outreach, TeamContact
from academy.partners.querysets import with_predecessors
from academy.people.models import Municipality, Organisation, Team

if TYPE_CHECKING:
    from academy.partners.coverage import Area, Cell
    from academy.partners.moments import Period
    from academy.people.models import Region

    Partner = Municipality | Organisation

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A local team with its moments, as cells and as the small stepper."""

    team: Team
    cells: tuple[Cell, ...]
    contact: TeamContact | None
    embedded: bool

    @property
    def steps(self) -> list[dict[str, str]]:
        return [{"title": cell.moment.label, "state": "done" if cell.persons else "later"} for cell in self.cells]


def find_partner(code: str) -> Partner:
    """A municipality by its CBS code or an organisation by its id; our own organisations are no partners."""
    place: Municipality | None = (
        Municipality.objects.select_related("region", "successor").filter(code=code.upper()).first()
    )
    if place is not None:
        return place
    partners = Organisation.objects.filter(is_own=False).select_related("successor")
    found: Organisation = get_object_or_404(partners, public_id=code)
    return found


def address_part(partner: Partner) -> str:
    """What stands in the address of its page."""
    return partner.code if isinstance(partner, Municipality) else partner.public_id


def present(partner: Partner) -> Partner:
    """What ``partner`` is part of now: itself, or the end of its mergers."""
    while partner.successor is not None:
        partner = partner.successor
    return partner


def teams_of(partner: Partner) -> Any:
    """The teams one can make agreements with."""
    if isinstance(partner, Municipality):
        return figures.local_teams(with_predecessors(partner)).select_related("organisation")
    return Team.objects.active().filter(organisation=partner).select_related("organisation")


def team_rows(partner: Partner, period: Period) -> list[TeamRow]:
    """Five queries, however many teams."""
    teams = list(teams_of(partner))
    counts = coverage.per_team(partner, period) if isinstance(partner, Municipality) else {}
    contacts = {one.team_id: one for one in TeamContact.objects.current().filter(team__in=teams)}
    agreed = Agreement.objects.current().filter(kind=AgreementKind.ONBOARDING, team__in=teams)
    embedded = set(agreed.values_list("team", flat=True))
    nothing = coverage.cells_of([])
    return [TeamRow(team, counts.get(team.pk, nothing), contacts.get(team.pk), team.pk in embedded) for team in teams]


def everything_about(partner: Partner, period: Period) -> dict[str, Any]:
    """The facts of the page of one partner."""
    outreach = Outreach.objects.of(partner).select_related("contact", "municipality", "organisation", "owner")
    facts: dict[str, Any] = {
        "rows": team_rows(partner, period),
        "moments": list(Moment),
        "contacts": Contact.objects.of(partner),
        "agreements": Agreement.objects.of(partner).current().select_related("team"),
        "open_steps": outreach.with_open_step(),
        "outreach": outreach[:MOST_SHOWN],
        "requests": InformationRequest.objects.of(partner)[:MOST_SHOWN],
        "today": clock.today(),
    }
    if isinstance(partner, Municipality):
        facts |= {"cells": coverage.total_of([partner.pk], period), "shares": team_shares(teams_of(partner), period)}
    return facts


def team_shares(teams: Any, period: Period) -> list[figures.Share]:
    return [
        figures.reach(teams),
        figures.starters(teams, period),
        figures.embedding(teams),
        figures.officers(teams),
    ]


def week() -> dict[str, Any]:
    """What has to be done now, what comes this week, and who waits for an answer."""
    steps = ("municipality", "organisation", "contact", "owner")
    return {
        "overdue": Outreach.objects.overdue().select_related(*steps),
        "this_week": Outreach.objects.due_this_week().select_related(*steps),
        "requests": InformationRequest.objects.waiting().select_related("municipality"),
        "to_round_off": InformationRequest.objects.to_round_off().select_related("municipality"),
        "today": clock.today(),
    }


def waiting_numbers() -> Counter[str]:
    """How much waits: ``overdue`` steps and ``new`` requests, in one query."""
    overdue = Outreach.objects.overdue().order_by().values_list(Value("overdue"))
    new = InformationRequest.objects.waiting().order_by().values_list(Value("new"))
    return Counter(word for (word,) in overdue.union(new, all=True))


def figures_of(areas: tuple[Area, ...], region: Region | None, period: Period) -> dict[str, Any]:
    """Shares over a region, or over all of them."""
    chosen = [area for area in areas if region is None or area.region == region]
    places = {line.municipality.pk for area in chosen for line in area.lines}
    teams = figures.local_teams(places)
    number, cells = len(places), coverage.total_of(places, period)
    merged = Municipality.objects.filter(successor__isnull=False).select_related("successor")
    former = {place.pk: present(place).pk for place in merged}
    requests = InformationRequest.objects.all()
    if region is not None:
        requests = requests.filter(municipality__region=region)
    per_moment = [sum(dict(area.reached)[moment] for area in chosen) for moment in Moment]
    return {
        "municipalities": [
            figures.Share(moment.label, part, number) for moment, part in zip(Moment, per_moment, strict=True)
        ],
        "teams": [figures.Share(cell.moment.label, cell.teams, len(teams)) for cell in cells],
        "shares": [*team_shares(teams, period), figures.active_offering(places, former), figures.second_ring()],
        "lead_time": figures.lead_time(requests, period.first, period.last),
    }


def requests_by_state(state: str) -> Any:
    """New ones first come, first served; others by when they came in, the newest first."""
    if state not in RequestState.values:
        state = RequestState.NEW
    rows = InformationRequest.objects.filter(state=state).select_related("municipality", "handled_by")
    return rows.order_by("received_at", "pk") if state == RequestState.NEW else rows

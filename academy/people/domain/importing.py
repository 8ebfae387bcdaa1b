"""Taking in a staff list: every row is checked before the first is written, and all are written or none.

The many rows go in bulk; what is checked is what :mod:`academy.people.domain.joining` checks for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.arriving import invite
from academy.people.domain.staff_list import StaffRow, parse_row
from academy.people.models import AuditEntry, JobFunction, Membership, Organisation, Team, User

if TYPE_CHECKING:
    from collections.abc import Iterable

BATCH = 500


@dataclass(frozen=True, slots=True)
class RowResult:
    """What happens (or would happen) with one row."""

    number: int
    good: bool
    message: str


@dataclass
class _Known:
    """What is there already, read once."""

    people: dict[str, User]
    organisations: dict[str, Organisation]
    teams: dict[tuple[int, str], Team]
    functions: dict[str, JobFunction]
    places: dict[tuple[str, int, int | None], list[Membership]] = field(default_factory=dict)


@dataclass
class _Plan:
    """A row that was found right, with what it refers to."""

    row: StaffRow
    organisation: Organisation
    team: Team | None
    job_function: JobFunction | None
    has_place: bool


def import_staff(*, rows: list[tuple[int, dict[str, str]]], by: User | None, dry_run: bool = False) -> list[RowResult]:
    """Make the accounts and places of a staff list; one result for every row, in order.

    One wrong row and nothing is written. A row whose account and place are there already changes nothing, so the same
    list may come again. New people are invited by mail to set a password.
    """
    with transaction.atomic():
        results, plans = _check(rows)
        if not dry_run and all(result.good for result in results):
            _write(plans, by)
    return results


def _check(rows: list[tuple[int, dict[str, str]]]) -> tuple[list[RowResult], list[_Plan]]:
    parsed: list[StaffRow | RowResult] = []
    for number, cells in rows:
        try:
            parsed.append(parse_row(number, cells))
        except DomainError as wrong:
            parsed.append(RowResult(number, good=False, message=wrong.message))
    good = [row for row in parsed if isinstance(row, StaffRow)]
    known = _read_known(good)
    in_file = {row.email: row.name for row in reversed(good)}
    seen: dict[tuple[str, str, str], int] = {}
    results: list[RowResult] = []
    plans: list[_Plan] = []
    for entry in parsed:
        if isinstance(entry, RowResult):
            results.append(entry)
            continue
        try:
            plan = _plan(entry, known, in_file, seen)
        except DomainError as wrong:
            results.append(RowResult(entry.number, good=False, message=f"{entry.email}: {wrong.message}"))
            continue
        plans.append(plan)
        results.append(RowResult(entry.number, good=True, message=_sentence(plan, known)))
    return results, plans


def _sentence(plan: _Plan, known: _Known) -> str:
    where = plan.team.name if plan.team else plan.organisation.name
    if plan.has_place:
        return f"{plan.row.email}: heeft al een plek bij {where}; blijft zoals het is."
    account = "bestaand account" if plan.row.email in known.people else "nieuw account"
    return f"{plan.row.email}: {account}, plek bij {where}."


def _plan(row: StaffRow, known: _Known, in_file: dict[str, str], seen: dict[tuple[str, str, str], int]) -> _Plan:
    """The row with what it refers to. Raises DomainError with the remedy."""
    key = (row.email, row.organisation.casefold(), row.team.casefold())
    if key in seen:
        raise DomainError("twice", f"staat ook in rij {seen[key]}; haal een van beide weg.")
    seen[key] = row.number
    if in_file[row.email] != row.name:
        raise DomainError("name", "heeft in een andere rij een andere naam; maak de namen gelijk.")
    organisation = known.organisations.get(row.organisation.casefold())
    if organisation is None:
        raise DomainError("organisation", f"organisatie ‘{row.organisation}’ is er niet; voeg die eerst toe.")
    team = known.teams.get((organisation.pk, row.team.casefold())) if row.team else None
    if row.team and team is None:
        raise DomainError("team", f"{organisation.name} heeft geen team ‘{row.team}’; voeg dat eerst toe.")
    for thing in (organisation, team):
        if thing is not None and thing.active_to is not None and thing.active_to <= row.starts_on:
            raise DomainError("ended", f"{thing.name} bestaat dan niet meer; noem de opvolger.")
    job_function = known.functions.get(row.job_function.casefold()) if row.job_function else None
    if row.job_function and job_function is None:
        raise DomainError("function", f"functie ‘{row.job_function}’ is er niet; kies een functie uit de lijst.")
    person = known.people.get(row.email)
    if person is not None and person.left_at is not None:
        raise DomainError("left", "is uit dienst gemeld; laat de rij weg of open eerst het account weer.")
    _check_manager(row, known, in_file)
    held = known.places.get((row.email, organisation.pk, team.pk if team else None), [])
    return _Plan(row, organisation, team, job_function, any(_overlaps(place, row) for place in held))


def _check_manager(row: StaffRow, known: _Known, in_file: dict[str, str]) -> None:
    if not row.manager:
        return
    if row.manager == row.email:
        raise DomainError("own_manager", "kan niet de eigen leidinggevende zijn; noem iemand anders.")
    manager = known.people.get(row.manager)
    if manager is None and row.manager not in in_file:
        raise DomainError(
            "manager", f"leidinggevende {row.manager} heeft geen account; zet die ook in de lijst of laat leeg."
        )
    if manager is not None and not manager.is_active:
        raise DomainError("manager", f"leidinggevende {row.manager} is uit dienst; noem iemand anders.")


def _overlaps(place: Membership, row: StaffRow) -> bool:
    begins = row.ends_on is None or place.starts_on < row.ends_on
    return begins and (place.ends_on is None or place.ends_on > row.starts_on)


def _read_known(rows: list[StaffRow]) -> _Known:
    addresses = sorted({row.email for row in rows} | {row.manager for row in rows if row.manager})
    people: dict[str, User] = {}
    places: dict[tuple[str, int, int | None], list[Membership]] = {}
    for batch in _batches(addresses):
        people |= {person.email: person for person in User.objects.filter(email__in=batch)}
        for place in Membership.objects.filter(person__email__in=batch).select_related("person"):
            places.setdefault((place.person.email, place.organisation_id, place.team_id), []).append(place)
    return _Known(
        people=people,
        organisations={thing.name.casefold(): thing for thing in Organisation.objects.all()},
        teams={(team.organisation_id, team.name.casefold()): team for team in Team.objects.all()},
        functions={function.name.casefold(): function for function in JobFunction.objects.all()},
        places=places,
    )


def _batches(things: list[str]) -> Iterable[list[str]]:
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))


def _write(plans: list[_Plan], by: User | None) -> None:
    moment = clock.now()
    people = _write_people([plan.row for plan in plans])
    places = [
        Membership(
            person=people[plan.row.email],
            organisation=plan.organisation,
            team=plan.team,
            job_function=plan.job_function,
            manager=people.get(plan.row.manager),
            weekly_hours=plan.row.weekly_hours,
            starts_on=plan.row.starts_on,
            ends_on=plan.row.ends_on,
        )
        for plan in plans
        if not plan.has_place
    ]
    Membership.objects.bulk_create(places, batch_size=BATCH)
    log = [
        AuditEntry(
            at=moment,
            actor=by,
            subject=place.person,
            action="person.import",
            target=place.organisation.public_id,
            data={"from": place.starts_on.isoformat()},
        )
        for place in places
    ]
    AuditEntry.objects.bulk_create(log, batch_size=BATCH)


def _write_people(rows: list[StaffRow]) -> dict[str, User]:
    """Everybody of the list and the managers it names, the missing ones made."""
    addresses = sorted({row.email for row in rows} | {row.manager for row in rows if row.manager})
    people: dict[str, User] = {}
    for batch in _batches(addresses):
        people |= {person.email: person for person in User.objects.select_for_update().filter(email__in=batch)}
    names = {row.email: row.name for row in rows if row.email not in people}
    new = [
        User(email=email, full_name=name, password=make_password(None), joined_at=clock.now())
        for email, name in names.items()
    ]
    User.objects.bulk_create(new, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=False, primary=True) for person in new],
        batch_size=BATCH,
    )
    invite(people=new)
    return people | {person.email: person for person in new}

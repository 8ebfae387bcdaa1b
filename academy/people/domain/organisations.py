"""Organisations and teams: made, renamed, ended, merged. Nothing is deleted."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.audit import record
from academy.people.domain.joining import end_membership
from academy.people.domain.roles import assign_role, end_role
from academy.people.enums import Ring
from academy.people.models import MailDomain, Membership, Organisation, RoleAssignment, Team

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from academy.people.enums import OrganisationKind, TeamKind
    from academy.people.models import Municipality, User

DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}")
FOR_EVERYBODY = frozenset(
    [
        "gmail.com",
        "hotmail.com",
        "hotmail.nl",
        "outlook.com",
        "outlook.nl",
        "live.nl",
        "live.com",
        "icloud.com",
        "yahoo.com",
        "ziggo.nl",
        "kpnmail.nl",
        "planet.nl",
        "home.nl",
        "xs4all.nl",
        "proton.me",
        "protonmail.com",
    ]
)


@transaction.atomic
def create_organisation(
    *,
    name: str,
    kind: OrganisationKind | str,
    by: User | None,
    ring: Ring | str = Ring.OTHER,
    is_own: bool = False,
    municipality: Municipality | None = None,
) -> Organisation:
    """A new employer or partner. Raises DomainError for a name that is in use."""
    organisation = Organisation(
        name=name.strip(), kind=kind, ring=Ring.OWN if is_own else ring, is_own=is_own, municipality=municipality
    )
    _save_clean(organisation)
    record(action="organisation.change", by=by, target=organisation.public_id, data={"what": "create"})
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: User | None, **values: Any) -> Organisation:
    """Rename or change it; what stays the same is not written. Raises DomainError for a name that is in use."""
    changed = _change(organisation, values, allowed={"name", "kind", "ring", "municipality"})
    if changed:
        record(action="organisation.change", by=by, target=organisation.public_id, data=changed)
    return organisation


@transaction.atomic
def add_mail_domain(*, organisation: Organisation, domain: str, by: User | None) -> MailDomain:
    """Record, as checked today, that this mail domain is the organisation's. Checked again it gets today's date.

    Raises DomainError for what is no domain, one that anybody can have an address at, and one of somebody else.
    """
    domain = domain.strip().lower().removeprefix("@")
    if not DOMAIN.fullmatch(domain):
        raise DomainError("domain", "Schrijf alleen wat achter de @ staat, zoals wijkteam.nl.", field="domain")
    if domain in FOR_EVERYBODY:
        raise DomainError("domain", f"Bij {domain} kan iedereen een adres krijgen; nodig mensen uit.", field="domain")
    known: MailDomain | None = MailDomain.objects.filter(domain=domain).first()
    if known is not None and known.organisation_id != organisation.pk:
        raise DomainError("domain", f"{domain} hoort al bij {known.organisation}.", field="domain")
    found = known or MailDomain(organisation=organisation, domain=domain)
    if found.verified_on != clock.today():
        found.verified_on = clock.today()
        _save_clean(found)
        record(
            action="organisation.change",
            by=by,
            target=organisation.public_id,
            data={"what": "domain", "domain": domain},
        )
    return found


@transaction.atomic
def end_organisation(*, organisation: Organisation, on: date, by: User | None) -> Organisation:
    """It exists no more from the day ``on``: its teams, places and roles end too. Ended before: nothing changes."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.active_to is not None:
        return organisation
    _check_day(organisation, on)
    for team in organisation.teams.filter(active_to__isnull=True):
        end_team(team=team, on=max(on, team.active_from), by=by)
    _end_places(Membership.objects.filter(organisation=organisation), on, by)
    _end_roles({"organisation": organisation}, on, by)
    organisation.active_to = on
    _save_clean(organisation)
    record(action="organisation.change", by=by, target=organisation.public_id, data={"what": "end", "on": str(on)})
    return organisation


@transaction.atomic
def merge_organisation(*, organisation: Organisation, into: Organisation, on: date, by: User | None) -> Organisation:
    """``organisation`` is part of ``into`` from the day ``on``: teams, places and roles go on there.

    The old rows stay, with an end date and a successor. The same call again changes nothing. Raises DomainError for a
    day to come and for a successor that has ended or is not another one.
    """
    organisation, into = _lock(Organisation, organisation, into)
    if organisation.successor_id == into.pk:
        return organisation
    _check_merge(organisation, into, on)
    for team in organisation.teams.filter(active_to__isnull=True):
        target = into.teams.filter(name=team.name, active_to__isnull=True).first() or create_team(
            organisation=into,
            name=team.name,
            kind=team.kind,
            by=by,
            local_name=team.local_name,
            municipalities=team.municipalities.all(),
            active_from=on,
        )
        merge_team(team=team, into=target, on=max(on, team.active_from), by=by)
    _move_places(Membership.objects.filter(organisation=organisation), into, None, on, by)
    _move_roles("organisation", organisation, into, on, by)
    _close(organisation, into, on)
    record(
        action="organisation.change",
        by=by,
        target=organisation.public_id,
        data={"what": "merge", "into": into.public_id},
    )
    return organisation


@transaction.atomic
def create_team(
    *,
    organisation: Organisation,
    name: str,
    kind: TeamKind | str,
    by: User | None,
    local_name: str = "",
    municipalities: Iterable[Municipality] = (),
    active_from: date | None = None,
) -> Team:
    """A new team. Raises DomainError when the organisation has ended or has a team of that name already."""
    if organisation.active_to is not None:
        raise DomainError("ended", f"{organisation.name} bestaat niet meer; kies de opvolger.", field="organisation")
    team = Team(organisation=organisation, name=name.strip(), kind=kind, local_name=local_name.strip())
    if active_from is not None:
        team.active_from = active_from
    _save_clean(team)
    team.municipalities.set(municipalities)
    record(action="team.change", by=by, target=team.public_id, data={"what": "create"})
    return team


@transaction.atomic
def change_team(
    *, team: Team, by: User | None, municipalities: Iterable[Municipality] | None = None, **values: Any
) -> Team:
    """Rename or change a team; what stays the same is not written. Raises DomainError for a name that is in use."""
    allowed = {"name", "kind", "local_name", "headcount", "headcount_on"}
    changed = _change(team, values, allowed=allowed)
    if municipalities is not None:
        wanted = {place.pk for place in municipalities}
        if wanted != set(team.municipalities.values_list("pk", flat=True)):
            team.municipalities.set(wanted)
            changed["municipalities"] = sorted(wanted)
    if changed:
        record(action="team.change", by=by, target=team.public_id, data=changed)
    return team


@transaction.atomic
def end_team(*, team: Team, on: date, by: User | None) -> Team:
    """The team exists no more from the day ``on``: its places and roles end too. Ended before: nothing changes."""
    team = Team.objects.select_for_update().get(pk=team.pk)
    if team.active_to is not None:
        return team
    _check_day(team, on)
    _end_places(Membership.objects.filter(team=team), on, by)
    _end_roles({"team": team}, on, by)
    team.active_to = on
    _save_clean(team)
    record(action="team.change", by=by, target=team.public_id, data={"what": "end", "on": str(on)})
    return team


@transaction.atomic
def merge_team(*, team: Team, into: Team, on: date, by: User | None) -> Team:
    """``team`` is part of ``into`` from the day ``on``; its places and roles go on there.

    Otherwise as :func:`merge_organisation`.
    """
    team, into = _lock(Team, team, into)
    if team.successor_id == into.pk:
        return team
    _check_merge(team, into, on)
    _move_places(Membership.objects.filter(team=team), into.organisation, into, on, by)
    _move_roles("team", team, into, on, by)
    into.municipalities.add(*team.municipalities.all())
    _close(team, into, on)
    record(action="team.change", by=by, target=team.public_id, data={"what": "merge", "into": into.public_id})
    return team


def _change(thing: Any, values: dict[str, Any], *, allowed: set[str]) -> dict[str, Any]:
    """Set and save the fields that differ; what they were, for the log."""
    if unknown := set(values) - allowed:
        raise ValueError(f"Not to be changed here: {', '.join(sorted(unknown))}")
    was = {name: getattr(thing, name) for name, value in values.items() if getattr(thing, name) != value}
    for name in was:
        setattr(thing, name, values[name])
    if was:
        _save_clean(thing)
    return {name: str(value) for name, value in was.items()}


def _save_clean(thing: Any) -> None:
    try:
        thing.full_clean()
    except ValidationError as wrong:
        field = next(iter(wrong.message_dict))
        raise DomainError("invalid", wrong.messages[0], field=field if field != "__all__" else None) from wrong
    thing.save()


def _lock(model: Any, one: Any, other: Any) -> tuple[Any, Any]:
    """Both rows, locked in one fixed order."""
    rows = {row.pk: row for row in model.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk")}
    return rows[one.pk], rows[other.pk]


def _check_day(thing: Any, on: date) -> None:
    if on > clock.today():
        raise DomainError("future", "Leg dit vast op de dag dat het ingaat, niet eerder.", field="on")
    if on <= thing.active_from:
        raise DomainError("dates", "De einddatum ligt niet na de begindatum; pas de dag aan.", field="on")


def _check_merge(thing: Any, into: Any, on: date) -> None:
    if thing.pk == into.pk:
        raise DomainError("same", "Kies een andere opvolger dan dit zelf.", field="into")
    if thing.active_to is not None:
        raise DomainError("ended", f"{thing.name} is al eerder geëindigd; daar valt niets meer samen te voegen.")
    if into.active_to is not None:
        raise DomainError("ended", f"{into.name} bestaat niet meer; kies wat nu bestaat.", field="into")
    _check_day(thing, on)


def _close(thing: Any, into: Any, on: date) -> None:
    thing.active_to, thing.successor = on, into
    _save_clean(thing)


def _end_places(places: Any, on: date, by: User | None) -> None:
    for membership in _going_on(places, on):
        end_membership(membership=membership, on=max(on, membership.starts_on), by=by)


def _going_on(places: Any, on: date) -> list[Membership]:
    found: list[Membership] = list(
        places.overlapping(on, None).select_related("person", "organisation", "team").order_by("pk")
    )
    return found


def _move_places(places: Any, organisation: Organisation, team: Team | None, on: date, by: User | None) -> None:
    """End each place and have it go on in the successor, with function, manager, hours and confirmation."""
    for old in _going_on(places, on):
        day, ends_on = max(on, old.starts_on), old.ends_on
        Membership.objects.filter(pk=old.pk).update(ends_on=day)
        there = Membership.objects.filter(person=old.person, organisation=organisation, team=team)
        if not there.overlapping(day, ends_on).exists():
            Membership.objects.create(
                person=old.person,
                organisation=organisation,
                team=team,
                job_function_id=old.job_function_id,
                manager_id=old.manager_id,
                engagement=old.engagement,
                weekly_hours=old.weekly_hours,
                starts_on=day,
                ends_on=ends_on,
                approved_at=old.approved_at,
                approved_by_id=old.approved_by_id,
            )
        record(
            action="membership.add", by=by, subject=old.person, target=organisation.public_id, data={"from": str(day)}
        )


def _move_roles(scope: str, thing: Any, into: Any, on: date, by: User | None) -> None:
    for held in RoleAssignment.objects.current().filter(**{scope: thing}).select_related("person"):
        assign_role(person=held.person, role=held.role, by=by, ends_at=held.ends_at, **{scope: into})
    _end_roles({scope: thing}, on, by)


def _end_roles(scope: dict[str, Any], on: date, by: User | None) -> None:
    moment = max(clock.amsterdam(on, time(0)), clock.now())
    for assignment in RoleAssignment.objects.current(moment).filter(**scope):
        end_role(assignment=assignment, by=by, at=moment)

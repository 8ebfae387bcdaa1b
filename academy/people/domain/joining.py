"""Coming in: making an account, getting a place in an organisation, and giving it up again."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.arriving import invite
from academy.people.domain.audit import record
from academy.people.domain.roles import end_role
from academy.people.enums import Engagement, Role
from academy.people.models import MailDomain, Membership, RoleAssignment, User

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from academy.people.models import JobFunction, Organisation, Team

# A mail domain that nobody looked at for a year may have a new owner.
DOMAIN_HOLDS = timedelta(days=366)


@transaction.atomic
def create_person(*, email: str, full_name: str, by: User | None, confirmed: bool = False) -> User:
    """An account without a password: the person sets one through "wachtwoord vergeten", which proves the address.

    ``confirmed`` says that somebody checked the address already; otherwise the person is invited by mail. Raises
    DomainError for an address that is wrong or in use, and for an empty name.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise DomainError(
            "email", "Dit is geen e-mailadres; schrijf het als naam@organisatie.nl.", field="email"
        ) from wrong
    if not full_name.strip():
        raise DomainError("name", "Vul de naam in.", field="full_name")
    if User.objects.filter(email=address).exists() or EmailAddress.objects.filter(email=address).exists():
        raise DomainError(
            "email_taken", "Er is al een account met dit e-mailadres; zoek die persoon op.", field="email"
        )
    person = User.objects.create_user(address, full_name=full_name.strip(), joined_at=clock.now())
    EmailAddress.objects.create(user=person, email=address, verified=confirmed, primary=True)
    record(action="person.create", by=by, subject=person)
    if not confirmed:
        invite(people=[person])
    return person


def propose_organisation(*, email: str) -> Organisation | None:
    """The organisation whose mail domain this address has, if somebody looked at that domain in the last year."""
    _name, _at, domain = email.strip().lower().rpartition("@")
    known = MailDomain.objects.filter(domain=domain, verified_on__gte=clock.today() - DOMAIN_HOLDS)
    found = known.select_related("organisation").first()
    organisation: Organisation | None = found.organisation if found else None
    return organisation if organisation and organisation.active_to is None else None


@transaction.atomic
def add_membership(
    *,
    person: User,
    organisation: Organisation,
    by: User | None,
    team: Team | None = None,
    job_function: JobFunction | None = None,
    manager: User | None = None,
    engagement: Engagement | str = Engagement.PERMANENT,
    weekly_hours: Decimal | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """Give ``person`` a place in an organisation, in a team if given, from ``starts_on`` (today).

    A place in one of our own organisations needs no confirmation; any other one waits for
    :func:`academy.people.domain.confirming.approve_membership`.
    Raises DomainError when the person has this place in (part of) this period already, has left, would be her own
    manager, or when organisation or team do not exist then.
    """
    User.objects.select_for_update().get(pk=person.pk)
    starts_on = starts_on or clock.today()
    _check_place(organisation, team, starts_on)
    if person.left_at is not None:
        raise DomainError("left", f"{person.full_name} is uit dienst gemeld; open eerst het account weer.")
    membership = Membership(
        person=person,
        organisation=organisation,
        team=team,
        job_function=job_function,
        engagement=engagement,
        weekly_hours=weekly_hours,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _set_manager(membership, manager)
    _check_overlap(membership)
    _save_clean(membership)
    record(action="membership.add", by=by, subject=person, target=organisation.public_id, data={"from": str(starts_on)})
    return membership


@transaction.atomic
def change_manager(*, membership: Membership, manager: User | None, by: User | None) -> Membership:
    """Name another manager (or none). The same one again changes nothing."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("person").get(pk=membership.pk)
    if membership.manager_id == (manager.pk if manager else None):
        return membership
    if membership.ends_on is not None and membership.ends_on <= clock.today():
        raise DomainError("ended", "Deze plek is al geëindigd; de leidinggevende blijft zoals die was.")
    _set_manager(membership, manager)
    membership.save(update_fields=["manager"])
    record(action="membership.manager", by=by, subject=membership.person, target=manager.public_id if manager else "")
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User | None, on: date | None = None) -> Membership:
    """End a place: ``on`` (today) is the first day that it no longer holds. The account and the portfolio stay.

    Roles in that team or organisation end with it, unless another place there goes on. Ended on or before that day:
    nothing changes.
    """
    membership = Membership.objects.select_for_update(of=("self",)).select_related("person").get(pk=membership.pk)
    on = on or clock.today()
    if membership.ends_on is not None and membership.ends_on <= on:
        return membership
    if on < membership.starts_on:
        raise DomainError("dates", "De einddatum ligt voor de begindatum; pas een van beide aan.", field="on")
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
    record(action="membership.end", by=by, subject=membership.person, target=str(membership.pk), data={"on": str(on)})
    _end_scoped_roles(membership, on, by)
    return membership


def _end_scoped_roles(membership: Membership, on: date, by: User | None) -> None:
    """End the roles that came with this place, at the start of the day ``on`` or now, whichever is later."""
    person = membership.person
    rest = Membership.objects.filter(person=person).current(on)
    moment = max(clock.amsterdam(on, time(0)), clock.now())
    roles = RoleAssignment.objects.current(moment).filter(person=person)
    if not rest.filter(organisation=membership.organisation_id).exists():
        for assignment in roles.filter(organisation=membership.organisation_id):
            end_role(assignment=assignment, by=by, at=moment)
    if membership.team_id and not rest.filter(team=membership.team_id).exists():
        for assignment in roles.filter(team=membership.team_id, role=Role.TEAM_MANAGER):
            end_role(assignment=assignment, by=by, at=moment)


def _check_place(organisation: Organisation, team: Team | None, starts_on: date) -> None:
    if team is not None and team.organisation_id != organisation.pk:
        raise DomainError("team", f"{team.name} hoort niet bij {organisation.name}; kies een ander team.", field="team")
    for thing, field in ((organisation, "organisation"), (team, "team")):
        if thing is not None and thing.active_to is not None and thing.active_to <= starts_on:
            raise DomainError("ended", f"{thing.name} bestaat dan niet meer; kies de opvolger.", field=field)


def _set_manager(membership: Membership, manager: User | None) -> None:
    if manager is not None and manager.pk == membership.person_id:
        raise DomainError("own_manager", "Iemand kan niet de eigen leidinggevende zijn.", field="manager")
    if manager is not None and not manager.is_active:
        raise DomainError(
            "manager", f"{manager.full_name} heeft geen actief account; kies iemand anders.", field="manager"
        )
    membership.manager = manager


def _check_overlap(membership: Membership) -> None:
    same = Membership.objects.filter(
        person=membership.person, organisation=membership.organisation, team=membership.team
    ).overlapping(membership.starts_on, membership.ends_on)
    if same.exists():
        raise DomainError(
            "twice", "Deze persoon heeft hier in die periode al een plek; pas die aan.", field="starts_on"
        )


def _save_clean(membership: Membership) -> None:
    try:
        membership.full_clean(exclude=["person", "organisation", "team", "manager"])
    except ValidationError as wrong:
        field = next(iter(wrong.message_dict))
        raise DomainError("invalid", wrong.messages[0], field=field if field != "__all__" else None) from wrong
    membership.save()

"""Things to test with. Small on purpose: what a test does not name gets a plain value."""

from __future__ import annotations

from itertools import count

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from academy.people.domain.roles import assign_role
from academy.people.enums import SCOPE_OF, OrganisationKind, TeamKind
from academy.people.models import Membership, Municipality, Organisation, Region, Team, User

_number = count(1)
PASSWORD = "een-wachtwoord-van-jan"


def make_person(**values) -> User:
    """A person with an account and a confirmed address."""
    number = next(_number)
    values.setdefault("full_name", f"Persoon {number}")
    email = values.pop("email", f"persoon{number}@voorbeeld.example")
    confirmed = values.pop("confirmed", True)
    person = User.objects.create_user(email, values.pop("password", PASSWORD), **values)
    EmailAddress.objects.create(user=person, email=person.email, verified=confirmed, primary=True)
    return person


def make_region(**values) -> Region:
    number = next(_number)
    return Region.objects.create(**{"name": f"Regio {number}", "slug": f"regio-{number}", **values})


def make_municipality(**values) -> Municipality:
    number = next(_number)
    values.setdefault("region", None)
    values["region"] = values["region"] or make_region()
    return Municipality.objects.create(
        **{"code": f"X{number:05}", "name": f"Gemeente {number}", "slug": f"gemeente-{number}", **values}
    )


def make_organisation(**values) -> Organisation:
    number = next(_number)
    return Organisation.objects.create(
        **{"name": f"Organisatie {number}", "kind": OrganisationKind.LOCAL_TEAM_PROVIDER, **values}
    )


def make_team(**values) -> Team:
    number = next(_number)
    values.setdefault("organisation", None)
    values["organisation"] = values["organisation"] or make_organisation()
    return Team.objects.create(**{"name": f"Team {number}", "kind": TeamKind.LOCAL, **values})


def make_membership(person=None, **values) -> Membership:
    if "team" in values:
        values.setdefault("organisation", values["team"].organisation)
    if "organisation" not in values:
        values["organisation"] = make_organisation()
    return Membership.objects.create(person=person or make_person(), **values)


def make_with_role(role, **scope) -> User:
    """A person with one role, in the scope that is given or, where the role needs one, in one of her own."""
    makers = {"organisation": make_organisation, "team": make_team, "municipality": make_municipality}
    needed = SCOPE_OF.get(role)
    if needed and not scope:
        scope = {needed: makers[needed]()}
    person = make_person()
    assign_role(person=person, role=role, by=None, **scope)
    return User.objects.get(pk=person.pk)


def log_in(client, person) -> None:
    """Log ``person`` in as after a password and a code, so that only her role decides."""
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, "password", email=person.email)
    record_authentication(request, person, "mfa", type="totp")
    request.session.save()

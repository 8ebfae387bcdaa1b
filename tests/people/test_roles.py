from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from wagtail.models import Page

from academy.common import clock
from academy.common.errors import DomainError
from academy.people import rules
from academy.people.domain.roles import assign_role, end_role
from academy.people.enums import Role
from academy.people.models import AuditEntry, RoleAssignment, User
from tests.factories import make_municipality, make_organisation, make_person, make_team, make_with_role

pytestmark = pytest.mark.django_db


def fresh(person):
    """The person as the next request sees her."""
    return User.objects.get(pk=person.pk)


def test_assign_role_twice_is_one_role():
    person = make_person()
    first = assign_role(person=person, role=Role.HR, by=None)
    assert assign_role(person=person, role=Role.HR, by=None) == first
    assert RoleAssignment.objects.count() == 1
    assert AuditEntry.objects.filter(action="role.assign", subject=person).count() == 1


def test_end_role_works_on_the_next_request():
    person = make_with_role(Role.EDITOR)
    assert rules.has_role(person, Role.EDITOR)
    assert list(person.groups.values_list("name", flat=True)) == ["Redactie"]
    end_role(assignment=person.role_assignments.get(), by=None)
    assert not rules.has_role(fresh(person), Role.EDITOR)
    assert not person.groups.exists()


def test_role_in_a_scope_does_not_reach_another():
    here, there = make_organisation(), make_organisation()
    person = make_with_role(Role.COORDINATOR, organisation=here)
    assert rules.coordinates(person, here)
    assert not rules.coordinates(person, there)


@pytest.mark.parametrize(
    ("role", "scope", "field"),
    [
        (Role.COORDINATOR, {}, "organisation"),
        (Role.TEAM_MANAGER, {}, "team"),
        (Role.MUNICIPALITY, {}, "municipality"),
        (Role.COORDINATOR, {"team": make_team}, "organisation"),
        (Role.HR, {"team": make_team}, "team"),
        (Role.OFFICE, {"municipality": make_municipality}, "municipality"),
        (Role.HR, {"section": Page.get_first_root_node}, "section"),
    ],
)
def test_role_without_its_scope_or_with_a_useless_one_is_refused(role, scope, field):
    person = make_person()
    with pytest.raises(DomainError) as refusal:
        assign_role(person=person, role=role, by=None, **{name: make() for name, make in scope.items()})
    assert refusal.value.field == field
    assert not RoleAssignment.objects.exists()


SCOPES = {
    "organisation": make_organisation,
    "team": make_team,
    "municipality": make_municipality,
    "section": Page.get_first_root_node,
}
FITTING = {Role.COORDINATOR: {"organisation"}, Role.TEAM_MANAGER: {"team"}, Role.MUNICIPALITY: {"municipality"}}
IN_THE_CMS = {Role.EDITOR, Role.TRAINER, Role.ADMIN}


@pytest.mark.parametrize("role", Role)
def test_the_database_knows_which_scope_fits_which_role(role):
    """Whatever writes a row past the domain: none but the fitting scope gets in."""
    person = make_person()
    for scope in [None, *SCOPES]:
        fits = scope in FITTING.get(role, {None}) or (scope == "section" and role in IN_THE_CMS)
        values = {scope: SCOPES[scope]()} if scope else {}
        with suppress(IntegrityError), transaction.atomic():
            RoleAssignment.objects.create(person=person, role=role, starts_at=clock.now(), **values)
        assert RoleAssignment.objects.filter(person=person).count() == fits, scope
        RoleAssignment.objects.all().delete()


def test_the_refusal_of_the_database_is_a_sentence():
    row = RoleAssignment(person=make_person(), role=Role.COORDINATOR, starts_at=clock.now())
    with pytest.raises(ValidationError, match="kies waarvoor zij geldt"):
        row.full_clean(exclude=["assigned_by"])

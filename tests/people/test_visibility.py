from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from academy.common import clock
from academy.people import rules
from academy.people.domain.roles import assign_role, end_role
from academy.people.enums import Role
from academy.people.models import Membership, Organisation, RoleAssignment, Team, User
from tests.factories import (
    make_membership,
    make_municipality,
    make_organisation,
    make_person,
    make_team,
    make_with_role,
)

pytestmark = pytest.mark.django_db
SCOPED = {Role.COORDINATOR: "organisation"}


def people():
    return User.objects.get_queryset()


@pytest.fixture
def world():
    own, partner, other = make_organisation(is_own=True), make_organisation(), make_organisation()
    found = {
        "staff": make_membership(organisation=own).person,
        "there": make_membership(organisation=partner).person,
        "elsewhere": make_membership(organisation=other).person,
        "former": make_membership(
            organisation=partner, starts_on=clock.today() - timedelta(days=9), ends_on=clock.today()
        ).person,
        "left": make_person(is_active=False),
    }
    return found, partner


def seen(user, found, method="visible_to"):
    rows = set(getattr(people(), method)(user))
    return {name for name, person in found.items() if person in rows}


EVERYBODY = {"staff", "there", "elsewhere", "former", "left"}
ACTIVE = EVERYBODY - {"left"}
# person.profile_minimal of data/permissions.csv, for somebody outside our own organisation with only that role.
MINIMAL = {
    Role.TRAINER: ACTIVE,
    Role.FACILITATOR: ACTIVE,
    Role.HOST: ACTIVE,
    Role.EXPERT: ACTIVE,
    Role.EDITOR: ACTIVE,
    Role.TEAM_MANAGER: ACTIVE,
    Role.COORDINATOR: {"there"},
    Role.OFFICE: EVERYBODY,
    Role.HR: EVERYBODY,
    Role.PARTNERSHIP: set(),
    Role.MUNICIPALITY: set(),
    Role.PRIVACY: EVERYBODY,
    Role.ADMIN: EVERYBODY,
    Role.AUDITOR: set(),
}


@pytest.mark.parametrize("role", Role)
def test_who_sees_whom(role, world):
    found, partner = world
    scope = {"organisation": partner} if role == Role.COORDINATOR else {}
    user = make_with_role(role, **scope)
    assert seen(user, found) == MINIMAL[role]
    whole = EVERYBODY if role in {Role.OFFICE, Role.HR, Role.ADMIN} else set()
    assert seen(user, found, "fully_visible_to") == whole
    assert user in people().fully_visible_to(user)


def test_staff_sees_colleagues_and_others_only_themselves(world):
    found, _partner = world
    assert seen(found["staff"], found) == ACTIVE
    assert seen(found["there"], found) == {"there"}
    for nobody in (AnonymousUser(), found["left"]):
        assert not people().visible_to(nobody)
        assert not people().fully_visible_to(nobody)


def test_sight_ends_with_the_role():
    user = make_with_role(Role.HR)
    assert people().visible_to(user).count() == 1
    make_person()
    end_role(assignment=user.role_assignments.get(), by=None)
    assert list(people().visible_to(User.objects.get(pk=user.pk))) == [user]


def test_predicates():
    organisation, team = make_organisation(), make_team()
    coordinator = make_with_role(Role.COORDINATOR, organisation=organisation)
    assert rules.coordinated_organisations(coordinator) == [organisation.pk]
    assert rules.can_approve(coordinator, organisation)
    assert not rules.can_approve(coordinator, make_organisation())
    assert not rules.can_approve_anywhere(coordinator)
    assert rules.can_approve(make_with_role(Role.HR), organisation)
    assert rules.manages(make_with_role(Role.TEAM_MANAGER, team=team), team)
    assert not rules.manages(make_with_role(Role.TEAM_MANAGER, team=team), make_team())
    for rule, role in {
        rules.can_assign_roles: Role.ADMIN,
        rules.can_report_leaver: Role.HR,
        rules.can_reset_second_factor: Role.OFFICE,
        rules.can_change_organisations: Role.OFFICE,
        rules.needs_second_factor: Role.EXPERT,
        rules.sees_everybody: Role.PRIVACY,
    }.items():
        assert rule(make_with_role(role))
        assert not rule(make_with_role(Role.MUNICIPALITY, municipality=make_municipality()))
        assert not rule(AnonymousUser())


def test_places_and_managers():
    manager = make_person()
    own = make_membership(organisation=make_organisation(is_own=True), manager=manager)
    partner = make_membership()
    assert rules.is_internal(own.person)
    assert rules.is_approved(own.person)
    assert not rules.is_internal(partner.person)
    assert not rules.is_approved(partner.person)
    Membership.objects.filter(pk=partner.pk).update(approved_at=clock.now())
    assert rules.is_approved(User.objects.get(pk=partner.person_id))
    assert rules.is_manager_of(manager, own.person)
    assert not rules.is_manager_of(manager, partner.person)
    assert not rules.is_manager_of(AnonymousUser(), own.person)
    assert not rules.is_internal(AnonymousUser())
    assert list(people().internal()) == [own.person]
    assert list(people().in_team_of(manager)) == [own.person]


def test_search_and_dates():
    anna = make_person(full_name="Anna Bakker", email="ab@voorbeeld.example")
    make_person(full_name="Anna Visser")
    assert list(people().search("anna AB@")) == [anna]
    assert people().search("").active().count() == 2
    later = clock.now() + timedelta(days=2)
    role = assign_role(person=anna, role=Role.HR, by=None, starts_at=later)
    assert not people().with_role(Role.HR)
    assert list(RoleAssignment.objects.not_ended()) == [role]
    assert list(RoleAssignment.objects.current(later)) == [role]
    end_role(assignment=role, by=None)
    assert not RoleAssignment.objects.not_ended()
    make_organisation(active_to=clock.today())
    assert not Organisation.objects.active()
    assert Organisation.objects.active(clock.today() - timedelta(days=1)).count() == 1
    make_team()
    assert Team.objects.active().count() == 1

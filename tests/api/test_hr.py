"""What HR and a manager read by API, and when it is closed."""

import pytest

from academy.api import paging
from academy.common import clock
from academy.people.enums import Role
from academy.people.models import AuditEntry
from certificates.domain.recognition import recognise
from tests import factories
from tests.credits.factories import registered, trained
from tests.people.factories import make_consent

pytestmark = pytest.mark.django_db
CALLS = ("/hr/registrations", "/hr/hours", "/hr/hours?group_by=team", "/hr/hours?group_by=pillar")


@pytest.fixture
def staff():
    """Somebody of our own with points, in a team with a manager."""

    class Staff:
        team = factories.make_team(organisation=factories.make_organisation(is_own=True))
        manager = factories.make_person()
        person = factories.make_person(full_name="Noor Berg")

    factories.make_membership(Staff.person, team=Staff.team, manager=Staff.manager)
    factories.assign_role(person=Staff.manager, role=Role.TEAM_MANAGER, by=None, team=Staff.team)
    registered(Staff.person, number="123456789")
    achievement = trained(Staff.person)
    recognise(achievement=achievement, by=None)
    Staff.period = f"from={achievement.completed_on}&to={clock.today()}"
    Staff.minutes = achievement.minutes
    return Staff


def test_closed_until_the_works_council_agreed(caller, staff):
    hr = caller(factories.make_with_role(Role.HR))
    for path in CALLS:
        status, answer = hr.get(path)
        assert (status, answer["code"]) == (409, "consent_missing"), path


def test_hr_sees_registrations_and_hours_and_is_written_down(caller, staff):
    make_consent()
    hr = caller(factories.make_with_role(Role.HR))
    (line,) = hr.get("/hr/registrations")[1]["items"]
    assert (line["person"], line["number"], line["required"]) == (staff.person.public_id, "123456789", False)
    (line,) = hr.get(f"/hr/hours?{staff.period}")[1]["items"]
    assert (line["key"], line["minutes"], line["points_expected"]) == (staff.person.public_id, staff.minutes, "6.00")
    assert AuditEntry.objects.filter(action="hours.list", actor=hr.person, subject=staff.person).count() == 2
    (line,) = hr.get(f"/hr/hours?group_by=team&{staff.period}")[1]["items"]
    assert (line["key"], line["minutes"]) == (staff.team.public_id, staff.minutes)
    pillars = hr.get(f"/hr/hours?group_by=pillar&{staff.period}")[1]["items"]
    assert sum(line["minutes"] for line in pillars) == staff.minutes


def test_manager_sees_the_own_team_and_others_nothing(caller, staff):
    make_consent()
    manager = caller(staff.manager)
    assert [line["key"] for line in manager.get("/hr/hours")[1]["items"]] == [staff.person.public_id]
    other = caller(factories.make_with_role(Role.TEAM_MANAGER, team=factories.make_team()))
    assert other.get("/hr/hours")[1]["items"] == []
    assert other.get("/hr/registrations")[1]["items"] == []
    for role in (Role.OFFICE, Role.ADMIN, Role.TRAINER):
        assert caller(factories.make_with_role(role)).get("/hr/hours")[0] == 403
    assert caller(staff.person).get("/hr/registrations")[0] == 403


def test_filters_that_make_no_sense_say_so(caller, staff):
    make_consent()
    hr = caller(factories.make_with_role(Role.HR))
    assert len(hr.get(f"/hr/registrations?team={staff.team.public_id}")[1]["items"]) == 1
    assert hr.get("/hr/registrations?status=met")[1]["items"] == []
    for path in (
        "/hr/registrations?team=geen",
        "/hr/registrations?status=geen",
        "/hr/hours?from=gisteren",
        "/hr/hours?from=2026-02-01&to=2026-01-01",
        "/hr/hours?group_by=kleur",
    ):
        status, answer = hr.get(path)
        assert (status, answer["code"]) == (422, "invalid"), path
    assert hr.get("/hr/hours?from=9999-12-31&to=9999-12-31")[0] == 200


def test_list_of_lines_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(paging, "SIZE", 2)
    first = paging.part([1, 2, 3], cursor=None, show=str)
    assert first["items"] == ["1", "2"]
    assert paging.part([1, 2, 3], cursor=first["next"], show=str) == {"items": ["3"], "next": None}

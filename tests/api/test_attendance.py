"""Attendance with versions, and closing, by API."""

from datetime import timedelta

import pytest

from academy.common import clock
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Attendance, Lead, Session
from academy.people.enums import Role
from academy.people.models import AuditEntry
from tests import factories
from tests.credits.factories import registered
from tests.gatherings.factories import make_gathering, people
from tests.leertafels.factories import facilitator, make_table, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(caller):
    """Two people of a run that ended an hour ago, and who led it."""

    class Held:
        gathering = make_gathering()
        one, two = people(2)
        leader = caller(factories.make_person())

    for person in (Held.one, Held.two):
        take_seat(person=person, gathering=Held.gathering, by=person)
    begun = clock.now() - timedelta(hours=3)
    Lead.objects.create(gathering=Held.gathering, person=Held.leader.person, role=LeadRole.GIVES, starts_at=begun)
    Session.objects.update(starts_at=begun, ends_at=begun + timedelta(hours=2))
    type(Held.gathering).objects.update(starts_at=begun, ends_at=begun + timedelta(hours=2))
    Held.session = Held.gathering.sessions.get()
    Held.path = f"/sessions/{Held.session.public_id}/attendance"
    return Held


def row(person, status="present", **values):
    return {"person": person.public_id, "status": status, **values}


def recorded():
    return list(Attendance.objects.order_by("person").values_list("status", "minutes"))


def test_sheet_is_read_and_written_with_its_tag(held):
    status, answer = held.leader.get(held.path)
    assert (status, held.leader.response["ETag"]) == (200, '"0"')
    assert [(one["status"], one["minutes"]) for one in answer["rows"]] == [(None, None), (None, None)]
    body = {"rows": [row(held.one), row(held.two, "absent")]}
    status, answer = held.leader.put(held.path, body, If_Match='"0"')
    assert (status, held.leader.response["ETag"]) == (200, '"1"')
    assert sorted((one["status"], one["minutes"]) for one in answer["rows"]) == [("absent", 0), ("present", 120)]
    assert recorded() == [("present", 120), ("absent", 0)]
    assert held.leader.put(held.path, body, If_Match='"1"')[0] == 200
    assert held.leader.response["ETag"] == '"1"'


def test_only_the_rows_named_are_touched_and_other_rows_are_merged(held, caller):
    office = caller(factories.make_with_role(Role.OFFICE))
    assert held.leader.put(held.path, {"rows": [row(held.one)]}, If_Match='"0"')[0] == 200
    assert office.put(held.path, {"rows": [row(held.two, minutes=90)]}, If_Match='"0"')[0] == 200
    assert recorded() == [("present", 120), ("present", 90)]


def test_stale_sheet_is_answered_with_the_rows_that_changed(held, caller):
    office = caller(factories.make_with_role(Role.OFFICE))
    office.put(held.path, {"rows": [row(held.one, minutes=60)]}, If_Match='"0"')
    status, answer = held.leader.put(held.path, {"rows": [row(held.one)]}, If_Match='"0"')
    assert (status, answer["code"], held.leader.response["ETag"]) == (412, "stale", '"1"')
    assert answer["rows"] == [
        {"person": held.one.public_id, "name": held.one.shown_name, "status": "present", "minutes": 60}
    ]
    assert held.one.shown_name in answer["message"]
    assert recorded() == [("present", 60)]
    assert held.leader.put(held.path, {"rows": [row(held.one)]}, If_Match="*")[0] == 200
    assert recorded() == [("present", 120)]
    assert AuditEntry.objects.filter(action="attendance.overwrite").count() == 1


@pytest.mark.parametrize("tag", ['"7"', "0", 'W/"x"', '"abc"'])
def test_tag_that_we_never_gave_is_stale(held, tag):
    held.leader.put(held.path, {"rows": [row(held.one)]}, If_Match='"0"')
    status, answer = held.leader.put(held.path, {"rows": [row(held.one, "absent")]}, If_Match=tag)
    assert (status, len(answer["rows"])) == (412, 1)
    assert recorded() == [("present", 120)]


def test_without_a_tag_nothing_is_written(held):
    status, answer = held.leader.put(held.path, {"rows": [row(held.one)]})
    assert (status, answer["code"]) == (428, "if_match_missing")
    assert recorded() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": 121}, "minuten"),
        ({"minutes": 0}, "minuten"),
        ({"minutes": -1}, "minutes"),
        ({"minutes": "60"}, "minutes"),
        ({"minutes": 10**30}, "minutes"),
        ({"minutes": True}, "minutes"),
        ({"minutes": 1.5}, "minutes"),
        ({"status": "late"}, "status"),
        ({"status": None}, "status"),
        ({"person": "nobody"}, "person"),
        ({"person": "x" * 10_000}, "person"),
        ({"minuts": 60}, "minuts"),
    ],
)
def test_bad_rows_change_nothing_and_say_why(held, change, field):
    body = {"rows": [row(held.two), {**row(held.one), **change}]}
    status, answer = held.leader.put(held.path, body, If_Match='"0"')
    assert (status, answer["code"]) == (422, "invalid")
    assert field in answer["message"].lower()
    assert recorded() == []


def test_person_without_a_seat_is_unknown_here(held):
    stranger = factories.make_person(full_name="Vreemde Naam")
    status, answer = held.leader.put(held.path, {"rows": [row(stranger)]}, If_Match='"0"')
    assert (status, "Vreemde" in answer["message"]) == (422, False)


def test_who_leads_something_else_finds_nothing(held, caller):
    other = make_gathering()
    leader = caller(factories.make_person())
    Lead.objects.create(gathering=other, person=leader.person, role=LeadRole.GIVES, starts_at=clock.now())
    assert leader.get(held.path)[0] == 404
    assert leader.put(held.path, {"rows": []}, If_Match="*")[0] == 404
    assert leader.post(f"/gatherings/{held.gathering.public_id}/close")[0] == 404
    assert caller(held.one).get(held.path)[0] == 404


def test_closing_names_what_is_missing_and_happens_once(held):
    path = f"/gatherings/{held.gathering.public_id}/close"
    held.leader.put(held.path, {"rows": [row(held.one)]}, If_Match='"0"')
    status, answer = held.leader.post(path)
    assert (status, [reason["code"] for reason in answer["reasons"]]) == (409, ["attendance_missing"])
    assert held.two.full_name in answer["reasons"][0]["message"]
    held.leader.put(held.path, {"rows": [row(held.two)]}, If_Match='"1"')
    status, first = held.leader.post(path)
    assert (status, first["state"]) == (200, "closed")
    assert held.leader.post(path) == (200, first)
    assert AuditEntry.objects.filter(action="gathering.close").count() == 1
    status, answer = held.leader.put(held.path, {"rows": [row(held.one, "absent")]}, If_Match="*")
    assert (status, answer["code"]) == (409, "closed")
    assert held.leader.get(held.path)[1]["closed"] is True
    status, answer = held.leader.post(f"/sessions/{held.session.public_id}/close")
    assert status == 200


def test_session_of_a_leertafel_closes_by_itself_with_its_clocks(caller):
    table = make_table(mode="mixed")
    lead, (person,) = facilitator(table), seated(table)
    registered(person)
    session = table.gathering.sessions.order_by("starts_at").first()
    with clock.frozen(session.ends_at):
        leader = caller(lead)
        path, close = f"/sessions/{session.public_id}/attendance", f"/sessions/{session.public_id}/close"
        assert leader.get("/gatherings?kind=leertafel&mine=true")[1]["items"][0]["state"] == "to_close"
        assert caller(factories.make_with_role(Role.OFFICE)).put(path, {"rows": []}, If_Match="*")[0] == 404
        status, answer = leader.post(close)
        assert (status, answer["code"]) == (409, "attendance_missing")
        status, answer = leader.put(path, {"rows": [row(person)]}, If_Match='"0"')
        assert (status, answer["intervision_minutes"], answer["case_minutes"]) == (200, None, None)
        status, answer = leader.post(close)
        assert (status, answer["code"]) == (409, "clocks_missing")
        status, answer = leader.put(path, {"rows": [], "intervision_minutes": 90}, If_Match='"1"')
        assert (status, answer["code"]) == (422, "invalid")
        body = {"rows": [], "intervision_minutes": 90, "case_minutes": 30}
        status, answer = leader.put(path, body, If_Match='"1"')
        assert (status, answer["intervision_minutes"], answer["case_minutes"]) == (200, 90, 30)
        status, first = leader.post(close)
        assert (status, first["state"]) == (200, "closed")
        assert leader.post(close) == (200, first)
        assert leader.get(f"/gatherings/{table.gathering.public_id}")[1]["state"] == "running"
        booked = caller(person).get("/me/credits")[1]["items"]
        assert [(one["requirement"], one["points_expected"]) for one in booked] == [("REFL", "1.50")]


def test_sheet_costs_the_same_for_one_row_and_three(caller, django_assert_num_queries):
    office = caller(factories.make_with_role(Role.OFFICE))
    gathering = make_gathering()
    path = f"/sessions/{gathering.sessions.get().public_id}/attendance"
    office.get(path)
    for wanted in (1, 3):
        while gathering.seats.count() < wanted:
            (person,) = people(1)
            take_seat(person=person, gathering=gathering, by=person)
        with django_assert_num_queries(5):
            assert len(office.get(path)[1]["rows"]) == wanted

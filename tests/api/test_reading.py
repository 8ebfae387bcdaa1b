"""Offerings, gatherings and one's own, by API: what one sees, in which shape, in how many queries."""

from datetime import timedelta

import pytest

from academy.api import paging
from academy.common import clock
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole, VenueKind
from academy.gatherings.models import Lead
from academy.people.enums import Role
from certificates.domain.files import store_rendered_file
from certificates.domain.recognition import recognise
from tests import factories
from tests.credits.factories import registered, trained
from tests.gatherings.factories import make_gathering, make_offering, make_venue, people

pytestmark = pytest.mark.django_db
OFFERING = {
    "id",
    "kind",
    "form",
    "pillar",
    "title",
    "summary",
    "themes",
    "study_load_minutes",
    "price",
    "open_gatherings",
    "url",
}
GATHERING = {"id", "kind", "title", "offering", "sessions", "capacity", "seats_taken", "waiting", "state"}


def ids(answer):
    return [item["id"] for item in answer[1]["items"]]


def test_catalogue_is_public_and_shows_what_one_may_see(caller):
    open_one = make_gathering().offering
    internal = make_offering(audience="internal", title="Zelf leren")
    hidden = make_offering(live=False, kind="course")
    status, answer = caller().get("/offerings")
    assert (status, set(answer), set(answer["items"][0])) == (200, {"items", "next"}, OFFERING)
    assert ids((status, answer)) == [open_one.slug]
    assert answer["items"][0]["open_gatherings"] is True
    assert answer["items"][0]["price"] == "0.00"
    staff = factories.make_membership(organisation=factories.make_organisation(is_own=True)).person
    assert ids(caller(staff).get("/offerings")) == [open_one.slug, internal.slug]
    assert hidden.slug not in str(caller(factories.make_with_role(Role.HR)).get("/offerings"))


def test_catalogue_is_filtered(caller):
    course = make_offering(title="Intieme terreur herkennen", form="classroom", kind="course")
    make_offering(title="Meldcode", form="e_learning", kind="course")
    nobody = caller()
    assert ids(nobody.get("/offerings?q=terreur+intieme")) == [course.slug]
    assert ids(nobody.get("/offerings?form=classroom&kind=course")) == [course.slug]
    assert ids(nobody.get("/offerings?theme=geen")) == []


def test_gatherings_have_the_shape_of_the_contract(caller):
    gathering = make_gathering(capacity=2, sessions=2)
    person = factories.make_person()
    take_seat(person=person, gathering=gathering, by=person)
    status, answer = caller().get("/gatherings")
    (item,) = answer["items"]
    assert (status, set(item)) == (200, GATHERING)
    first = gathering.sessions.first()
    assert item["sessions"][0] == {
        "id": first.public_id,
        "starts_at": first.starts_at.astimezone(clock.AMSTERDAM).isoformat(timespec="seconds"),
        "ends_at": first.ends_at.astimezone(clock.AMSTERDAM).isoformat(timespec="seconds"),
    }
    assert item["sessions"][0]["starts_at"][-6:] in {"+01:00", "+02:00"}
    assert (item["capacity"], item["seats_taken"], item["waiting"], item["state"]) == (2, 1, 0, "open")


def test_gatherings_are_filtered(caller):
    soon, table = make_gathering(), make_gathering(kind="leertafel", starts_in=timedelta(days=40))
    past = make_gathering(starts_in=timedelta(days=-3))
    draft = make_gathering(state="draft", starts_in=timedelta(days=50))
    me = caller(factories.make_person())
    assert ids(me.get("/gatherings")) == [past.public_id, soon.public_id, table.public_id]
    assert ids(me.get("/gatherings?open=true")) == [soon.public_id, table.public_id]
    assert ids(me.get("/gatherings?kind=leertafel")) == [table.public_id]
    assert ids(me.get(f"/gatherings?offering={soon.offering.slug}")) == [soon.public_id]
    assert ids(me.get("/gatherings?mine=true")) == []
    assert ids(caller().get("/gatherings?mine=true")) == []
    take_seat(person=me.person, gathering=soon, by=me.person)
    assert ids(me.get("/gatherings?mine=true")) == [soon.public_id]
    leader = caller(factories.make_person())
    Lead.objects.create(gathering=draft, person=leader.person, role=LeadRole.GIVES, starts_at=clock.now())
    assert ids(leader.get("/gatherings?mine=true")) == [draft.public_id]
    assert leader.get("/gatherings?mine=true")[1]["items"][0]["state"] == "draft"
    assert me.get(f"/gatherings/{draft.public_id}")[0] == 404


def test_full_run_is_open_and_says_what_stands_in_the_way(caller):
    gathering, (one, two) = make_gathering(capacity=1), people(2)
    take_seat(person=one, gathering=gathering, by=one)
    me = caller(two)
    assert ids(me.get("/gatherings?open=true")) == [gathering.public_id]
    status, answer = me.get(f"/gatherings/{gathering.public_id}")
    assert (status, answer["state"], answer["seat"]) == (200, "full", None)
    assert [(reason["code"], reason["refuses"]) for reason in answer["reasons"]] == [("full", False)]
    mine = caller(one).get(f"/gatherings/{gathering.public_id}")[1]
    assert (mine["seat"]["state"], mine["seat"]["offer"]) == ("confirmed", None)
    assert caller().get(f"/gatherings/{gathering.public_id}")[1]["reasons"] == []


def test_place_is_shown_as_far_as_one_may_see_it(caller):
    gathering = make_gathering()
    gathering.sessions.update(venue=make_venue(name="Buurthuis", address="Dorpsstraat 1"))
    person = factories.make_person()
    path = f"/gatherings/{gathering.public_id}"
    place = caller(person).get(path)[1]["sessions"][0]["place"]
    assert (place["name"], place["address"], place["is_closed"]) == ("Buurthuis", "Dorpsstraat 1", False)
    assert caller().get(path)[1]["sessions"][0]["place"] is None
    gathering.sessions.update(venue=make_venue(name="Binnenhuis", address="Stille weg 2", kind=VenueKind.CLOSED))
    for asker in (caller(), caller(person), caller(factories.make_with_role(Role.OFFICE))):
        assert "Stille weg" not in str(asker.get(path))
        assert "Binnenhuis" not in str(asker.get(path))
    assert [one["code"] for one in caller(person).get(path)[1]["sessions"][0]["place"]["reasons"]] == ["no_seat"]


def test_participants_are_for_leads_office_and_hr(caller):
    gathering, (one, two) = make_gathering(capacity=1), people(2)
    for person in (one, two):
        take_seat(person=person, gathering=gathering, by=person)
    path = f"/gatherings/{gathering.public_id}/participants"
    wanted = [
        {"person": one.public_id, "name": one.shown_name, "seat_state": "confirmed"},
        {"person": two.public_id, "name": two.shown_name, "seat_state": "waitlisted"},
    ]
    for role in (Role.OFFICE, Role.HR):
        assert caller(factories.make_with_role(role)).get(path)[1]["items"] == wanted
    assert caller(one).get(path)[0] == 404
    assert caller().get(path)[0] == 401


def test_own_seats_credits_and_certificates(caller):
    person = factories.make_person()
    registered(person, number="123456789")
    found = recognise(achievement=trained(person), by=None)
    gathering = make_gathering()
    take_seat(person=person, gathering=gathering, by=person)
    me = caller(person)
    assert me.get("/me")[1] == {
        "person": person.public_id,
        "name": person.full_name,
        "email": person.email,
        "organisations": [],
        "roles": [],
    }
    (seat,) = me.get("/me/seats")[1]["items"]
    assert (seat["state"], seat["gathering"]["id"], seat["late"]) == ("confirmed", gathering.public_id, False)
    (credit,) = me.get("/me/credits")[1]["items"]
    assert credit == {
        "id": found.entries[0].public_id,
        "title": found.entries[0].title,
        "requirement": found.entries[0].requirement,
        "points_expected": f"{found.entries[0].points_expected:.2f}",
        "points_granted": None,
        "state": "earned",
        "reason": "",
        "completed_on": found.entries[0].completed_on.isoformat(),
    }
    (paper,) = me.get("/me/certificates")[1]["items"]
    assert (paper["code"], paper["status"], paper["ready"]) == (found.certificate.code, "valid", False)
    other = caller(factories.make_person())
    for path in ("/me/seats", "/me/credits", "/me/certificates"):
        assert other.get(path)[1] == {"items": [], "next": None}


def test_own_registration(caller):
    person = factories.make_person()
    registered(person, number="123456789")
    recognise(achievement=trained(person), by=None)
    status, answer = caller(person).get("/me/registration")
    assert (status, answer["register"], answer["chamber"]) == (200, "SKJ", "JGP")
    assert answer["rule_set"]["code"] == "SKJ-JGP-2018"
    line = next(line for line in answer["requirements"] if line["expected"] != "0.00")
    assert set(line) >= {"key", "min", "expected", "granted", "booked", "counted", "surplus", "shortfall", "status"}
    assert line["granted"] == "0.00"
    nobody = caller(factories.make_person()).get("/me/registration")[1]
    assert (nobody["rule_set"], nobody["requirements"], nobody["status"], nobody["others"]) == (None, [], "unknown", [])


def test_certificate_is_checked_by_anybody_and_downloaded_by_its_holder(caller, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    person = factories.make_person(full_name="Noor van den Berg")
    registered(person, number="123456789")
    certificate = recognise(achievement=trained(person), by=None).certificate
    status, answer = caller().get(f"/certificates/{certificate.printed_code}")
    assert (status, answer["status"], answer["holder"]) == (200, "valid", "N. van den Berg")
    assert set(answer) == {"status", "holder", "kind", "title", "dates", "hours", "points", "register", "issued_at"}
    assert answer["points"] == "6.00"
    path = f"/certificates/{certificate.code}/pdf"
    me = caller(person)
    assert me.get(path)[0] == 409
    store_rendered_file(certificate=certificate, content=b"%PDF-1.7 proef")
    response = me.client.get(f"/api/v1{path}", headers=me.headers)
    assert (response.status_code, response.content) == (200, b"%PDF-1.7 proef")
    assert response["Content-Type"] == "application/pdf"
    assert caller(factories.make_person()).get(path)[0] == 404
    assert caller().get(path)[0] == 401


def test_wrong_codes_are_limited_and_right_ones_are_not(caller):
    certificate = recognise(achievement=trained(factories.make_person()), by=None).certificate
    nobody = caller()
    for _again in range(12):
        assert nobody.get(f"/certificates/{certificate.code}")[0] == 200
    assert [nobody.get("/certificates/bestaatniet")[0] for _try in range(11)] == [404] * 10 + [429]


def test_lists_go_on_where_they_stopped(caller, monkeypatch):
    monkeypatch.setattr(paging, "SIZE", 2)
    made = [make_gathering(starts_in=timedelta(days=30 + day)) for day in range(4)]
    made.append(make_gathering(sessions=0))
    nobody, seen, cursor, rounds = caller(), [], "", 0
    while cursor is not None:
        answer = nobody.get(f"/gatherings?cursor={cursor}")
        seen, cursor, rounds = [*seen, *ids(answer)], answer[1]["next"], rounds + 1
    assert (seen, rounds) == ([gathering.public_id for gathering in made], 3)
    status, answer = nobody.get("/gatherings?cursor=verzonnen")
    assert (status, answer["code"]) == (422, "invalid")


@pytest.mark.parametrize(("path", "queries"), [("/offerings", 2), ("/gatherings", 2)])
def test_public_lists_cost_the_same_for_one_row_and_three(caller, django_assert_num_queries, path, queries):
    nobody = caller()
    make_gathering()
    with django_assert_num_queries(queries):
        nobody.get(path)
    for _more in range(2):
        make_gathering()
    with django_assert_num_queries(queries):
        assert len(nobody.get(path)[1]["items"]) == 3


@pytest.mark.parametrize(("path", "queries"), [("/me/seats", 4), ("/me/credits", 3), ("/me/certificates", 3)])
def test_own_lists_cost_the_same_for_one_row_and_three(caller, django_assert_num_queries, path, queries):
    me = caller(factories.make_person())
    registered(me.person, number="123456789")

    def add(number):
        take_seat(person=me.person, gathering=make_gathering(starts_in=timedelta(days=30 + number)), by=me.person)
        recognise(achievement=trained(me.person, source_key=f"seat:{number}"), by=None)

    add(1)
    me.get(path)  # the first use of a token is written down
    with django_assert_num_queries(queries):
        assert len(me.get(path)[1]["items"]) == 1
    add(2)
    add(3)
    with django_assert_num_queries(queries):
        assert len(me.get(path)[1]["items"]) == 3


def test_participants_cost_the_same_for_one_row_and_three(caller, django_assert_num_queries):
    gathering, office = make_gathering(), caller(factories.make_with_role(Role.OFFICE))
    path = f"/gatherings/{gathering.public_id}/participants"
    office.get(path)
    for wanted in (1, 3):
        while gathering.seats.count() < wanted:
            (person,) = people(1)
            take_seat(person=person, gathering=gathering, by=person)
        with django_assert_num_queries(4):
            assert len(office.get(path)[1]["items"]) == wanted

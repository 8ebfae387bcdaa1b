"""What a manager, a coordinator and the person herself see, and that nobody sees more."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from academy.common import clock
from academy.gatherings.enums import EndReason, SeatState
from academy.people.enums import Role
from academy.people.models import AuditEntry, WorksCouncilConsent
from tests.credits.factories import registered
from tests.factories import make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_gathering, make_offering
from tests.portal.hr_world import YEAR, Place, learned, make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings):
    settings.ACADEMY_MFA_REQUIRED = False
    return Place()


@pytest.fixture
def boss(place, client):
    client.force_login(place.manager)
    return client


@pytest.fixture
def coordinator(place, client):
    partner = make_organisation(name="Wijkteams")
    client.force_login(make_with_role(Role.COORDINATOR, organisation=partner))
    client.partner = partner
    return client


def external(organisation, name, **values):
    person = make_person(full_name=name)
    make_membership(person, organisation=organisation, **{"approved_at": clock.now(), **values})
    return person


def test_a_manager_sees_words_and_hours_of_the_own_people_by_alphabet(boss, place):
    bram, anna = place.colleague("Bram Kok"), place.colleague("Anna Bos")
    stranger = place.colleague("Cor Elders", manager=None)
    registered(anna)
    learned(bram, 600)
    learned(anna, 90)
    make_seat(anna, make_gathering(title="Intieme terreur"))
    make_seat(anna, make_gathering(title="Later", starts_in=timedelta(days=90)))
    make_seat(bram, make_gathering(title="Yoga", offering=make_offering(pillar="vitality")))
    response = boss.get(f"/team/?{YEAR}")
    found = [(one.full_name, one.totals.minutes, one.next_step.title) for one in response.context["team"]]
    assert found == [("Anna Bos", 90, "Intieme terreur"), ("Bram Kok", 600, "Vitaliteit")]
    text = response.content.decode()
    assert "niet nodig" in text
    assert "Yoga" not in text
    assert boss.get(f"/team/{stranger.public_id}/").status_code == 404
    assert [entry.action for entry in AuditEntry.objects.filter(actor=place.manager, subject=anna)] == ["hours.list"]


def test_a_team_is_closed_without_consent(boss, place):
    anna = place.colleague("Anna Bos")
    assert boss.get(f"/team/{anna.public_id}/").status_code == 200
    WorksCouncilConsent.objects.all().delete()
    text = boss.get("/team/").content.decode()
    assert "Dit overzicht is nog dicht." in text
    assert "Anna Bos" not in text
    assert boss.get(f"/team/{anna.public_id}/").status_code == 404


def test_who_has_no_team_gets_no_page(client, place):
    client.force_login(place.hr)
    assert client.get("/team/").status_code == 403


def test_the_page_of_a_person_is_what_she_sees_herself(boss, place):
    anna = place.colleague("Anna Bos")
    registered(anna)
    learned(anna, 90, title="Intieme terreur")
    learned(anna, 60, "vitality", title="Slapen na een zware dienst")
    seen = boss.get(f"/team/{anna.public_id}/?{YEAR}")
    boss.force_login(anna)
    own = boss.get(f"/account/zichtbaar/?{YEAR}")
    assert boss.get(f"/team/{anna.public_id}/?{YEAR}").context["own"] is True
    for name in ("rows", "totals", "pillars", "seats"):
        assert seen.context[name] == own.context[name]
    assert {row.title for row in own.context["rows"]} == {"Intieme terreur", "Vitaliteit"}
    assert [line.registration.person for line in own.context["standings"]] == [anna]
    assert [(entry.actor, entry.action) for entry in own.context["opened"]] == [(place.manager, "hours.open")]
    assert place.manager.full_name in own.content.decode()
    assert not AuditEntry.objects.filter(actor=anna, action__startswith="hours.").exists()


def test_a_page_says_so_when_a_filter_is_wrong(boss, place):
    anna = place.colleague("Anna Bos")
    response = boss.get(f"/team/{anna.public_id}/?van=ooit")
    assert list(response.context["form"].errors) == ["van"]
    assert "rows" not in response.context
    assert "team" not in boss.get("/team/?van=ooit").context


def test_anybody_sees_the_own_page_also_without_consent(client, settings):
    WorksCouncilConsent.objects.all().delete()
    client.force_login(make_person())
    assert "Nu ziet niemand anders deze pagina" in client.get("/account/zichtbaar/").content.decode()


def test_a_coordinator_sees_where_people_take_part_and_no_hours(coordinator):
    samir = external(coordinator.partner, "Samir El Idrissi")
    learned(samir, 600, title="Kindermishandeling")
    gathering = make_gathering(title="Leertafel Almere")
    make_seat(samir, gathering)
    make_seat(samir, make_gathering(title="Afgemeld"), state=SeatState.CANCELLED, end_reason=EndReason.CANCELLED)
    page = coordinator.get("/team/")
    assert [(one.full_name, one.next_step.title) for one in page.context["organisation"]] == [
        ("Samir El Idrissi", "Leertafel Almere")
    ]
    response = coordinator.get(f"/team/{samir.public_id}/")
    assert response.context["with_hours"] is False
    assert "Leertafel Almere" in [step.title for step in response.context["seats"]]
    assert "Afgemeld" not in [step.title for step in response.context["seats"]]
    assert {"rows", "totals", "standings"} & response.context.keys() == set()
    assert [entry.action for entry in AuditEntry.objects.filter(subject=samir).order_by("pk")] == [
        "hours.participation",
        "hours.participation",
    ]
    WorksCouncilConsent.objects.all().delete()
    assert coordinator.get(f"/team/{samir.public_id}/").status_code == 404
    assert "Samir" not in coordinator.get("/team/").content.decode()


@pytest.mark.parametrize(
    "values", [{"approved_at": None}, {"ends_on": date(2026, 1, 2), "starts_on": date(2026, 1, 1)}]
)
def test_a_coordinator_sees_only_confirmed_people_of_today(coordinator, values):
    person = external(coordinator.partner, "Nog Niet", **values)
    assert coordinator.get(f"/team/{person.public_id}/").status_code == 404
    assert list(coordinator.get("/team/").context["organisation"]) == []


def test_an_external_manager_without_that_role_sees_no_hours(client, place):
    partner = make_organisation()
    manager = make_with_role(Role.TEAM_MANAGER)
    samir = external(partner, "Samir", manager=manager)
    learned(samir)
    client.force_login(manager)
    assert list(client.get("/team/").context["team"]) == []
    assert client.get(f"/team/{samir.public_id}/").status_code == 404


def test_what_is_over_has_been(place, client):
    anna = place.colleague("Anna Bos")
    make_seat(anna, make_gathering(starts_in=timedelta(days=-9)))
    make_seat(anna, make_gathering(sessions=0))
    client.force_login(anna)
    assert [step.word for step in client.get("/account/zichtbaar/").context["seats"]] == ["geweest", "bevestigd"]


def test_queries_of_the_team_do_not_grow(boss, place):
    def one_more():
        person = place.colleague()
        registered(person)
        learned(person, day=clock.today())
        make_seat(person)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert boss.get("/team/").status_code == 200
        return len(found)

    one_more()
    boss.get("/team/")
    first = queries()
    one_more()
    one_more()
    assert (first, queries()) == (21, 21)


def test_queries_of_an_organisation_do_not_grow(coordinator):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert coordinator.get("/team/").status_code == 200
        return len(found)

    make_seat(external(coordinator.partner, "Een"))
    coordinator.get("/team/")
    first = queries()
    make_seat(external(coordinator.partner, "Twee"))
    make_seat(external(coordinator.partner, "Drie"))
    assert (first, queries()) == (15, 15)


@pytest.mark.parametrize("kind", ["page", "own"])
def test_queries_of_a_person_do_not_grow_with_what_she_did(boss, place, kind):
    anna = place.colleague("Anna Bos")
    address = f"/team/{anna.public_id}/"
    if kind == "own":
        boss.force_login(anna)

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert boss.get(address).status_code == 200
        return len(found)

    registered(anna)
    learned(anna, day=clock.today())
    boss.get(address)
    first = queries()
    learned(anna, day=clock.today())
    learned(anna, day=clock.today())
    assert first == queries()

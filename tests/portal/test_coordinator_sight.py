"""A coordinator sees the own organisation, only where people take part, and only as long as they work there."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest

from academy.common import clock
from academy.people.domain.joining import end_membership
from academy.people.enums import Role
from academy.people.models import Membership
from academy.portal.domain.exporting import export_person
from tests.factories import make_membership, make_organisation, make_person, make_team, make_with_role
from tests.gatherings.factories import make_gathering
from tests.kijkje.factories import make_announcement
from tests.people.factories import make_consent
from tests.portal.desk import client_of
from tests.portal.hr_world import learned, make_seat

pytestmark = pytest.mark.django_db
DONE, AHEAD = "Intieme terreur herkennen", "Leertafel Flevoland"


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False
    make_consent()


class World:
    """``person`` works since 2025 where ``old`` coordinates; ``new`` coordinates where she goes to."""

    def __init__(self):
        self.here, self.there = make_organisation(name="Hier"), make_organisation(name="Daar")
        self.old = make_with_role(Role.COORDINATOR, organisation=self.here)
        self.new = make_with_role(Role.COORDINATOR, organisation=self.there)
        self.team = make_team(organisation=self.here)
        self.person = make_person(full_name="Samir El Idrissi")
        facts = {"organisation": self.here, "team": self.team, "approved_at": clock.now()}
        self.place = make_membership(self.person, starts_on=date(2025, 1, 1), **facts)
        learned(self.person, 600, title=DONE)
        make_seat(self.person, make_gathering(title=DONE, starts_in=timedelta(days=-30)))
        self.ahead = make_gathering(title=AHEAD)
        make_seat(self.person, self.ahead)
        make_announcement(team=self.team, person=self.person, name=self.person.full_name)

    def changes_employer(self):
        end_membership(membership=self.place, by=self.old)
        make_membership(self.person, organisation=self.there, approved_at=clock.now(), starts_on=clock.today())


def seen_by(coordinator) -> str:
    """All that the pages which list people say to her."""
    client = client_of(coordinator)
    answers = [client.get(address) for address in ("/team/", "/team/nieuwe-collega/", "/beheer/bevestigen/")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    return " ".join(answer.text for answer in answers)


def asked_by_id(coordinator, world) -> dict[str, int]:
    """What every address that takes a person, a seat or a gathering answers her."""
    person, gathering, place = world.person.public_id, world.ahead.public_id, world.place.pk
    seat = world.ahead.seats.get().public_id
    client = client_of(coordinator)
    gets = (
        f"/team/{person}/",
        f"/beheer/personen/{person}/",
        f"/mijn-groepen/{gathering}/",
        f"/api/v1/gatherings/{gathering}/participants",
        f"/api/v1/sessions/{world.ahead.sessions.get().public_id}/attendance",
        "/api/v1/hr/hours?from=2025-01-01&to=2027-12-31",
        "/api/v1/hr/registrations",
        "/hr/uren/bestand/",
        "/hr/uren/regels/bestand/",
        "/hr/registraties/bestand/",
    )
    posts = (
        f"/beheer/bevestigen/{place}/",
        f"/beheer/bevestigen/{place}/niet/",
        f"/bureau/plekken/{seat}/afmelden/",
    )
    return {address: client.get(address).status_code for address in gets} | {
        address: client.post(address).status_code for address in posts
    }


def test_she_sees_where_her_people_take_part_and_no_hours_points_or_papers():
    world = World()
    answer = client_of(world.old).get(f"/team/{world.person.public_id}/")
    page = answer.text
    assert DONE in page
    assert AHEAD in page
    for word in ("10 uur", "punten", "certificaat", "600"):
        assert word not in page.partition("<main")[2].partition("</main>")[0].lower()
    assert world.person.full_name in seen_by(world.old)


def test_another_coordinator_finds_nobody_by_id():
    world = World()
    assert world.person.full_name not in seen_by(world.new)
    assert set(asked_by_id(world.new, world).values()) <= {403, 404}


def test_who_changes_employer_is_out_of_sight_from_that_day_in_lists_by_id_in_the_api_and_in_files():
    world = World()
    world.changes_employer()
    assert world.person.full_name not in seen_by(world.old)
    assert AHEAD not in seen_by(world.old)
    assert set(asked_by_id(world.old, world).values()) <= {403, 404}


def test_an_end_to_come_takes_nothing_away_yet():
    world = World()
    Membership.objects.filter(pk=world.place.pk).update(ends_on=clock.today() + timedelta(days=3))
    assert world.person.full_name in seen_by(world.old)
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert world.person.full_name not in seen_by(world.old)
        assert client_of(world.old).get(f"/team/{world.person.public_id}/").status_code == 404


def test_the_new_coordinator_sees_what_comes_and_nothing_of_before():
    world = World()
    world.changes_employer()
    page = client_of(world.new).get(f"/team/{world.person.public_id}/").text
    assert AHEAD in page
    assert DONE not in page


def test_the_portfolio_goes_along():
    world = World()
    world.changes_employer()
    client = client_of(world.person)
    assert DONE in client.get("/mijn/portfolio/").text
    assert DONE in client.get("/api/v1/me/credits").text + client.get("/api/v1/me/seats").text
    with zipfile.ZipFile(io.BytesIO(export_person(person=world.person, by=world.person))) as file:
        assert DONE in " ".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())

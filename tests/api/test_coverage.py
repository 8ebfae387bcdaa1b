"""``GET /api/v1/coverage``: everything for the partnership manager, bands of the own municipality for its contact."""

import pytest

from academy.common import clock
from academy.people.domain.roles import assign_role
from academy.people.enums import Role
from tests.factories import make_municipality, make_person, make_region, make_with_role
from tests.partners.factories import make_local_team, make_member, was_at

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/coverage"


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


@pytest.fixture
def place():
    return make_municipality(code="GM7001", name="Almere", region=make_region(name="Elders", slug="elders"))


def moments(*numbers):
    names = ("kennismaken", "trainen", "leertafel")
    return [
        {"moment": name, "persons": persons, "teams": teams}
        for name, (persons, teams) in zip(names, numbers, strict=True)
    ]


def test_the_manager_sees_every_number(client, place):
    client.force_login(make_with_role(Role.PARTNERSHIP))
    was_at("kennismaken", make_member(make_local_team(place)))
    was_at("trainen", make_member(make_local_team(place)))
    expected = {"code": "GM7001", "name": "Almere", "moments": moments((1, 1), (1, 1), (0, 0))}
    for region in ("elders", "Elders"):
        assert client.get(ADDRESS, {"region": region}).json() == {
            "regions": [{"name": "Elders", "municipalities": [expected]}]
        }
    assert len(client.get(ADDRESS, {"period": "24m"}).json()["regions"]) > 1


def test_a_municipality_sees_itself_in_bands(client, place):
    contact = make_with_role(Role.MUNICIPALITY, municipality=place)
    client.force_login(contact)
    team = make_local_team(place)
    was_at("kennismaken", *(make_member(team) for _ in range(7)), days_ago=0)
    was_at("leertafel", *(make_member(team) for _ in range(4)), days_ago=0)
    found = client.get(ADDRESS).json()["regions"]
    expected = {"code": "GM7001", "name": "Almere", "moments": moments((5, 1), (None, None), (None, None))}
    assert found == [{"name": "Elders", "municipalities": [expected]}]
    assert client.get(ADDRESS, {"period": str(clock.today().year), "region": "elders"}).json()["regions"] == found
    assert client.get(ADDRESS, {"region": make_region(name="Ander", slug="ander").slug}).json() == {"regions": []}
    other = make_municipality(region=place.region)
    assign_role(person=contact, role=Role.MUNICIPALITY, municipality=other, by=None)
    assert [one["code"] for one in client.get(ADDRESS).json()["regions"][0]["municipalities"]] == ["GM7001", other.code]


@pytest.mark.parametrize(("asked", "word"), [({"region": "nergens"}, "region"), ({"period": "ooit"}, "24m")])
def test_nonsense_is_named(client, asked, word):
    client.force_login(make_with_role(Role.PARTNERSHIP))
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 422
    assert word in answer.json()["message"]


def test_a_municipality_cannot_ask_for_a_period_that_overlaps_a_year(client, place):
    client.force_login(make_with_role(Role.MUNICIPALITY, municipality=place))
    assert client.get(ADDRESS, {"period": "24m"}).status_code == 422


def test_others_are_refused(client):
    assert client.get(ADDRESS).status_code == 401
    client.force_login(make_person())
    assert client.get(ADDRESS).status_code == 403

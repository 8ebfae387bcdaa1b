"""What the municipality, a person from outside and everybody else get to see."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from academy.common import clock
from academy.partners.models import InformationRequest
from academy.people.domain.places import merge_municipality
from academy.people.domain.roles import assign_role
from academy.people.enums import Role
from tests.factories import (
    make_membership,
    make_municipality,
    make_organisation,
    make_person,
    make_region,
    make_with_role,
)
from tests.gatherings.factories import fresh, make_gathering
from tests.partners.factories import (
    make_agreement,
    make_contact,
    make_local_team,
    make_member,
    make_outreach,
    make_request,
    make_team_contact,
    was_at,
)
from tests.portal.hr_world import make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


@pytest.fixture
def place():
    return make_municipality(name="Almere", region=make_region(name="Flevoland-Zuid", slug="flevoland-zuid"))


@pytest.fixture
def wim(client, place):
    person = make_with_role(Role.MUNICIPALITY, municipality=place)
    client.force_login(person)
    return person


def text(response):
    return response.content.decode()


def form_facts(**values):
    today = clock.today()
    return {
        "organisation_name": "School",
        "topic": "meldcode",
        "wanted_from": (today + timedelta(days=5)).isoformat(),
        "wanted_until": (today + timedelta(days=25)).isoformat(),
        "people": "12",
        "contact_name": "Ria Smit",
        "contact_email": "ria@school.example",
        **values,
    }


# --- the municipality -----------------------------------------------------------------------------
def test_a_municipality_sees_bands_and_never_a_name(client, wim, place):
    team, members = make_local_team(place), []
    for number in range(6):
        members.append(make_member(team))
        members[-1].full_name = f"Geheime Naam {number}"
        members[-1].save()
    was_at("kennismaken", *members)
    was_at("trainen", *members[:4])
    make_contact(place, name="Contact Persoon")
    make_outreach(place, outcome="Intern verslag")
    make_agreement(place, team=team)
    make_team_contact(team, display_name="Vaste Naam")
    make_request(municipality=place, remarks="Eigen opmerking")
    shown = text(client.get("/gemeente/"))
    assert "5 tot en met 9" in shown
    assert "Kijkje in het inwerkprogramma" in shown
    for hidden in (
        "Geheime Naam",
        "Contact Persoon",
        "Intern verslag",
        "Vaste Naam",
        "Ria Smit",
        "Eigen opmerking",
        "nog niemand",
    ):
        assert hidden not in shown


def test_nobody_and_four_are_the_same_page(client, wim, place):
    """Byte for byte, but for the token against forgery and the padding of the frame."""
    team = make_local_team(place)
    before = client.get("/gemeente/").context["report"].cells
    was_at("kennismaken", *(make_member(team) for _ in range(4)))
    assert client.get("/gemeente/").context["report"].cells == before


def test_another_municipality_does_not_exist(client, wim):
    other = make_municipality()
    assert client.get("/gemeente/", {"gemeente": other.code}).status_code == 404
    for address in ("/partners/", f"/partners/{other.code}/", f"/partners/{other.code}/rapport/"):
        assert client.get(address).status_code == 403


def test_who_speaks_for_two_chooses(client, wim, place):
    other = make_municipality(name="Zeewolde")
    assign_role(person=wim, role=Role.MUNICIPALITY, municipality=other, by=None)
    assert "Gemeente Almere" in text(client.get("/gemeente/"))
    assert "Gemeente Zeewolde" in text(client.get("/gemeente/", {"gemeente": other.code}))


def test_the_contact_of_a_merged_municipality_sees_what_it_became(client, wim, place):
    into = make_municipality(name="Grootstad")
    merge_municipality(municipality=place, into=into, on=clock.today(), by=None)
    assert "Gemeente Grootstad" in text(client.get("/gemeente/"))


def test_periods_of_a_municipality_are_calendar_years(client, wim):
    answer = client.get("/gemeente/", {"periode": "24m"})
    assert answer.context["form"].period.code == str(clock.today().year)
    last = str(clock.today().year - 1)
    assert client.get("/gemeente/", {"periode": last}).context["report"].period.code == last


def test_the_manager_has_the_board_and_others_nothing(client):
    client.force_login(make_with_role(Role.PARTNERSHIP))
    assert client.get("/gemeente/")["Location"] == "/partners/"
    client.force_login(make_with_role(Role.OFFICE))
    assert client.get("/gemeente/").status_code == 403


def test_the_report_on_paper_tells_what_the_municipality_sees(client, wim, place):
    was_at("leertafel", *(make_member(make_local_team(place)) for _ in range(2)))
    own = client.get("/gemeente/").context["report"].cells
    client.force_login(make_with_role(Role.PARTNERSHIP))
    answer = client.get(f"/partners/{place.code}/rapport/")
    assert answer.context["report"].cells == own


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_municipality_costs_the_same_for_more(client, wim, place, number):
    for _ in range(number):
        team = make_local_team(place)
        was_at("kennismaken", make_member(team))
        make_agreement(place, team=team)
        make_request(municipality=place, contact_email=f"x{team.pk}@x.example")
        make_gathering()
    client.get("/gemeente/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/gemeente/")
    assert len(queries) == 15


# --- asking us to come ----------------------------------------------------------------------------
def test_anybody_asks_and_gets_a_confirmation(client, place):
    assert client.get("/voorlichting-aanvragen/").status_code == 200
    sent = client.post("/voorlichting-aanvragen/", form_facts(municipality=place.code))
    assert sent["Location"] == "/voorlichting-aanvragen/verstuurd/"
    assert client.get(sent["Location"]).status_code == 200
    asked = InformationRequest.objects.get()
    assert (asked.municipality, asked.people, asked.state) == (place, 12, "new")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"organisation_name": " "}, "Kies een gemeente of schrijf"),
        ({"wanted_until": "2020-01-01"}, "kies een latere"),
        ({"wanted_from": "2020-01-01", "wanted_until": "2020-02-01"}, "al voorbij"),
        ({"people": "0"}, "minstens 1"),
        ({"contact_email": "nee"}, "geldig e-mailadres"),
        ({"municipality": "GM0000"}, "geldige keuze"),
    ],
)
def test_a_mistake_is_named_at_its_field(client, facts, words):
    shown = text(client.post("/voorlichting-aanvragen/", form_facts(**facts)))
    assert words in shown
    assert "error-summary" in shown
    assert not InformationRequest.objects.exists()


def test_the_sixth_request_of_an_hour_waits(client):
    for number in range(5):
        client.post("/voorlichting-aanvragen/", form_facts(contact_email=f"x{number}@x.example"))
    assert "over een uur opnieuw" in text(client.post("/voorlichting-aanvragen/", form_facts()))
    assert InformationRequest.objects.count() == 5
    with clock.frozen(clock.now() + timedelta(hours=1, seconds=1)):
        client.post("/voorlichting-aanvragen/", form_facts())
    assert InformationRequest.objects.count() == 6


# --- advice ---------------------------------------------------------------------------------------
def test_everybody_finds_the_numbers(client):
    cache.clear()
    answer = client.get("/advies/")
    assert answer["Cache-Control"].startswith("public")
    shown = text(answer)
    assert "tel:08002000" in shown
    assert "tel:112" in shown
    assert "<textarea" not in shown
    assert 'type="text"' not in shown


def test_a_member_sees_the_contact_of_the_own_team_first(client):
    team = make_local_team()
    make_team_contact(team, display_name="Sanne", days_present="dinsdag")
    make_team_contact(make_local_team(), display_name="Iemand Anders")
    make_team_contact(team, display_name="Vorige", ends_on=clock.today())
    client.force_login(make_member(team))
    answer = client.get("/advies/")
    assert not answer.get("Cache-Control", "").startswith("public")
    shown = text(answer)
    assert shown.index("Sanne") < shown.index("Bel Veilig Thuis")
    assert "tel:0612345678" in shown
    assert "Iemand Anders" not in shown
    assert "Vorige" not in shown


def test_who_was_not_confirmed_sees_no_contact(client):
    team = make_local_team()
    make_team_contact(team)
    client.force_login(make_member(team, approved_at=None))
    assert "Sanne" not in text(client.get("/advies/"))


# --- one's own three moments ----------------------------------------------------------------------
def journey(client, address="/mijn/"):
    found = client.get(address).context["journey"]
    return found and ([step.state for step in found.steps], found.next_url)


def test_a_newcomer_begins_at_the_first_moment(client):
    person = make_member(make_local_team())
    client.force_login(person)
    states, url = journey(client)
    assert states == ["now", "later", "later"]
    assert url in {"", "/aanbod/", "/kijkje-in-de-keuken/"}


def test_a_place_ahead_is_the_next_step(client):
    person = make_member(make_local_team())
    was_at("kennismaken", person)
    gathering = make_gathering(kind="run")
    make_seat(person, gathering)
    client.force_login(person)
    assert journey(client) == (["done", "now", "later"], f"/uitvoering/{gathering.public_id}/")
    assert "je hebt een plek:" in text(client.get("/mijn/"))


def test_all_three_are_done(client):
    person = make_member(make_local_team())
    for moment in ("kennismaken", "trainen", "leertafel"):
        was_at(moment, person)
    client.force_login(person)
    assert journey(client) == (["done"] * 3, "")
    assert "alle drie de momenten" in text(client.get("/mijn/"))


def test_own_staff_makes_no_such_journey(client):
    person = make_person()
    make_membership(person, organisation=make_organisation(is_own=True))
    client.force_login(fresh(person))
    assert journey(client) is None


def test_the_journey_stands_on_the_home_page_too(client):
    assert client.get("/").context["journey"] is None
    client.force_login(make_member(make_local_team()))
    assert journey(client, "/")[0] == ["now", "later", "later"]

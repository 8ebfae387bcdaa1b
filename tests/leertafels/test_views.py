"""The list of leertafels, the page of a table, and signing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from academy.common import clock
from academy.gatherings.domain.planning import cancel_gathering
from academy.gatherings.models import Seat
from academy.knowledge.models import Theme
from leertafels.domain.signing import sign_agreements
from leertafels.domain.tables import change_leertafel
from leertafels.models import Agreement
from tests.factories import make_membership, make_organisation, make_person, make_region
from tests.gatherings.factories import make_venue
from tests.leertafels.factories import facilitator, hold, make_page, make_table, seated
from tests.portal.desk import client_of

pytestmark = pytest.mark.django_db
NO_REPORT = "geen adviesvraag en geen melding, en vervangt geen stap van de Meldcode"
LIST = "/leertafels/"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def page_of(table) -> str:
    return f"/leertafel/{table.gathering.public_id}/"


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def titles(query="", client=None):
    found = (client or Client()).get(LIST + query)
    return [card.title for card in found.context["listing"].cards]


def test_the_list_is_public_and_says_what_a_leertafel_is_not(client):
    make_table(make_page(title="Tafel A", introduction="Samen terugkijken."))
    make_page(title="Tafel B", live=False)
    page = text(client.get(LIST))
    assert NO_REPORT in page
    assert "Tafel A" in page
    assert "Samen terugkijken." in page
    assert "Tafel B" not in page
    assert "1 leertafel gevonden." in page


def test_the_choices_stand_in_the_address():
    north, south = make_region(name="Noord", slug="noord"), make_region(name="Zuid", slug="zuid")
    made = {
        "een": make_page(title="een", region=north, mode="case"),
        "twee": make_page(title="twee", region=south, mode="intervision"),
        "drie": make_page(title="drie", mode="mixed"),
    }
    make_table(made["een"], where={"online_url": "https://voorbeeld.example/x"})
    make_table(made["twee"], where={"venue": make_venue()})
    theme = Theme.objects.create(name="Thema van de proef", slug="proef")
    made["drie"].themes = [Theme.objects.create(name="Eronder", slug="eronder", parent=theme)]
    made["drie"].save()
    assert titles() == ["drie", "een", "twee"]
    assert titles("?thema=eronder") == ["drie"]
    made["een"].themes = [theme]
    made["een"].save()
    assert titles("?thema=proef") == ["drie", "een"]
    assert titles("?regio=noord") == ["drie", "een"]
    assert titles("?vorm=intervision") == ["twee"]
    assert titles("?waar=online") == ["een"]
    assert titles("?waar=op-locatie") == ["twee"]
    assert titles("?regio=zuid&vorm=case") == []
    assert titles("?regio=nergens&vorm=x&waar=" + "y" * 5000) == ["drie", "een", "twee"]
    answer = Client().get(LIST + "?regio=zuid&vorm=case")
    assert "Geen leertafel gevonden" in answer.content.decode()


def test_an_empty_list_says_what_will_stand_here(client):
    assert "Nog geen leertafels" in text(client.get(LIST))


def test_the_list_costs_the_same_for_one_row_and_three(client, settings, django_assert_num_queries):
    settings.MENU_SECONDS = 30
    client.get(LIST)
    for number in (1, 2, 3):
        make_table(make_page(region=make_region()), starts_in=timedelta(days=30 + number))
        if number != 2:
            with django_assert_num_queries(LIST_QUERIES):
                assert len(client.get(LIST).context["listing"].cards) == number


LIST_QUERIES = 6


@pytest.mark.parametrize(
    ("mode", "says", "paper"),
    [
        (
            "intervision",
            "De minuten intervisie waar je bij was, tellen voor reflectie.",
            "bewijs van deelname intervisie",
        ),
        ("mixed", "Alleen de minuten intervisie tellen voor reflectie", "bewijs van deelname intervisie"),
        ("case", "Je krijgt er geen reflectiepunten voor.", "een bewijs van deelname,"),
    ],
)
def test_what_it_counts_for_is_said_before_anybody_joins(client, mode, says, paper):
    table = make_table(mode=mode)
    for address in (f"/aanbod/{table.gathering.offering.slug}/", page_of(table)):
        page = text(client.get(address))
        assert says in page
        assert paper in page
        assert NO_REPORT in page
        assert ("minstens 60 minuten intervisie" in page) == (mode != "case")
        assert "80% van de tijd" in page
        assert f"tot en met {table.gathering.capacity} mensen" in page


def test_a_stranger_sees_dates_and_agreements_and_neither_place_nor_people(client):
    venue = make_venue(name="Zaal Zon")
    table = make_table(where={"venue": venue, "online_url": "https://voorbeeld.example/geheim"})
    lead = facilitator(table)
    people = seated(table, 2)
    page = text(client.get(page_of(table)))
    assert "Log in en schrijf je in" in page
    assert table.promises[0] in page
    for hidden in ("Zaal Zon", "voorbeeld.example/geheim", lead.full_name, *(one.full_name for one in people)):
        assert hidden not in page


def test_what_one_may_not_see_is_not_there(client):
    draft, cancelled = make_table(open_=False), make_table()
    cancel_gathering(gathering=cancelled.gathering, by=None)
    assert client.get(page_of(draft)).status_code == 404
    assert "gaat niet door" in text(client.get(page_of(cancelled)))
    assert client.get("/leertafel/bestaatniet/").status_code == 404


def test_joining_asks_to_sign_and_signing_shows_who_is_there():
    table, person = make_table(), make_person()
    (other,) = seated(table)
    make_membership(other, organisation=make_organisation(name="Buurtteam"))
    make_membership(person, approved_at=clock.now())
    client, url = client_of(person), page_of(table)
    before = text(client.get(url))
    assert "Onderteken na het inschrijven de afspraken" in before
    answer = client.post(reverse("seat_take", args=(table.gathering.public_id,)), follow=True)
    assert answer.redirect_chain[-1][0] == url
    page = text(answer)
    assert "Je hebt de afspraken nog niet ondertekend." in page
    assert other.full_name not in page
    sign = f"{url}afspraken/"
    form = text(client.get(sign))
    assert NO_REPORT in form
    assert table.promises[-1] in form
    refused = text(client.post(sign, {"version": "1"}))
    assert "Vink aan dat je je aan de afspraken houdt" in refused
    assert not Agreement.objects.exists()
    for _click in range(2):
        assert client.post(sign, {"version": "1", "agrees": "on"}).url == url
    assert Agreement.objects.count() == 1
    page = text(client.get(url))
    assert other.shown_name in page
    assert "Buurtteam" in page
    assert "Je hebt dit ondertekend op" in page
    assert "Je hebt dit ondertekend op" in text(client.get(sign))


def test_agreements_that_changed_meanwhile_are_read_again():
    table, person = make_table(), make_person()
    seated(table, person=person)
    client, sign = client_of(person), f"{page_of(table)}afspraken/"
    change_leertafel(leertafel=table, by=None, agreements="Iets anders.")
    page = text(client.post(sign, {"version": "1", "agrees": "on"}))
    assert "De afspraken zijn intussen gewijzigd." in page
    assert "Iets anders." in page
    assert 'name="version" value="2"' in page
    assert not Agreement.objects.exists()


def test_who_has_no_place_has_nothing_to_sign():
    table = make_table()
    sign = f"{page_of(table)}afspraken/"
    assert client_of(make_person()).get(sign).status_code == 404
    assert Client().get(sign).status_code == 302
    assert client_of(facilitator(table)).get(sign).status_code == 200


def test_who_leads_is_shown_the_door_to_the_desk():
    table = make_table()
    lead, stand_in = facilitator(table), facilitator(table, role="stands_in")
    door = f'href="/mijn-groepen/{table.gathering.public_id}/"'
    for one in (lead, stand_in):
        page = text(client_of(one).get(page_of(table)))
        assert door in page
        assert "Wie er aan tafel zitten" in page
        assert "(valt in)" in page
    assert door not in text(client_of(make_person()).get(page_of(table)))


def test_who_takes_part_sees_the_next_meeting_and_may_leave():
    table, person = make_table(sessions=3), make_person()
    lead = facilitator(table)
    seated(table, person=person)
    first = hold(table, present={person: None}, by=lead)
    with clock.frozen(first.ends_at + timedelta(hours=1)):
        client = client_of(person)
        answer = client.get(page_of(table))
        second = table.gathering.sessions.order_by("starts_at")[1]
        assert answer.context["next"] == second
        assert "Meld me af" in text(answer)
        client.post(reverse("seat_cancel", args=(Seat.objects.get(person=person).public_id,)))
        assert "Volgende bijeenkomst" not in text(client.get(page_of(table)))


def test_the_page_of_a_table_costs_the_same_for_one_and_three(django_assert_num_queries):
    table, person = make_table(), make_person()
    seated(table, person=person)
    make_membership(person, approved_at=clock.now())
    sign_agreements(leertafel=table, version=1, by=person)
    client = client_of(person)
    client.get(page_of(table))
    for number in (1, 3):
        with django_assert_num_queries(PAGE_QUERIES):
            assert len(client.get(page_of(table)).context["members"]) == number
        seated(table, 2)


PAGE_QUERIES = 31


def test_the_overview_asks_for_a_signature():
    table, person = make_table(title="Tafel Zuid"), make_person()
    seated(table, person=person)
    client = client_of(person)
    assert "Lees en onderteken" in text(client.get("/mijn/"))
    sign_agreements(leertafel=table, version=1, by=person)
    assert "Lees en onderteken" not in text(client.get("/mijn/"))

"""The screens of the partnership manager: the board, one partner, the week, requests and what may be changed there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from academy.common import clock
from academy.partners.domain.requests import hold_request
from academy.partners.models import (
    Agreement,
    Contact,
    CountedOffering,
    InformationRequest,
    Outreach,
    TeamContact,
)
from academy.people.domain.organisations import merge_organisation
from academy.people.domain.places import merge_municipality
from academy.people.enums import Ring, Role
from academy.people.models import JobFunction
from academy.portal.charts import pairs, shares
from tests.factories import make_membership, make_municipality, make_organisation, make_region, make_with_role
from tests.gatherings.factories import make_offering
from tests.partners.factories import (
    make_agreement,
    make_contact,
    make_local_team,
    make_member,
    make_outreach,
    make_request,
    make_step,
    make_team_contact,
    was_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def els(client, settings):
    settings.ACADEMY_MFA_REQUIRED = False
    person = make_with_role(Role.PARTNERSHIP)
    client.force_login(person)
    return person


@pytest.fixture
def place():
    return make_municipality(name="Dorp", code="GM7001", region=make_region(name="Elders", slug="elders"))


def text(response):
    return response.content.decode()


def day(days):
    return (clock.today() + timedelta(days=days)).isoformat()


# --- the board ------------------------------------------------------------------------------------
def test_white_spots_stand_on_the_first_screen(client, els, place):
    other = make_municipality(name="Stad", region=place.region)
    was_at("kennismaken", make_member(make_local_team(other)))
    make_outreach(other)
    answer = client.get("/partners/", {"regio": "elders"})
    (area,) = answer.context["areas"]
    assert [line.municipality.name for line in area.white] == ["Dorp"]
    assert (answer.context["white"], answer.context["places"]) == (1, 2)
    assert "nog niemand" in text(answer)
    assert text(answer).count(f"{place.code}/") == 2


def test_nonsense_in_the_address_shows_everything(client, els, place):
    answer = client.get("/partners/", {"regio": "nergens", "periode": "ooit"})
    assert len(answer.context["areas"]) > 1
    assert answer.context["form"].period.code == "24m"
    assert client.get("/partners/", {"periode": str(clock.today().year)}).context["form"].period.first.month == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_costs_eight_queries_with_all_that_is_around_it(client, els, number):
    for _ in range(number):
        town = make_municipality()
        was_at("kennismaken", make_member(make_local_team(town)))
        make_step(town, due_in=-2)
        make_request(contact_email=f"x{number}@x.example", municipality=town)
    client.get("/partners/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/partners/")
    assert len(queries) == 8
    assert answer.context["waiting"] == {"overdue": number, "new": number}


def test_a_chart_of_nothing_draws_nothing():
    assert [bar.width for bar in shares([("a", 0)], 0)] == ["0.00"]
    assert [(pair.own, pair.other) for pair in pairs([("a", None, None, ""), ("b", 0, 0, "")])] == [("", ""), ("", "")]
    assert pairs([("a", 5, 10, "")])[0].own == "50.00"


# --- one partner ----------------------------------------------------------------------------------
def test_the_page_of_a_municipality_holds_all_of_it(client, els, place):
    team = make_local_team(place, headcount=9, headcount_on=clock.today())
    was_at("kennismaken", make_member(team))
    make_contact(place, name="Wim Zijlstra", email="wim@x.example", phone="036 1")
    make_agreement(place, team=team, note="met de teamleider")
    make_step(place, due_in=-1, outcome="Fijn gesprek")
    make_step(place, due_in=2, next_step="Daarna dit")
    make_team_contact(team)
    make_request(municipality=place, organisation_name="")
    answer = client.get("/partners/gm7001/")
    shown = text(answer)
    for words in (
        "Wim Zijlstra",
        "met de teamleider",
        "Fijn gesprek",
        "over tijd",
        "Sanne",
        "De Meldcode in de praktijk",
    ):
        assert words in shown
    (row,) = answer.context["rows"]
    assert row.embedded
    assert [step["state"] for step in row.steps] == ["done", "later", "later"]


def test_the_page_of_an_empty_municipality_offers_the_first_step(client, els, place):
    shown = text(client.get("/partners/GM7001/"))
    assert "We kennen hier nog geen lokaal team" in shown
    assert "/partners/GM7001/contactmoment/" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_municipality_costs_the_same_for_more_teams(client, els, place, number):
    for _ in range(number):
        team = make_local_team(place)
        was_at("kennismaken", make_member(team))
        make_team_contact(team)
        make_agreement(place, team=team)
        make_step(place, contact=make_contact(place), owner=els)
        make_request(municipality=place, organisation_name=f"School {team.pk}")
    client.get("/partners/GM7001/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/partners/GM7001/")
    assert len(queries) == 29


def test_a_merged_municipality_says_where_it_went(client, els, place):
    old = make_municipality(name="Beemster", code="GM7002")
    make_contact(old, name="Oude Bekende")
    merge_municipality(municipality=old, into=place, on=clock.today(), by=None)
    answer = client.get("/partners/GM7002/", follow=True)
    assert answer.redirect_chain == [("/partners/GM7001/", 302)]
    assert "Beemster is per" in text(answer)
    assert "Oude Bekende" in text(answer)
    assert client.get("/partners/GM7002/rapport/")["Location"] == "/partners/GM7001/rapport/"
    client.post("/partners/GM7002/contact/", {"name": "Nieuw", "function": "x", "level": "tactical"})
    assert Contact.objects.get(name="Nieuw").municipality == place


def test_the_page_of_an_organisation(client, els):
    organisation = make_organisation(name="De Dijkhof", ring=Ring.SECOND)
    make_contact(organisation=organisation, name="Anja")
    make_step(organisation=organisation)
    address = f"/partners/{organisation.public_id}/"
    assert "Anja" in text(client.get(address))
    assert client.get(f"{address}rapport/").status_code == 404
    into = make_organisation(name="De Grote Dijkhof")
    merge_organisation(organisation=organisation, into=into, on=clock.today(), by=None)
    assert client.get(address)["Location"] == f"/partners/{into.public_id}/"


def test_own_organisations_and_nonsense_are_no_partners(client, els):
    own = make_organisation(is_own=True)
    for code in (own.public_id, "GM9999", "nergens"):
        assert client.get(f"/partners/{code}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_organisations_with_their_last_contact(client, els, number):
    for _ in range(number):
        organisation = make_organisation(ring=Ring.SECOND)
        for days in (40, 20):
            make_outreach(organisation=organisation, held_on=clock.today() - timedelta(days=days))
    client.get("/partners/organisaties/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/partners/organisaties/")
    assert len(queries) == 9
    assert {spoken for _one, spoken in answer.context["rows"]} == {clock.today() - timedelta(days=20)}


def test_no_organisation_yet(client, els):
    assert "Hier staan de organisaties" in text(client.get("/partners/organisaties/"))


# --- the week and the figures ---------------------------------------------------------------------
def test_the_week(client, els, place):
    assert "Niets is over tijd" in text(client.get("/partners/deze-week/"))
    late, soon = make_step(place, due_in=-1, owner=els), make_step(place, due_in=6)
    make_step(place, due_in=7)
    asked = make_request()
    planned = make_request(contact_email="b@x.example")
    InformationRequest.objects.filter(pk=planned.pk).update(state="planned", planned_for=day(-1))
    answer = client.get("/partners/deze-week/")
    assert (list(answer.context["overdue"]), list(answer.context["this_week"])) == ([late], [soon])
    assert (list(answer.context["requests"]), list(answer.context["to_round_off"])) == ([asked], [planned])


@pytest.mark.parametrize("number", [1, 3])
def test_the_week_costs_the_same_for_more(client, els, place, number):
    for due_in in range(number):
        make_step(place, due_in=due_in, contact=make_contact(place), owner=els)
        make_step(place, due_in=-1 - due_in, contact=make_contact(place), owner=els)
        make_request(contact_email=f"x{due_in}@x.example", municipality=place)
    client.get("/partners/deze-week/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/partners/deze-week/")
    assert len(queries) == 10


def shares_of(response, name="shares"):
    return {share.label: (share.part, share.whole) for share in response.context[name]}


def test_figures_of_a_region(client, els, place):
    """One team of two with the Kijkje agreed; a starter who looked in time, one who did not, an officer refreshed."""
    team, _other = make_local_team(place, headcount=4, headcount_on=clock.today()), make_local_team(place)
    prompt = make_member(team, starts_on=clock.today() - timedelta(days=120))
    late = make_member(team, starts_on=clock.today() - timedelta(days=130))
    make_member(team, starts_on=clock.today() - timedelta(days=100))
    was_at("kennismaken", prompt, days_ago=60)
    was_at("kennismaken", late, days_ago=5)
    officer = make_member(team)
    make_membership(
        officer,
        team=team,
        organisation=make_organisation(),
        job_function=JobFunction.objects.get(slug="aandachtsfunctionaris"),
        approved_at=clock.now(),
    )
    session = was_at("trainen", officer, counts=False)
    CountedOffering.objects.create(offering=session.gathering.offering, counts_as="refresher")
    make_agreement(place, team=team)
    former = make_municipality(region=place.region)
    make_outreach(former, kind="offer")
    merge_municipality(municipality=former, into=place, on=clock.today(), by=None)
    make_outreach(organisation=make_organisation(ring=Ring.SECOND))
    asked = make_request(municipality=place)
    hold_request(request=asked, held_on=clock.today(), by=els)
    answer = client.get("/partners/cijfers/", {"regio": "elders"})
    assert shares_of(answer, "municipalities") == {"Kennismaken": (1, 1), "Trainen": (0, 1), "Leertafel": (0, 1)}
    assert shares_of(answer, "teams") == {"Kennismaken": (1, 2), "Trainen": (0, 2), "Leertafel": (0, 2)}
    assert shares_of(answer) == {
        "Mensen die iets afrondden in 24 maanden": (0, None),
        "Nieuwe collega's met een Kijkje binnen 90 dagen": (1, 3),
        "Teams met het Kijkje in het inwerkprogramma": (1, 2),
        "Teams met een bijgeschoolde aandachtsfunctionaris": (1, 2),
        "Gemeenten die dit jaar een aanbod kregen": (1, 1),
        "Organisaties in de tweede ring gesproken in een half jaar": (1, 1),
    }
    found = answer.context["lead_time"]
    assert (found.median_days, found.planned.part, found.planned.whole) == (0, 1, 1)


def test_figures_of_nothing(client, els, place):
    answer = client.get("/partners/cijfers/")
    assert answer.context["lead_time"].median_days is None
    assert "n.v.t." in text(answer)


# --- changing -------------------------------------------------------------------------------------
def test_a_contact_through_the_screens(client, els, place):
    facts = {"name": "Wim", "function": "adviseur", "level": "tactical", "email": "wim@x.example"}
    assert client.post("/partners/GM7001/contact/", facts)["Location"] == "/partners/GM7001/"
    contact = Contact.objects.get()
    address = f"/partners/contacten/{contact.public_id}/"
    assert 'value="wim@x.example"' in text(client.get(address))
    assert "e-mail" in text(client.post(address, {**facts, "email": "nee"}))
    client.post(address, {**facts, "name": "Wim B."})
    assert Contact.objects.get().name == "Wim B."
    assert "vergeten" in text(client.get(f"{address}verwijderen/"))
    client.post(f"{address}verwijderen/")
    assert not Contact.objects.exists()
    assert client.get(address).status_code == 404


def test_an_agreement_through_the_screens(client, els, place):
    team, stranger = make_local_team(place), make_local_team()
    facts = {"kind": "onboarding", "team": team.public_id, "starts_on": day(-3)}
    assert "geldige keuze" in text(client.post("/partners/GM7001/afspraak/", {**facts, "team": stranger.public_id}))
    client.post("/partners/GM7001/afspraak/", facts)
    agreement = Agreement.objects.get()
    address = f"/partners/afspraken/{agreement.public_id}/einde/"
    assert str(team) in text(client.get(address))
    client.post(address, {"on": day(0)})
    assert Agreement.objects.get().ends_on == clock.today()


def test_a_contactmoment_carries_out_a_step(client, els, place):
    step = make_step(place)
    address = f"/partners/GM7001/contactmoment/?stap={step.public_id}"
    assert "Bel terug" in text(client.get(address))
    facts = {"kind": "call", "held_on": day(0), "next_step": "Nog eens", "due_on": day(-5)}
    assert "kies een latere dag" in text(client.post(address, facts))
    assert Outreach.objects.with_open_step().get() == step
    client.post(address, {**facts, "due_on": day(5)})
    assert Outreach.objects.with_open_step().get().next_step == "Nog eens"


def test_a_step_is_put_off_or_dropped(client, els, place):
    step = make_step(place, due_in=-3)
    address = f"/partners/stappen/{step.public_id}/"
    assert "al voorbij" in text(client.post(f"{address}verzetten/", {"due_on": day(-1)}))
    assert client.post(f"{address}verzetten/", {"due_on": day(4)})["Location"] == "/partners/deze-week/"
    assert Outreach.objects.get().due_on == clock.today() + timedelta(days=4)
    client.post(f"{address}gedaan/")
    assert not Outreach.objects.with_open_step().exists()


def test_the_fixed_contact_of_a_team(client, els, place):
    team = make_local_team(place)
    address = f"/partners/teams/{team.public_id}/contact/"
    assert "Geen vaste contactpersoon meer" not in text(client.get(address))
    facts = {"display_name": "Sanne", "work_phone": "06 1", "on": day(0)}
    assert client.post(address, facts)["Location"] == "/partners/GM7001/"
    assert 'value="Sanne"' in text(client.get(address))
    assert client.get(f"{address}einde/").status_code == 200
    client.post(f"{address}einde/")
    assert not TeamContact.objects.current().exists()
    internal = make_local_team(place, kind="internal")
    assert client.get(f"/partners/teams/{internal.public_id}/contact/").status_code == 404
    nowhere = make_local_team(make_municipality())
    nowhere.municipalities.clear()
    answer = client.post(f"/partners/teams/{nowhere.public_id}/contact/", facts)
    assert answer["Location"] == f"/partners/{nowhere.organisation.public_id}/"


def test_what_counts_for_the_second_moment(client, els):
    first, second = make_offering(kind="course"), make_offering(kind="course")
    CountedOffering.objects.create(offering=first, counts_as="set")
    assert "checked" in text(client.get("/partners/meetellen/"))
    client.post("/partners/meetellen/", {"set": [second.pk], "refresher": [first.pk]})
    assert set(CountedOffering.objects.values_list("offering", "counts_as")) == {
        (second.pk, "set"),
        (first.pk, "refresher"),
    }


# --- requests -------------------------------------------------------------------------------------
def test_requests_from_new_to_done(client, els):
    asked = make_request(remarks="Graag 's ochtends", contact_phone="06 1")
    address = f"/partners/aanvragen/{asked.public_id}/"
    assert str(asked) in text(client.get("/partners/aanvragen/"))
    assert "ria@school.example" in text(client.get(address))
    assert "al voorbij" in text(client.post(f"{address}inplannen/", {"planned_for": day(-1)}))
    assert client.post(f"{address}inplannen/", {"planned_for": day(0)})["Location"] == address
    assert str(asked) in text(client.get("/partners/aanvragen/?staat=planned"))
    client.post(f"{address}gegeven/", {"held_on": day(0)})
    assert InformationRequest.objects.get().state == "held"
    shown = text(client.get(address))
    assert "Wijs af" not in shown
    assert "Gegeven op" in shown
    assert "al afgerond" in text(client.post(f"{address}afwijzen/", {"reason": "te laat"}))


def test_a_request_is_declined_with_a_reason(client, els):
    known = make_organisation(name="De Vlieger")
    asked = make_request(organisation_name="De Vlieger", municipality=make_municipality(name="Dorp"))
    address = f"/partners/aanvragen/{asked.public_id}/"
    assert known.public_id in text(client.get(address))
    assert client.post(f"{address}afwijzen/", {"reason": " "}).status_code == 200
    client.post(f"{address}afwijzen/", {"reason": "Kies de e-learning."})
    assert "Kies de e-learning." in text(client.get(address))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_list_of_requests_costs_the_same_for_more(client, els, number):
    for one in range(number):
        make_request(contact_email=f"x{one}@x.example", municipality=make_municipality())
    client.get("/partners/aanvragen/")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/partners/aanvragen/?staat=onzin")
    assert len(queries) == (7 if not number else 8)
    assert len(answer.context["page"]) == number

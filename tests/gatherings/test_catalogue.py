from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from wagtail.models import PageViewRestriction

from academy.common import clock
from academy.gatherings import catalogue as module
from academy.gatherings.catalogue import catalogue
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.enums import Audience, Form, GatheringState, OfferingKind
from academy.gatherings.models import Accreditation, Gathering, KeptPlace, Offering
from academy.gatherings.querysets import count_places
from academy.gatherings.situations import points, situation, when
from academy.knowledge.enums import Pillar
from academy.knowledge.models import Theme
from certificates.credits.models import Chamber, Registration
from tests.factories import make_membership, make_municipality, make_organisation, make_person
from tests.gatherings.factories import local, make_gathering, make_offering, make_venue
from tests.leertafels.factories import make_table
from tests.permissions.world import log_in

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def titles(user=VISITOR, **asked):
    return [card.title for card in catalogue(user, asked).cards]


def accredit(offering, chamber="SKJ:JGP", **values):
    found = Chamber.objects.with_code(chamber).get()
    today = clock.today()
    values = {"points": Decimal(6), "requirement": "DB", "number": "SKJ1", **values}
    values.setdefault("valid_from", today - timedelta(days=100))
    values.setdefault("valid_to", today + timedelta(days=300))
    return Accreditation.objects.create(offering=offering, register=found.register, chamber=found, **values)


def register(person, chamber="SKJ:JGP"):
    return Registration.objects.create(person=person, chamber=Chamber.objects.with_code(chamber).get())


def test_each_facet_narrows_by_itself_and_with_another():
    theme = Theme.objects.get(slug="intieme-terreur")
    one = make_offering(title="Een", form=Form.WEBINAR, pillar=Pillar.VITALITY)
    one.themes.add(theme)
    one.save()
    two = make_offering(title="Twee")
    Offering.objects.filter(pk=two.pk).update(kind=OfferingKind.KIJKJE)
    assert sorted(titles()) == ["Een", "Twee"]
    assert titles(thema="intieme-terreur") == ["Een"]
    assert titles(thema=theme.parent.slug) == ["Een"]
    assert titles(vorm="webinar") == ["Een"]
    assert titles(soort="kijkje") == ["Twee"]
    assert titles(pijler="vitality") == ["Een"]
    assert titles(vorm="webinar", soort="kijkje") == []


@pytest.mark.parametrize("value", ["onzin", "2027-99", "a\x00b", "x" * 5000, "1; DROP TABLE"])
def test_what_is_no_choice_counts_as_not_asked(value):
    make_offering(title="Een")
    for name in ("thema", "vorm", "soort", "pijler", "regio", "periode", "kamer", "page"):
        assert titles(**{name: value}) == ["Een"], name


def test_a_month_finds_what_has_a_session_in_it(at):
    with at("2027-01-10 09:00"):
        first = make_gathering(starts_in=timedelta(days=40), sessions=4)
        make_gathering(starts_in=timedelta(days=100))
        assert titles(periode="2027-02") == [first.offering.title]
        assert titles(periode="2027-03") == [first.offering.title]
        assert titles(periode="2027-07") == []
        months = catalogue(VISITOR, {}).facets["period"].choices
        assert [(months[0].value, months[0].label), (months[11].value, months[11].label)] == [
            ("2027-01", "januari 2027"),
            ("2027-12", "december 2027"),
        ]


def test_a_region_finds_what_keeps_places_there():
    municipality, other = make_municipality(), make_municipality()
    gathering = make_gathering(capacity=10)
    make_gathering(capacity=10)
    KeptPlace.objects.create(gathering=gathering, kept_for="municipality", municipality=municipality, places=2)
    assert [choice.value for choice in catalogue(VISITOR, {}).facets["region"].choices] == [municipality.region.slug]
    assert titles(regio=municipality.region.slug) == [gathering.offering.title]
    assert len(titles(regio=other.region.slug)) == 2


def test_words_are_found_by_their_stem_and_best_first():
    make_offering(title="Gesprekken met kinderen")
    make_offering(title="Iets anders", introduction="Een gesprek hoort erbij.")
    make_offering(title="Stalking")
    assert sorted(titles(q="gesprek")) == ["Gesprekken met kinderen", "Iets anders"]
    assert titles(q="kinderen gesprek") == ["Gesprekken met kinderen"]
    assert titles(q="onvindbaar") == []
    assert titles(q="gesprek", vorm="webinar") == []


def test_visibility_is_the_only_gate():
    shown = make_offering(title="Voor iedereen")
    make_offering(title="Voor ons", audience=Audience.INTERNAL)
    make_offering(title="Op uitnodiging", audience=Audience.INVITATION)
    make_offering(title="Niet af", live=False, kind=OfferingKind.COURSE)
    colleague = make_membership(organisation=make_organisation(is_own=True)).person
    assert titles() == ["Voor iedereen"]
    assert titles(make_person()) == ["Voor iedereen"]
    assert sorted(titles(colleague)) == ["Voor iedereen", "Voor ons"]
    PageViewRestriction.objects.create(page=shown, restriction_type="login")
    assert titles() == []
    assert titles(make_person()) == ["Voor iedereen"]


def test_dates_on_a_card_follow_the_person():
    offering = make_offering()
    make_gathering(offering=offering)
    for hidden in (
        {"audience": Audience.INTERNAL},
        {"state": GatheringState.DRAFT},
        {"state": GatheringState.CANCELLED, "cancelled_at": clock.now()},
        {"starts_in": timedelta(days=-3)},
    ):
        make_gathering(offering=offering, **hidden)
    (card,) = catalogue(VISITOR, {}).cards
    assert (len(card.dates), card.more) == (1, 0)
    colleague = make_membership(organisation=make_organisation(is_own=True)).person
    (card,) = catalogue(colleague, {}).cards
    assert (len(card.dates), card.more) == (2, 0)
    make_gathering(offering=offering)
    (card,) = catalogue(colleague, {}).cards
    assert (len(card.dates), card.more) == (2, 1)


def test_what_begins_first_stands_first_and_what_has_no_date_last():
    none = make_offering(title="Geen datum")
    later = make_gathering(starts_in=timedelta(days=9)).offering
    soon = make_gathering(starts_in=timedelta(days=2)).offering
    assert titles() == [soon.title, later.title, none.title]


def test_a_table_that_runs_stands_where_its_next_meeting_does(at):
    """Not behind everything, as if it had no date."""
    with at("2027-03-01 09:00"):
        table = make_table(sessions=2, starts_in=timedelta(days=10), weeks=6)  # 11 March and 22 April
        sooner, later = make_offering(title="Eerder"), make_offering(title="Later")
        make_gathering(offering=sooner, starts_in=timedelta(days=40))
        make_gathering(offering=later, starts_in=timedelta(days=70))
    with at("2027-03-20 09:00"):
        assert titles() == ["Eerder", table.gathering.offering.title, "Later"]


def test_pages_follow_each_other():
    for number in range(module.PER_PAGE + 1):
        make_offering(title=f"Nummer {number:02}")
    assert (len(titles()), len(titles(page="2"))) == (12, 1)
    assert set(titles()).isdisjoint(titles(page="2"))
    assert titles(page="onzin") == titles()


def test_many_stand_newest_first_and_every_one_is_on_a_page(monkeypatch):
    monkeypatch.setattr(module, "MOST", 24)
    made = [make_offering(title=f"Nummer {number:02}").title for number in range(40)]
    first = catalogue(VISITOR, {})
    assert first.many
    pages = [titles(page=str(number)) for number in range(1, 5)]
    assert [title for page in pages for title in page] == made[::-1]
    assert titles(page="999") == pages[0]
    assert not catalogue(VISITOR, {"q": "nummer"}).many


@pytest.mark.parametrize(
    ("values", "taken", "words", "tone", "joinable"),
    [
        ({"capacity": 5}, 0, "5 plekken", "done", True),
        ({"capacity": 5}, 2, "nog 3 plekken", "soon", True),
        ({"capacity": 5}, 4, "nog 1 plek", "soon", True),
        ({"capacity": 2}, 2, "vol, nog niemand wacht", "soon", True),
        ({"capacity": 2}, 3, "vol, 1 wachtende", "soon", True),
        ({"capacity": 2}, 6, "vol, 4 wachtenden", "soon", True),
        ({}, 3, "altijd plek", "done", True),
        ({"sessions": 0}, 0, "begin wanneer je wilt", "done", True),
        ({"opens_at": local("2027-03-01 09:00")}, 0, "opent 1 maart", "quiet", False),
        (
            {"opens_at": local("2028-03-01 09:00"), "starts_in": timedelta(days=900)},
            0,
            "opent 1 maart 2028",
            "quiet",
            False,
        ),
        ({"closes_at": local("2027-01-05 09:00")}, 0, "inschrijven is gesloten", "quiet", False),
        ({"starts_in": timedelta(hours=-1)}, 0, "al begonnen", "quiet", False),
        ({"starts_in": timedelta(days=-2)}, 0, "voorbij", "quiet", False),
        ({"state": GatheringState.DRAFT}, 0, "nog niet open", "quiet", False),
        ({"state": GatheringState.CANCELLED}, 0, "gaat niet door", "late", False),
        ({"state": GatheringState.CLOSED, "closed_at": local("2027-01-01 09:00")}, 0, "voorbij", "quiet", False),
        ({"kind": "leertafel", "starts_in": timedelta(days=-7), "sessions": 3}, 0, "altijd plek", "done", True),
    ],
)
def test_a_situation_in_words(at, values, taken, words, tone, joinable):
    with at("2027-01-10 09:00"):
        gathering = make_gathering(**values)
        for _number in range(taken):
            person = make_person()
            take_seat(person=person, gathering=gathering, by=person)
        found = situation(Gathering.objects.with_counts().get(pk=gathering.pk))
    assert (found.words, found.tone, found.joinable) == (words, tone, joinable)


@pytest.mark.parametrize(
    ("values", "facts"),
    [
        ({"form": Form.E_LEARNING}, "E-learning"),
        ({"form": Form.WORKSHOP, "study_load_minutes": 150}, "Workshop · 2 uur 30"),
        ({"form": Form.WORKSHOP, "study_load_minutes": 120, "price": Decimal("45.5")}, "Workshop · 2 uur · € 45,50"),
    ],
)
def test_a_card_says_form_study_load_and_price_in_one_line(client, values, facts):
    make_offering(**values)
    assert [card.facts for card in catalogue(VISITOR, {}).cards] == [facts]
    assert f'<p class="meta">{facts}</p>' in client.get("/aanbod/").content.decode()


def test_places_counted_apart_are_those_counted_inside():
    """Kept and used, kept too long ago, waiting, ended, and nothing at all."""
    moment, starter = clock.now(), make_person(introduced_at=None)
    free, full, kept = make_gathering(), make_gathering(capacity=1), make_gathering(capacity=6)
    KeptPlace.objects.create(gathering=kept, kept_for="externals", places=3)
    KeptPlace.objects.create(gathering=kept, kept_for="starters", places=2, until=moment - timedelta(hours=1))
    for gathering in (full, kept):
        for person in (make_person(), make_person(), starter):
            take_seat(person=person, gathering=gathering, by=person)
    left = make_person()
    cancel_seat(seat=take_seat(person=left, gathering=kept, by=left).seat, by=left)
    rows = Gathering.objects.order_by("pk")
    counted = [(one.pk, one.seats_held, one.places_kept, one.waiting) for one in count_places(list(rows), moment)]
    assert counted == [(one.pk, one.seats_held, one.places_kept, one.waiting) for one in rows.with_places()]
    assert counted == [(free.pk, 0, 0, 0), (full.pk, 1, 0, 2), (kept.pk, 3, 0, 0)]


def test_when_names_one_day_with_its_hours_and_several_by_their_ends(at):
    with at("2027-01-10 09:00"):
        assert when(make_gathering()) == "di 9 februari 2027, 09.00-11.00 uur"
        assert when(make_gathering(sessions=3)) == "9 tot en met 23 februari 2027"
        assert when(make_gathering(sessions=0)) == "op elk moment"


def test_points_are_those_of_ones_own_chamber():
    offering, person = make_offering(), make_person()
    rows = [accredit(offering), accredit(offering, requirement="R", points=Decimal("1.5"))]
    other = register(make_person(), "SKJ:JZW")
    mine = register(person)
    assert points([], [mine]) is None
    assert (points(rows, [mine]).words, points(rows, [mine]).mine) == ("telt voor jouw kamer: 7,5 punten", True)
    assert (points(rows, [other]).words, points(rows, []).mine) == ("7,5 punten voor SKJ", False)


def test_points_hold_only_while_they_are_granted():
    offering = make_offering()
    asked, over = (
        accredit(offering, number=""),
        accredit(offering, requirement="R", valid_to=clock.today() - timedelta(days=1)),
    )
    nothing = accredit(offering, requirement="S", points=Decimal(0))
    assert points([asked, over, nothing], []) is None
    assert points([over], [], clock.today() - timedelta(days=2)).words == "6 punten voor SKJ"


def test_my_chamber_finds_what_counts_for_it():
    person = make_person()
    counting, expired = make_offering(title="Telt"), make_offering(title="Verlopen")
    make_offering(title="Zonder")
    accredit(counting)
    accredit(expired, valid_to=date(2020, 1, 1), valid_from=date(2019, 1, 1))
    assert len(titles(person, kamer="1")) == 3
    register(person)
    assert titles(person, kamer="1") == ["Telt"]
    assert catalogue(person, {"kamer": "1"}).cards[0].points.words == "telt voor jouw kamer: 6 punten"
    whole = accredit(make_offering(title="Heel het register"))
    Accreditation.objects.filter(pk=whole.pk).update(chamber=None)
    assert sorted(titles(person, kamer="1")) == ["Heel het register", "Telt"]


def test_the_page_shows_words_and_keeps_what_was_chosen(client):
    make_gathering(capacity=3)
    page = client.get("/aanbod/", {"vorm": "classroom", "q": ""})
    assert "nog 3 plekken" in page.content.decode()
    assert '<option value="classroom" selected>' in page.content.decode()
    assert "Alleen wat telt voor mijn kamer" not in page.content.decode()
    assert client.get("/aanbod/", {"q": "onvindbaar"}).status_code == 200
    person = make_person()
    register(person)
    assert "Alleen wat telt voor mijn kamer" in log_in(person).get("/aanbod/").content.decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("x" * 201, "Je zoekvraag is te lang."),
        ("de", "Zulke woorden staan in elke tekst."),
        ("??", "Daar staan geen woorden in."),
    ],
)
def test_words_that_cannot_be_looked_for_are_told_why(client, words, said):
    make_offering(title="Intieme terreur")
    assert said in (page := client.get("/aanbod/", {"q": words}).content.decode())
    assert "Intieme terreur" not in page
    assert "Probeer een ander woord" in client.get("/aanbod/", {"q": "x" * 200}).content.decode()


def test_an_empty_catalogue_says_what_will_stand_here(client):
    assert "Nog geen aanbod" in client.get("/aanbod/").content.decode()


def test_a_visitor_gets_the_page_from_memory_without_a_query(client, settings, django_assert_num_queries):
    settings.PUBLIC_PAGE_SECONDS = 30
    client.handler.load_middleware()
    gathering = make_gathering()
    for address in ("/aanbod/", f"/aanbod/{gathering.offering.slug}/", f"/uitvoering/{gathering.public_id}/"):
        first = client.get(address)
        with django_assert_num_queries(0):
            second = client.get(address)
        assert second.content == first.content
        assert second["Cache-Control"].startswith("public")
    assert log_in(make_person()).get("/aanbod/")["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_catalogue_asks_as_much_for_three_as_for_one(client, settings, django_assert_num_queries, rows):
    for _row in range(rows):
        accredit(make_gathering(capacity=3).offering)
    client.get("/aanbod/")
    with django_assert_num_queries(9):
        client.get("/aanbod/")
    # As in real life: menus remember which pages there are, which takes three of these.
    settings.MENU_SECONDS = 30
    client.get("/aanbod/")
    with django_assert_num_queries(6):
        client.get("/aanbod/")
    member = log_in(make_person())
    with django_assert_num_queries(11):
        member.get("/aanbod/")


def test_a_region_finds_what_is_held_at_an_open_place_there():
    municipality = make_municipality()
    there, closed, past = (make_gathering(), make_gathering(), make_gathering(starts_in=timedelta(days=-3)))
    place = make_venue(municipality=municipality)
    there.sessions.update(venue=place)
    past.sessions.update(venue=place)
    assert titles(regio=municipality.region.slug) == [there.offering.title]
    secret = make_municipality()
    closed.sessions.update(venue=make_venue(municipality=secret, kind="closed"))
    cache.clear()
    choices = [choice.value for choice in catalogue(VISITOR, {}).facets["region"].choices]
    assert choices == [municipality.region.slug]
    assert len(titles(regio=secret.region.slug)) == 3

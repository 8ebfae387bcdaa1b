"""One's own pages: overview, agenda, feed, seats and portfolio."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from academy.common import clock
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.planning import open_gathering
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.models import Attendance, Offering, Session
from academy.gatherings.rules import has_agenda
from academy.people.domain.leaving import leave
from academy.people.domain.tokens import create_token, revoke_token
from academy.people.enums import Role, TokenKind
from academy.people.models import AccessToken
from academy.portal.mine_overview import overview_of, seats_ahead
from certificates.credits.domain.events import grant
from certificates.domain.recognition import correct, recognise
from certificates.models import OwnActivity
from courses.domain.runs import plan_run
from courses.kijkje.domain.preparing import begin_preparation
from courses.learning.domain.lessons import finish_lesson
from courses.learning.domain.testing import hand_in
from courses.learning.models import Attempt
from tests.courses.factories import RIGHT, make_e_learning
from tests.credits.factories import registered, trained
from tests.factories import make_membership, make_person, make_with_role
from tests.gatherings.factories import local, make_gathering, make_venue
from tests.kijkje.factories import make_kijkje
from tests.leertafels.factories import make_table, seated as seat_at_table
from tests.paths.factories import make_path

pytestmark = pytest.mark.django_db
# Session, account and roles of the log-in; the site, what is closed in it, and the pages of the menu.
AROUND = 6


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text_of(person, address="/mijn/") -> str:
    answer = client_of(person).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def overview(person):
    return overview_of(person, list(seats_ahead(person)), with_pace=True)


def take(person, **values):
    gathering = make_gathering(**values)
    return take_seat(person=person, gathering=gathering, by=person).seat


def done(person, number, **values):
    return recognise(achievement=trained(person, source_key=f"seat:{number}", **values), by=None)


def start_e_learning(person):
    run = plan_run(course=make_e_learning(), sessions=[], by=None)
    open_gathering(gathering=run.gathering, by=None)
    return take_seat(person=person, gathering=run.gathering, by=person).seat


def fill(person, rows):
    """``rows`` of everything that stands on one's own pages."""
    registered(person)
    registered(person, "REGISTERPLEIN:MW")
    for number in range(rows):
        take(person, starts_in=timedelta(days=30 + number))
        done(person, f"{person.pk}-{number}", day=date(2026, 3, 2) + timedelta(days=number))
        start_e_learning(person)


def follow_a_route(person):
    """A place of work with a leerroute of all her courses, a leertafel to sign for and a Kijkje to prepare."""
    make_membership(person, approved_at=clock.now())
    make_path(*Offering.objects.filter(gatherings__seats__person=person).order_by("pk"))
    seat_at_table(make_table(starts_in=timedelta(days=400)), person=person)
    begin_preparation(page=make_kijkje(), by=person)


@pytest.mark.parametrize("rows", [1, 100])
def test_the_overview_asks_the_same_whatever_is_there(rows):
    person = make_person()
    fill(person, rows)
    follow_a_route(person)
    client = client_of(person)
    client.get("/mijn/")
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/mijn/").content.decode()
    for part in ("Jouw drie momenten", "Je leerroute", "Lees en onderteken", "Herregistratie op", "/certificaat/"):
        assert part in text
    assert len(queries) == AROUND + 8


@pytest.mark.parametrize(
    ("address", "own"),
    [("/mijn/agenda/", 4), ("/mijn/plekken/", 2), ("/mijn/portfolio/", 5), ("/mijn/registratie/", 6)],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_whatever_is_there(address, own, rows):
    person = make_person()
    fill(person, rows)
    client = client_of(person)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == AROUND + own


def test_who_is_new_is_told_what_to_do_first():
    text = text_of(make_person())
    assert "Je hebt nog niets op de agenda." in text
    assert "Voeg je registratie toe" in text
    assert "Te doen" not in text


def test_the_first_page_after_logging_in(settings):
    assert settings.LOGIN_REDIRECT_URL == "/mijn/"
    assert Client().get("/mijn/").status_code == 302


def test_next_session_is_the_first_that_is_not_over_and_led_ones_count():
    person, lead = make_person(), make_person()
    later = take(person, starts_in=timedelta(days=20)).gathering
    soon = take(person, starts_in=timedelta(days=10)).gathering
    assign_lead(gathering=later, person=lead, role="gives", by=None)
    assert [one.gathering for one in overview(person).sessions] == [soon, later]
    (led,) = overview(lead).sessions
    assert (led.gathering, led.is_led) == (later, True)
    assert "jij begeleidt" in text_of(lead)
    with clock.frozen(soon.ends_at):
        assert [one.gathering for one in overview(person).sessions] == [later]


def test_an_offer_waits_until_it_is_answered():
    first, person = make_person(), make_person()
    gathering = make_gathering(capacity=1)
    seat = take_seat(person=first, gathering=gathering, by=first).seat
    take_seat(person=person, gathering=gathering, by=person)
    before = overview(person)
    assert (before.tasks, before.waiting) == ((), 1)
    cancel_seat(seat=seat, by=first)
    after = overview(person)
    assert [(task.title, bool(task.offer)) for task in after.tasks] == [(gathering.title, True)]
    assert after.waiting == 0
    assert "Er is een plek voor je vrij. Antwoord voor" in text_of(person)


def test_lessons_then_the_test_then_nothing():
    person = make_person()
    seat = start_e_learning(person)

    def told():
        return [(task.text, task.action) for task in overview(person).tasks]

    assert told() == [("0 van de 2 lessen gedaan.", "Begin")]
    finish_lesson(seat=seat, lesson="l1", by=person)
    assert told() == [("1 van de 2 lessen gedaan.", "Ga verder")]
    finish_lesson(seat=seat, lesson="l2", by=person)
    assert told() == [("Je hebt alle lessen gedaan. Nu de toets nog.", "Naar de toets")]
    hand_in(seat=seat, answers=RIGHT, number=1, by=person)
    assert told() == []
    assert reverse("learn", args=[seat.gathering.public_id]) not in text_of(person)


def test_everything_done_on_the_screen_asks_nothing_more():
    person = make_person()
    seat = start_e_learning(person)
    for lesson in ("l1", "l2"):
        finish_lesson(seat=seat, lesson=lesson, by=person)
    Attempt.objects.create(
        seat=seat, number=1, submitted_at=clock.now(), right=4, asked=4, passed=True, answers={}, outcome=[]
    )
    assert overview(person).tasks == ()


def test_many_tasks_are_cut_off_and_counted():
    person = make_person()
    for _number in range(7):
        start_e_learning(person)
    found = overview(person)
    assert (len(found.tasks), found.more_tasks) == (5, 2)


def test_the_pace_can_be_hidden_and_shown_again():
    person = make_person()
    registered(person)
    client = client_of(person)
    assert "meter__pace" in client.get("/mijn/").content.decode()
    client.post("/mijn/tempo/", {"toon": "uit"})
    assert "meter__pace" not in client.get("/mijn/").content.decode()
    assert "Gemiddeld zou je nu" not in client.get("/mijn/registratie/").content.decode()
    client.post("/mijn/tempo/", {"toon": "aan"})
    assert "meter__pace" in client.get("/mijn/").content.decode()


def test_certificates_stand_there_and_what_was_withdrawn_does_not():
    person, other = make_person(), make_person()
    mine = done(person, "a").certificate
    done(other, "b")
    assert list(overview(person).certificates) == [mine]
    assert f"/certificaat/{mine.code}/" in text_of(person)
    assert f"/certificaat/{mine.code}/" not in text_of(other)


def test_the_agenda_groups_by_day_and_keeps_a_closed_place_to_itself(at):
    person = make_person()
    with at("2027-03-01 08:00"):
        begins = local("2027-03-03 19:30") - clock.now()
        gathering = take(person, starts_in=begins, title="Avond over hechting").gathering
        Session.objects.update(venue=make_venue(name="Kanarie", kind="closed"))
        text = text_of(person, "/mijn/agenda/")
        assert "woensdag 3 maart 2027" in text
        assert "19.30-21.30" in text
        assert "Besloten adres" in text
        assert "Kanarie" not in text
        assert text.count("Avond over hechting") == 2
        assert text_of(person, "/mijn/agenda/?week=2027-W12").count("Avond over hechting") == 1
        assert "Week 9" in text_of(person, "/mijn/agenda/?week=2027-W99")
        assert "Week 9" in text_of(person, "/mijn/agenda/?week=onzin")
        assert gathering.title not in text_of(make_person(), "/mijn/agenda/")


def test_who_only_looks_on_has_no_agenda():
    for role in (Role.ADMIN, Role.AUDITOR):
        assert not has_agenda(make_with_role(role))
    assert has_agenda(make_with_role(Role.TRAINER))
    assert not has_agenda(AnonymousUser())


def events_of(answer):
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_feed_works_without_a_log_in_until_it_is_revoked_or_the_person_leaves():
    person = make_person()
    take(person)
    token, secret = create_token(person=person, kind=TokenKind.FEED)
    _other, second = create_token(person=person, kind=TokenKind.FEED)
    (event,) = events_of(Client().get("/mijn/agenda.ics", {"token": secret}))
    assert str(event["SUMMARY"]) == "Afspraak Blijf Groeien Academie"
    assert len(events_of(client_of(person).get("/mijn/agenda.ics"))) == 1
    revoke_token(token=token, by=person)
    assert Client().get("/mijn/agenda.ics", {"token": secret}).status_code == 404
    assert Client().get("/mijn/agenda.ics", {"token": second}).status_code == 200
    leave(person=person, by=None)
    assert Client().get("/mijn/agenda.ics", {"token": second}).status_code == 404


def test_the_feed_refuses_another_kind_of_key_and_sends_strangers_to_the_log_in():
    person = make_person()
    _token, secret = create_token(person=person, kind=TokenKind.API)
    assert Client().get("/mijn/agenda.ics", {"token": secret}).status_code == 404
    assert client_of(person).get("/mijn/agenda.ics", {"token": "onzin"}).status_code == 404
    assert Client().get("/mijn/agenda.ics").status_code == 302


def test_subscribing_shows_an_address_that_works_once(settings):
    person = make_person()
    client = client_of(person)
    text = client.post("/mijn/agenda/abonneren/").content.decode()
    address = re.search(r'value="([^"]+token=[^"]+)"', text)[1]
    assert address.startswith(f"{settings.PUBLIC_URL}/mijn/agenda.ics?token=")
    assert Client().get(address.removeprefix(settings.PUBLIC_URL)).status_code == 200
    assert address not in client.get("/mijn/agenda/").content.decode()
    assert reverse("token_revoke", args=[AccessToken.objects.get().public_id]) in text_of(person, "/mijn/agenda/")


def test_a_twenty_first_key_is_refused_with_a_sentence():
    person = make_person()
    for _number in range(20):
        create_token(person=person, kind=TokenKind.FEED)
    answer = client_of(person).post("/mijn/agenda/abonneren/", follow=True)
    assert "Je hebt al twintig sleutels." in answer.content.decode()
    assert AccessToken.objects.count() == 20


def test_seats_say_in_words_how_they_stand():
    person, first = make_person(), make_person()
    full = make_gathering(capacity=1, title="Vol")
    take_seat(person=first, gathering=full, by=first)
    take_seat(person=person, gathering=full, by=person)
    cancel_seat(seat=take(person, title="Af", starts_in=timedelta(days=90)), by=person)
    past = take(person, title="Voorbij", starts_in=timedelta(days=1)).gathering
    Attendance.objects.create(
        session=past.sessions.get(), person=person, status="present", minutes=90, version=1, recorded_at=clock.now()
    )
    start_e_learning(person)
    with clock.frozen(past.ends_at):
        text = text_of(person, "/mijn/plekken/")
    assert "op de wachtlijst, plaats 1" in text
    assert "afgemeld" in text
    assert "bijgewoond" in text
    assert "1 uur 30" in text
    assert "in je eigen tempo" in text
    assert "Schrijf je ergens voor in" in text_of(make_person(), "/mijn/plekken/")


def test_the_portfolio_holds_what_was_recognised_and_shows_a_correction_once():
    person = make_person()
    registered(person)
    before = done(person, "a", title="Oude titel")
    grant(entry=before.entries[0], points=Decimal(5), on=date(2026, 4, 1), by=person)
    text = text_of(person, "/mijn/portfolio/")
    assert "Oude titel" in text
    assert "5 punten SKJ" in text
    assert "Samen 6 uur." in text
    correct(achievement=trained(person, source_key="seat:a", title="Nieuwe titel"), reason="Naam", by=None)
    text = text_of(person, "/mijn/portfolio/")
    assert "Oude titel" not in text
    assert "Nieuwe titel" in text
    assert "Hier komt alles wat je afrondt" in text_of(make_person(), "/mijn/portfolio/")


def test_what_one_did_elsewhere_stands_in_the_portfolio_until_one_takes_it_away():
    person = make_person()
    client = client_of(person)
    filled = {
        "title": "Symposium",
        "provider": "Stichting Voorbeeld",
        "on": clock.today().isoformat(),
        "hours": "1,5",
        "evidence": "Bewijs in mijn map",
    }
    for wrong in ({"hours": "0"}, {"hours": "101"}, {"on": "2999-01-01"}, {"evidence": ""}):
        answer = client.post("/mijn/portfolio/eigen/", filled | wrong)
        assert list(answer.context["form"].errors) == list(wrong)
    assert client.post("/mijn/portfolio/eigen/", filled)["Location"] == "/mijn/portfolio/"
    page = client.get("/mijn/portfolio/").text
    for words in ("Symposium", "Stichting Voorbeeld", "zelf ingevoerd", "1 uur 30", "Bewijs in mijn map"):
        assert words in page
    activity = OwnActivity.objects.get()
    away = f"/mijn/portfolio/eigen/{activity.public_id}/weg/"
    assert client_of(make_person()).post(away).status_code == 404
    assert "weggehaald" in client.post(away, follow=True).text
    assert "Symposium" not in client.get("/mijn/portfolio/").text

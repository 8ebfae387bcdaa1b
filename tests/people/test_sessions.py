"""Where somebody is logged in: her own sessions, one by one and all at once."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from academy.common import clock
from academy.people.domain.signing_in import open_sessions
from academy.people.models import AuditEntry
from academy.people.views.sessions import device
from tests.factories import make_person
from tests.people.door import log_in

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"


def inside(client):
    return client.get(reverse("account_security")).status_code == 200


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def here(person):
    return logged_in_with(person, LAPTOP)


def logged_in_with(person, agent):
    client = Client(headers={"user-agent": agent})
    log_in(client, person)
    return client


def number_of(client):
    return UserSession.objects.get(session_key=client.session.session_key).pk


def test_one_session_ends_and_the_others_stay(person, here):
    phone, other = logged_in_with(person, PHONE), logged_in_with(person, LAPTOP)
    page = here.get(reverse("session_list")).content.decode()
    assert "Safari op iPhone" in page
    assert page.count("Edge op Windows") >= 2
    answer = here.post(reverse("session_end", args=[number_of(phone)]), follow=True)
    assert "Je bent uitgelogd op Safari op iPhone." in answer.content.decode()
    assert [inside(client) for client in (here, phone, other)] == [True, False, True]
    assert AuditEntry.objects.filter(action="session.end", actor=person, subject=person).count() == 1


def test_a_second_click_ends_nothing_more(person, here):
    phone = logged_in_with(person, PHONE)
    number = number_of(phone)
    assert here.post(reverse("session_end", args=[number])).status_code == 302
    assert here.post(reverse("session_end", args=[number])).status_code == 404
    assert inside(here)


def test_all_others_end_at_once(person, here):
    others = [logged_in_with(person, PHONE), logged_in_with(person, LAPTOP)]
    assert "Log overal anders uit" in here.get(reverse("session_list")).content.decode()
    for _click in range(2):
        assert here.post(reverse("sessions_end")).status_code == 302
    assert inside(here)
    assert not any(inside(client) for client in others)
    assert AuditEntry.objects.filter(action="session.end").count() == 2
    assert "Log overal anders uit" not in here.get(reverse("session_list")).content.decode()


def test_the_session_of_somebody_else_and_ones_own_are_not_there_to_end(person, here):
    stranger = logged_in_with(make_person(), PHONE)
    assert here.post(reverse("session_end", args=[number_of(stranger)])).status_code == 404
    assert here.post(reverse("session_end", args=[number_of(here)])).status_code == 404
    here.post(reverse("sessions_end"))
    assert inside(stranger)
    assert inside(here)


def test_the_list_of_the_library_is_ours(here):
    page = here.get(reverse("usersessions_list"))
    assert page.templates[0].name == "people/sessions.html"
    assert here.post(reverse("usersessions_list")).status_code == 405


@pytest.mark.parametrize("sessions", [1, 3])
def test_queries_do_not_grow_with_sessions(person, sessions, django_assert_num_queries):
    client, *_others = [logged_in_with(person, PHONE) for _one in range(sessions)]
    with django_assert_num_queries(8):
        page = client.get(reverse("session_list"))
    assert page.content.decode().count("<h2>Safari op iPhone") == sessions


def test_what_a_new_password_or_the_clock_closed_is_not_listed(person):
    before = logged_in_with(person, PHONE)
    assert [one.session_key for one in open_sessions(person=person)] == [before.session.session_key]
    person.set_password("een-heel-ander-wachtwoord")
    person.save()
    assert open_sessions(person=person) == []
    here = Client(headers={"user-agent": LAPTOP})
    log_in(here, person, "een-heel-ander-wachtwoord")
    assert len(open_sessions(person=person)) == 1
    with clock.frozen(clock.now() + timedelta(days=40)):
        assert open_sessions(person=person) == []


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (PHONE, "Safari op iPhone"),
        (LAPTOP, "Edge op Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox op Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "Chrome op Android"),
        ("Firefox", "Firefox"),
        ("curl/8.5.0", "een ander apparaat"),
        ("", "een ander apparaat"),
    ],
)
def test_a_device_is_named_in_words(agent, words):
    assert device(agent) == words

"""Time tells nobody whether an address has an account (trust.md A6)."""

import statistics
import time
from functools import partial

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from academy.people import middleware
from academy.people.models import User
from academy.settings import base
from tests.factories import PASSWORD, make_person
from tests.people.timing import samples, timed

pytestmark = pytest.mark.django_db
PAGES = {
    "account_login": {"login": "{}", "password": "fout-fout-fout"},
    "account_reset_password": {"email": "{}"},
    "account_signup": {"email": "{}", "full_name": "Jan", "password1": PASSWORD},
}


@pytest.fixture
def real(settings):
    """Passwords hashed as in production, and nobody stopped for trying often."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.DOOR_PAUSE_SECONDS = base.DOOR_PAUSE_SECONDS


def addresses(count):
    hashed = make_password(PASSWORD)
    for number in range(count):
        person = make_person(email=f"bekend{number:03}@voorbeeld.example")
        User.objects.filter(pk=person.pk).update(password=hashed)
    return [[f"{word}{number:03}@voorbeeld.example" for number in range(count)] for word in ("bekend", "vreemd")]


def ask(name, address):
    data = {field: value.format(address) for field, value in PAGES[name].items()}
    assert Client().post(reverse(name), data).status_code in {200, 302}


@pytest.mark.parametrize("name", PAGES)
def test_a_password_is_hashed_as_often_for_a_known_address(name, monkeypatch):
    """Hashing is what takes the time; how long it really takes is measured in the long run below."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    counts = []
    for address in (make_person().email, "vreemd@voorbeeld.example"):
        hashed.clear()
        ask(name, address)
        counts.append(len(hashed))
    assert counts[0] == counts[1]
    assert (counts[0] == 0) == (name == "account_reset_password")


def test_a_reset_asks_as_much_of_the_database_for_a_stranger():
    counts = []
    for address in (make_person().email, "vreemd@voorbeeld.example"):
        with CaptureQueriesContext(connection) as asked:
            ask("account_reset_password", address)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", PAGES)
def test_who_sends_an_address_waits_at_random_and_nobody_else(name, settings, monkeypatch):
    settings.DOOR_PAUSE_SECONDS = 3.0
    waited = []
    monkeypatch.setattr(middleware.time, "sleep", waited.append)
    Client().get(reverse(name))
    assert waited == []
    for _turn in range(3):
        ask(name, "vreemd@voorbeeld.example")
    assert len(set(waited)) == 3
    assert all(0 <= seconds <= 3 for seconds in waited)


@pytest.mark.soak
@pytest.mark.parametrize("name", PAGES)
def test_time_does_not_tell_a_known_address_among_four_hundred(name, real):
    told = timed(lambda address: ask(name, address), *addresses(200), clock=time.perf_counter)
    print(f"{name}: {told:.2f}")
    assert told <= 0.6


@pytest.mark.soak
@pytest.mark.parametrize("name", PAGES)
def test_the_work_is_alike_to_a_tenth(name, real, settings):
    """What the pause has to hide, by processor time: a tenth of the dearest answer is a tenth of the longest pause."""
    settings.DOOR_PAUSE_SECONDS = 0.0
    known, unknown = (
        statistics.median(taken) for taken in samples(partial(ask, name), *addresses(100), time.thread_time)
    )
    print(f"{name}: {1000 * known:.2f} and {1000 * unknown:.2f} ms")
    assert abs(known - unknown) <= 0.1 * min(known, unknown)

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from academy.common import clock
from academy.common.limits import Limit, client_address, forget, forget_old, give_back, is_reached, network, take
from academy.people.adapter import limits
from academy.people.models import LimitCounter
from tests.factories import make_person
from tests.people.door import log_in, logged_in

pytestmark = pytest.mark.django_db
FIVE = Limit("proef", 5, 60)


def test_a_limit_counts_to_its_amount_and_begins_again_after_its_period():
    with clock.frozen(clock.now()) as start:
        assert [bool(take(FIVE, "a")) for _ in range(7)] == [True] * 5 + [False] * 2
        assert is_reached(FIVE, "a")
        assert take(FIVE, "b")
    with clock.frozen(start + timedelta(seconds=59)):
        assert not take(FIVE, "a")
    with clock.frozen(start + timedelta(seconds=60)):
        assert take(FIVE, "a")


def test_a_good_attempt_is_given_back_once_and_only_in_its_own_period():
    with clock.frozen(clock.now()) as start:
        attempt = take(FIVE, "a")
        give_back(attempt)
        give_back(attempt)
        assert LimitCounter.objects.get().hits == 0
        old = take(FIVE, "a")
    with clock.frozen(start + timedelta(minutes=5)):
        take(FIVE, "a")
        give_back(old)
        assert LimitCounter.objects.get().hits == 1


def test_forgetting():
    take(FIVE, "a")
    forget(FIVE, "a")
    assert not LimitCounter.objects.exists()
    with clock.frozen(clock.now() - timedelta(minutes=2)):
        take(FIVE, "b")
    assert forget_old() == 1


def test_no_address_stands_in_the_table():
    take(FIVE, "jan@voorbeeld.example")
    assert "jan" not in LimitCounter.objects.get().name


@pytest.mark.django_db(transaction=True)
def test_threads_share_one_counter():
    def attempt(_number):
        try:
            return take(FIVE, "a") is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(40))) == 5


def test_allauth_counts_here():
    assert limits.is_installed()
    assert not [found for found in run_checks() if found.id == "people.E001"]


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client):
    person = make_person()
    for _attempt in range(6):
        log_in(client, person, "fout-fout-fout")
    log_in(client, person)
    assert not logged_in(client)


def test_the_right_password_costs_nothing():
    person = make_person()
    for _attempt in range(9):
        fresh = Client()
        log_in(fresh, person)
        assert logged_in(fresh)


def test_a_success_elsewhere_does_not_clear_the_counter_of_the_victim():
    victim, attacker = make_person(), make_person()
    for _round in range(3):
        client = Client()
        for _attempt in range(2):
            log_in(client, victim, "fout-fout-fout")
        log_in(client, attacker)
    last = Client()
    log_in(last, victim, REMOTE_ADDR="10.1.1.1")
    assert not logged_in(last)


def test_forty_wrong_passwords_with_a_rotating_header_are_stopped(client, monkeypatch):
    checked = []
    person = make_person()
    monkeypatch.setattr(type(person), "check_password", lambda _person, raw: checked.append(raw))
    codes = [
        log_in(client, person, "fout-fout-fout", headers={"x-forwarded-for": f"10.0.0.{number}"}).status_code
        for number in range(40)
    ]
    assert len(checked) <= 5
    assert codes.count(429) == 10


def test_spellings_of_one_address_share_a_counter(client):
    person = make_person(email="mike@voorbeeld.example")
    for spelling in (
        "mike@voorbeeld.example",
        "MIKE@voorbeeld.example",
        "Mike@Voorbeeld.Example",
        "mIKE@voorbeeld.example",
        "mike@VOORBEELD.example",
    ):
        log_in(client, spelling, "fout-fout-fout")
    log_in(client, person)
    assert not logged_in(client)


@pytest.mark.parametrize(
    ("hops", "header", "expected"),
    [
        (0, "1.2.3.4", "9.9.9.9"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "6.6.6.6, 1.2.3.4", "1.2.3.4"),
        (2, "6.6.6.6, 1.2.3.4, 5.5.5.5", "1.2.3.4"),
        (2, "1.2.3.4", "9.9.9.9"),
        (1, "geen adres", "9.9.9.9"),
        (1, "", "9.9.9.9"),
    ],
)
def test_the_header_counts_as_far_as_the_proxies_reach(settings, hops, header, expected):
    settings.TRUSTED_PROXIES = hops
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", headers={"x-forwarded-for": header})
    assert client_address(request) == expected


def test_an_ipv6_subscriber_is_one_network():
    assert network("2001:db8::1") == network("2001:db8::ffff")
    assert network("2001:db8::1") != network("2001:db8:0:1::1")
    assert network("10.0.0.1") == "10.0.0.1"


def test_no_counter_no_log_in(client, monkeypatch):
    person = make_person()

    def broken(*_arguments):
        raise OSError("no database")

    monkeypatch.setattr(limits, "take", broken)
    client.raise_request_exception = False
    log_in(client, person)
    assert not logged_in(client)
    assert reverse("account_login")

"""Who is asking: the person of a session that runs, and nobody else."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factories import make_person
from tests.permissions.world import log_in

pytestmark = pytest.mark.django_db


def who(client):
    return client.get("/").wsgi_request.user


def test_a_session_that_runs_is_of_its_person():
    person = make_person()
    client, other = log_in(person), log_in(make_person())
    assert who(client) == person
    assert who(other) != person
    assert who(client) == person


@pytest.mark.parametrize("key", ["x" * 32, "", "'; DROP TABLE django_session", "é" * 300])
def test_a_key_that_is_none_is_nobody(client, key):
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not who(client).is_authenticated


def test_a_session_that_is_over_is_nobody_and_its_key_is_forgotten():
    client = log_in(make_person())
    key = client.session.session_key
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not who(client).is_authenticated
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    assert (store.load(), store.session_key) == ({}, None)


@pytest.mark.parametrize("change", ["delete", "deactivate"])
def test_who_is_gone_or_not_active_any_more_is_nobody_at_once(change):
    person = make_person()
    client = log_in(person)
    assert who(client) == person
    if change == "delete":
        type(person).objects.filter(pk=person.pk).delete()
    else:
        type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert not who(client).is_authenticated

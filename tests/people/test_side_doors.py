"""Only ``/account/login/`` and what belongs to it reads a password; whatever else is routed gives no session."""

import base64
import re

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from academy.people.enums import Role
from academy.people.models import AccessToken
from tests.factories import PASSWORD, make_person, make_with_role
from tests.people.door import add_totp, log_in, logged_in

pytestmark = pytest.mark.django_db


def routes(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path
        else:
            yield from routes(pattern, path)


def address(route):
    """An address for a route: each argument becomes 1."""
    path = re.sub(r"<[^>]+>", "1", re.sub(r"\(\?P<[^>]+>[^)]*\)", "1", route))
    return "/" + re.sub(r"[\^$\\]|\(\?:|\)\??|\[[^\]]*\][+*]?", "", path)


DOORS = sorted({address(route) for route in routes() if re.search("log_?in|auth|token|password|sign", route)})


def test_the_walk_sees_the_doors_we_know():
    assert {"/account/login/", "/cms/login/", "/_util/login/"} <= set(DOORS)


@pytest.mark.parametrize("path", DOORS)
def test_a_password_alone_gives_no_session(path):
    person = make_with_role(Role.ADMIN)
    add_totp(person)
    data = {"login": person.email, "username": person.email, "email": person.email, "password": PASSWORD}
    for options in ({}, {"content_type": "application/json"}):
        client = Client(raise_request_exception=False)
        client.post(path, data, **options)
        assert not logged_in(client)
    client = Client(raise_request_exception=False)
    client.get(
        path,
        headers={"authorization": "Basic " + base64.b64encode(f"{person.email}:{PASSWORD}".encode()).decode()},
    )
    assert not logged_in(client)


@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/"])
def test_side_doors_lead_to_the_one_log_in_with_where_to_go(client, path):
    response = client.get(path, {"next": "/cms/pages/"})
    assert response.url == "/account/login/?next=/cms/pages/"
    assert client.post(path, {"next": "/cms/pages/"}).status_code == 302


def test_the_cms_leads_strangers_to_the_one_log_in(client):
    final = client.get("/cms/", follow=True)
    assert final.redirect_chain[-1][0].startswith("/account/login/")


def test_wagtails_reset_is_ours(client):
    for path in ("/cms/password_reset/", "/cms/password_reset/confirm/MQ/set-password/", "/cms/password_reset/done/"):
        assert client.get(path).url == "/account/password/reset/"


def test_somebody_without_a_cms_role_is_refused_and_not_led_round(client):
    log_in(client, make_with_role(Role.MUNICIPALITY))
    final = client.get("/cms/", follow=True)
    assert final.status_code == 403
    assert len(final.redirect_chain) <= 2


def test_after_too_many_wrong_passwords_the_right_one_opens_no_door():
    """Also for somebody without a second step, and on doors that hold no form of ours (trust.md A2)."""
    person = make_person()
    for number in range(6):
        log_in(Client(), person, f"fout-wachtwoord-{number}")
    data = {"login": person.email, "username": person.email, "email": person.email, "password": PASSWORD}
    basic = base64.b64encode(f"{person.email}:{PASSWORD}".encode()).decode()
    for path in DOORS:
        for options in ({}, {"content_type": "application/json"}):
            client = Client(raise_request_exception=False, headers={"authorization": f"Basic {basic}"})
            answer = client.post(path, data, **options)
            assert not logged_in(client), path
            assert b'"token"' not in answer.content, path
    assert not AccessToken.objects.exists()

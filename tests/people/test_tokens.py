import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.roles import assign_role
from academy.people.domain.tokens import AT_MOST, create_token, person_of, revoke_token
from academy.people.enums import Role, TokenKind
from academy.people.models import AccessToken, AuditEntry, User
from tests.factories import make_person
from tests.people.door import log_in

pytestmark = pytest.mark.django_db


def test_a_token_stands_for_its_person_and_only_its_digest_is_kept():
    person = make_person()
    token, secret = create_token(person=person, kind=TokenKind.API, name="script")
    assert person_of(secret, kind=TokenKind.API) == person
    assert secret not in str(AccessToken.objects.values_list().get())
    assert AuditEntry.objects.filter(action="token.create", target=token.public_id).exists()


def test_what_no_longer_counts():
    person = make_person()
    token, secret = create_token(person=person, kind=TokenKind.API)
    assert person_of(secret, kind=TokenKind.FEED) is None
    assert person_of("iets anders", kind=TokenKind.API) is None
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert person_of(secret, kind=TokenKind.API) is None
    User.objects.filter(pk=person.pk).update(is_active=True)
    revoke_token(token=token, by=person)
    revoke_token(token=token, by=person)
    assert person_of(secret, kind=TokenKind.API) is None
    assert AuditEntry.objects.filter(action="token.revoke").count() == 1
    until = clock.now() + timedelta(hours=1)
    _token, brief = create_token(person=person, kind=TokenKind.API, expires_at=until)
    with clock.frozen(until - timedelta(seconds=1)):
        assert person_of(brief, kind=TokenKind.API) == person
    with clock.frozen(until):
        assert person_of(brief, kind=TokenKind.API) is None


def test_a_token_from_before_a_role_must_be_made_again(settings):
    settings.ACADEMY_MFA_REQUIRED = True
    person = make_person()
    _token, secret = create_token(person=person, kind=TokenKind.API)
    _feed, feed = create_token(person=person, kind=TokenKind.FEED)
    assign_role(person=person, role=Role.HR, by=None, starts_at=clock.now() + timedelta(seconds=1))
    with clock.frozen(clock.now() + timedelta(seconds=2)):
        assert person_of(secret, kind=TokenKind.API) is None
        assert person_of(feed, kind=TokenKind.FEED) == person
        _new, new = create_token(person=person, kind=TokenKind.API)
        assert person_of(new, kind=TokenKind.API) == person


def test_where_no_second_factor_is_asked_an_older_token_stays(settings):
    settings.ACADEMY_MFA_REQUIRED = False
    person = make_person()
    _token, secret = create_token(person=person, kind=TokenKind.API)
    assign_role(person=person, role=Role.HR, by=None, starts_at=clock.now() + timedelta(seconds=1))
    with clock.frozen(clock.now() + timedelta(seconds=2)):
        assert person_of(secret, kind=TokenKind.API) == person


def test_there_is_an_end_to_tokens():
    person = make_person()
    for _number in range(AT_MOST):
        create_token(person=person, kind=TokenKind.API)
    with pytest.raises(DomainError):
        create_token(person=person, kind=TokenKind.API)


def test_the_page_shows_the_secret_once(client):
    person = make_person()
    log_in(client, person)
    page = client.post(reverse("token_create"), {"kind": "feed", "name": "agenda <b>", "once": "deze keer"})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    later = client.get(reverse("token_list")).content.decode()
    assert secret not in later
    assert "agenda &lt;b&gt;" in later
    client.post(reverse("token_revoke", args=[AccessToken.objects.get().public_id]))
    assert person_of(secret, kind=TokenKind.FEED) is None


def test_a_second_click_shows_the_key_of_the_first(client):
    log_in(client, make_person())
    once = client.get(reverse("token_list")).context["form"]["once"].value()
    assert once != client.get(reverse("token_list")).context["form"]["once"].value()
    sent = {"kind": "feed", "name": "agenda", "once": once}
    first, second = (client.post(reverse("token_create"), sent).context["secret"] for _click in range(2))
    assert first == second
    client.post(reverse("token_revoke", args=[AccessToken.objects.get().public_id]))
    assert "Deze sleutel is ingetrokken." in client.post(reverse("token_create"), sent).content.decode()
    assert AccessToken.objects.count() == 1
    somebody_else = Client()
    log_in(somebody_else, make_person())
    assert somebody_else.post(reverse("token_create"), sent).context["secret"] != first


def test_nobody_revokes_a_token_of_somebody_else(client):
    token, secret = create_token(person=make_person(), kind=TokenKind.API)
    log_in(client, make_person())
    assert client.post(reverse("token_revoke", args=[token.public_id])).status_code == 404
    assert person_of(secret, kind=TokenKind.API)


def test_making_one_asks_a_fresh_log_in(client, monkeypatch):
    log_in(client, make_person())
    moment = time.time
    monkeypatch.setattr("academy.people.views.fresh.time.time", lambda: moment() + 901)
    response = client.post(reverse("token_create"), {"kind": "api", "name": "x"})
    assert response.url == "/account/reauthenticate/?next=%2Faccount%2Fsleutels%2Fnieuw%2F"
    assert not AccessToken.objects.exists()


def test_strangers_are_led_to_the_log_in():
    assert Client().post(reverse("token_create")).url.startswith("/account/login/")

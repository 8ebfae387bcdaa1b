"""Every page of django-allauth wears our look and speaks Dutch."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver, reverse

from academy.outbox.domain import door_mails
from academy.outbox.domain.door_mails import send_door_mail
from academy.outbox.rendering.mail import compose
from tests.factories import make_person
from tests.people.door import add_recovery_codes, add_totp, log_in

pytestmark = pytest.mark.django_db
ARGUMENTS = {
    "account_confirm_email": ["abc"],
    "account_reset_password_from_key": ["1", "abc"],
    "mfa_remove_webauthn": ["{key}"],
    "mfa_edit_webauthn": ["{key}"],
}
NOT_PAGES = {"mfa_download_recovery_codes", "mfa_login_webauthn", "openid_connect_login", "openid_connect_callback"}
ENGLISH = re.compile(
    r"\b(sign (in|out|up)|password|please|your|security key|authenticator app|session|confirm|activate|remove|submit"
    r"|two-factor|recovery codes|email address|account connections|are you sure|the|this)\b",
    re.IGNORECASE,
)


def names():
    prefixes = ("account_", "mfa_", "socialaccount_", "usersessions_")
    return sorted(name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith(prefixes))


def text_of(page):
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", body)


@pytest.mark.parametrize("name", [name for name in names() if name not in NOT_PAGES])
@pytest.mark.parametrize("who", ["stranger", "person", "protected"])
def test_page_is_ours(name, who):
    client = Client(headers={"user-agent": "proef"})
    person = make_person()
    key = None
    if who != "stranger":
        log_in(client, person)
        client.post(reverse("account_reauthenticate"), {"password": "een-wachtwoord-van-jan"})
    if who == "protected":
        add_totp(person)
        add_recovery_codes(person)
        key = Authenticator.objects.create(user=person, type="webauthn", data={"name": "telefoon", "credential": {}})
    if key is None and name in {"mfa_remove_webauthn", "mfa_edit_webauthn"}:
        return
    values = (
        [str(key.pk) if value == "{key}" else value for value in ARGUMENTS.get(name, [])]
        if key
        else ARGUMENTS.get(name, [])
    )
    if who == "protected" and name in {
        "mfa_reauthenticate_webauthn",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_list_webauthn",
    }:
        key.delete()  # a made-up key has no credential to show
    response = client.get(reverse(name, args=values), follow=True)
    if response.redirect_chain and not response.redirect_chain[-1][0].startswith("/account/"):
        return  # led away to a page that is tested where it is made
    page = response.content.decode()
    assert response.status_code in {200, 401, 404}
    assert 'lang="nl"' in page
    assert response.status_code == 404 or 'id="inhoud"' in page
    found = ENGLISH.findall(text_of(page))
    assert not found, found


@pytest.mark.parametrize("name", door_mails.MAILS)
def test_mail_is_dutch_and_looks_like_ours(name):
    person = make_person(full_name="Jan & <Zoon>")
    facts = {"from_email": "oud@voorbeeld.example", "to_email": "nieuw@voorbeeld.example"}
    EmailAddress.objects.create(user=person, email="nieuw@voorbeeld.example", verified=False)
    message = send_door_mail(name=name, address="nieuw@voorbeeld.example", person=person, facts=facts)
    subject, text, html = compose(message)
    assert not ENGLISH.findall(subject + re.sub(r"https?://\S+", "", text))
    assert "Hallo Jan & <Zoon>," in text
    assert "Hallo Jan &amp; &lt;Zoon&gt;," in html
    assert len(subject.splitlines()) == 1
    assert "http://127.0.0.1:8000/account/" in text


def test_every_mail_that_allauth_can_send_is_ours():
    """Except those of ways in that are switched off: codes by mail."""
    sent = {
        path.name.removesuffix("_subject.txt")
        for path in Path(allauth.__file__).parent.glob("templates/*/email/*_subject.txt")
    }
    assert sent - {"login_code", "password_reset_code"} <= set(door_mails.MAILS)

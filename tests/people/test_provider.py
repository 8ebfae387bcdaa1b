"""Logging in at the organisation's own identity provider (OpenID Connect)."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from academy.outbox.models import Message
from academy.people.domain.roles import assign_role
from academy.people.enums import Role
from academy.people.models import User
from tests.factories import PASSWORD, make_person
from tests.people import provider as made
from tests.people.door import add_totp, log_in, logged_in, mails

pytestmark = pytest.mark.django_db
BEGIN = "/account/oidc/organisatie/login/"
SANNE = "sanne@voorbeeld.example"


@pytest.fixture
def provider(settings):
    with made.running() as running:
        app = {"provider_id": "organisatie", "name": "Blijf Groep", "client_id": made.CLIENT, "secret": made.SECRET}
        app["settings"] = {"server_url": running.url}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        settings.ACADEMY_MFA_REQUIRED = True
        running.person = {"sub": "7", "name": "Sanne de Vries", "email": SANNE, "email_verified": True}
        yield running


def to_provider(client, **data):
    """Press the button, log in over there; the address that the browser is sent back to."""
    sent = client.post(BEGIN, data)
    assert sent.status_code == 302, sent.content.decode()[:500]
    back = requests.get(sent.url, allow_redirects=False, timeout=10).headers["Location"]
    assert back.startswith("http://testserver/account/oidc/organisatie/login/callback/?")
    return back.removeprefix("http://testserver")


def through(client, **data):
    return client.get(to_provider(client, **data))


def linked(person):
    SocialAccount.objects.create(user=person, provider="organisatie", uid="7")
    return person


def test_the_button_stands_at_the_log_in(client, provider):
    page = client.get(reverse("account_login")).content.decode()
    assert "Log in via Blijf Groep" in page
    assert f'action="{BEGIN}?process=login"' in page


def test_without_a_provider_there_is_no_button(client):
    assert "Of via je organisatie" not in client.get(reverse("account_login")).content.decode()
    assert client.get(BEGIN).status_code == 404


def test_a_new_colleague_comes_in_without_any_role(client, provider):
    assert through(client, next="/account/").status_code == 302
    assert logged_in(client)
    person = User.objects.get(email=SANNE)
    assert person.full_name == "Sanne de Vries"
    assert not person.has_usable_password()
    assert not person.role_assignments.exists()
    assert not person.is_superuser
    assert EmailAddress.objects.get(user=person).verified
    again = Client()
    through(again)
    assert again.session["_auth_user_id"] == str(person.pk)
    assert User.objects.count() == 1


@pytest.mark.parametrize("said", [{"email_verified": False}, {}])
def test_an_address_that_the_provider_does_not_vouch_for_is_confirmed_first(client, provider, said):
    del provider.person["email_verified"]
    provider.person |= said
    assert through(client).url == reverse("account_email_verification_sent")
    assert not logged_in(client)
    assert not EmailAddress.objects.get(email=SANNE).verified
    assert [sent.to for sent in mails()] == [[SANNE]]


@pytest.mark.parametrize("verified", [True, False])
def test_the_account_of_somebody_with_the_same_address_is_not_taken_over(client, provider, verified):
    """She is told by mail to log in as she always does; whoever sits at the provider sees what a new person sees."""
    provider.person["email_verified"] = verified
    person = make_person(email=SANNE)
    answer = through(client)
    assert not logged_in(client)
    assert answer.url == reverse("account_email_verification_sent")
    assert not SocialAccount.objects.exists()
    assert [message.trigger for message in Message.objects.all()] == ["door.account_already_exists"]
    assert log_in(Client(), person).status_code == 302


def test_a_trusted_provider_opens_the_account_with_a_confirmed_address(client, provider, settings):
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    person = make_person(email=SANNE)
    through(client)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert SocialAccount.objects.get().user == person


def test_a_trusted_provider_opens_nothing_by_an_unconfirmed_address(client, provider, settings):
    settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION = settings.SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
    make_person(email=SANNE)
    provider.person["email_verified"] = False
    through(client)
    assert not logged_in(client)
    assert not SocialAccount.objects.exists()


def test_a_colleague_links_her_own_account(client, provider):
    person = make_person(email=SANNE)
    log_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    sent = client.post(f"{BEGIN}?process=connect")
    back = requests.get(sent.url, allow_redirects=False, timeout=10).headers["Location"]
    client.get(back.removeprefix("http://testserver"))
    assert SocialAccount.objects.get().user == person
    assert "Je account is gekoppeld" in [sent.subject for sent in mails()]


@pytest.mark.parametrize(
    ("claims", "opens"),
    [
        ({"amr": ["pwd", "mfa"]}, True),
        ({"acr": "mfa"}, True),
        ({"amr": ["pwd"]}, False),
        ({"acr": "0"}, False),
        ({}, False),
    ],
)
def test_a_second_factor_at_the_provider_counts(client, provider, claims, opens):
    person = linked(make_person(email=SANNE))
    assign_role(person=person, role=Role.HR, by=None)
    provider.token = claims
    through(client)
    assert logged_in(client)
    page = client.get(reverse("account_security"))
    assert (page.status_code == 200) is opens
    assert opens or page.url.startswith(reverse("second_factor_needed"))


def test_without_it_the_app_of_the_academy_is_asked(client, provider):
    person = linked(make_person(email=SANNE))
    add_totp(person)
    assert through(client).url.startswith(reverse("mfa_authenticate"))
    assert not logged_in(client)
    provider.token = {"amr": ["mfa"]}
    through(client)
    assert logged_in(client)


def test_what_userinfo_says_about_a_second_factor_is_not_believed(client, provider):
    """Only the ID token is about this log-in."""
    assign_role(person=linked(make_person(email=SANNE)), role=Role.HR, by=None)
    provider.token = {"amr": ["pwd"]}
    provider.person["amr"] = ["mfa"]
    through(client)
    assert client.get(reverse("account_security")).status_code == 302


def test_a_closed_account_stays_closed(client, provider):
    person = linked(make_person(email=SANNE))
    User.objects.filter(pk=person.pk).update(is_active=False)
    through(client)
    assert not logged_in(client)


def refused(response):
    return response.status_code == 401 and 'id="inhoud"' in response.content.decode()


def test_a_state_that_was_made_up_is_refused(client, provider):
    back = to_provider(client)
    forged = re.sub(r"state=[^&]+", "state=verzonnen", back)
    assert refused(client.get(forged))
    assert refused(client.get(re.sub(r"&?state=[^&]+", "", back)))
    assert not logged_in(client)
    assert not User.objects.exists()


def test_the_state_of_another_browser_is_refused(provider):
    """Somebody sends a victim the address with which her own log-in would end."""
    victim = Client()
    assert refused(victim.get(to_provider(Client())))
    assert not logged_in(victim)


def test_an_answer_works_once(client, provider):
    back = to_provider(client)
    client.get(back)
    client.post(reverse("account_logout"))
    assert refused(client.get(back))
    assert not logged_in(client)


def test_a_code_of_another_log_in_is_refused(client, provider):
    """PKCE: the code belongs to the browser session that asked for it, as a nonce would see to."""
    stolen = parse_qs(urlsplit(to_provider(Client())).query)["code"][0]
    mine = to_provider(client)
    assert refused(client.get(re.sub(r"code=[^&]+", f"code={stolen}", mine)))
    assert provider.refused == ["pkce"]
    assert not logged_in(client)


@pytest.mark.parametrize(
    "claims", [{"iss": "https://evil.example"}, {"aud": "een-ander"}, {"exp": 1_000_000_000}], ids=["iss", "aud", "exp"]
)
def test_a_token_for_or_from_others_is_refused(client, provider, claims):
    provider.token = claims
    assert refused(through(client))
    assert not logged_in(client)


def test_next_never_leads_elsewhere(client, provider):
    assert urlsplit(through(client, next="//evil.example/").url).netloc == ""


def test_a_provider_that_is_away_gets_a_page_and_no_error(client, provider, settings):
    back = to_provider(client)
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:1"
    for answer in (client.post(BEGIN), client.get(back)):
        assert answer.status_code == 502
        assert "gaf geen goed antwoord" in answer.content.decode()
    assert not logged_in(client)


@pytest.mark.parametrize("page", ["token", "userinfo"])
def test_an_answer_of_nonsense_gets_a_page_and_no_error(client, provider, page, monkeypatch):
    back = to_provider(client)
    found = provider.discovery() | {f"{page}_endpoint": f"{provider.url}/nergens"}
    monkeypatch.setattr(provider, "discovery", lambda: found)
    assert client.get(back).status_code in {401, 502}
    assert not logged_in(client)


def test_log_in_by_a_link_alone_asks_first(client, provider):
    """No page elsewhere can log somebody in by a picture or a redirect."""
    page = client.get(BEGIN)
    assert page.status_code == 200
    assert "Ga verder" in page.content.decode()


def test_linking_takes_a_log_in_with_everything_it_needs(client, provider):
    """A session without its second step cannot tie a provider to the account, and a stranger gets none (trust.md A14)."""
    stranger = Client()
    through_connect = requests.get(stranger.post(f"{BEGIN}?process=connect").url, allow_redirects=False, timeout=10)
    stranger.get(through_connect.headers["Location"].removeprefix("http://testserver"))
    assert not SocialAccount.objects.filter(user__email="collega@voorbeeld.example").exists()
    person = make_person(email="collega@voorbeeld.example")
    assign_role(person=person, role=Role.HR, by=None)
    add_totp(person)
    client.force_login(person)
    assert client.post(f"{BEGIN}?process=connect").url.startswith(reverse("second_factor_needed"))
    assert not SocialAccount.objects.filter(user=person).exists()

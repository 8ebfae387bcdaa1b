import time
from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.roles import assign_role, end_role
from academy.people.domain.second_factor import ask_reset, by_identity_provider, confirm_reset, keep_provider_proof
from academy.people.enums import Role
from academy.people.models import AuditEntry, LimitCounter, SecondFactorReset, User
from tests import factories
from tests.factories import PASSWORD, make_person, make_with_role
from tests.people.door import add_recovery_codes, add_totp, log_in, log_in_with_totp, logged_in, mails, totp_code

pytestmark = pytest.mark.django_db
CLOSED = ["/", "/cms/", "/account/", "/account/sleutels/", "/account/password/change/", "/account/sessions/"]
NEEDED = "/account/tweede-stap/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.ACADEMY_MFA_REQUIRED = True
    cache.clear()  # allauth remembers used codes by the number of the person, which tests share


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MUNICIPALITY])
def test_every_role_gives_a_second_factor_before_anything_opens(client, role):
    person = make_with_role(role)
    log_in(client, person)
    for path in CLOSED:
        assert client.get(path).url.startswith(NEEDED), path
    assert client.get(NEEDED).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200


@pytest.mark.parametrize("role", [None, Role.MUNICIPALITY])
def test_participants_and_municipalities_need_none(client, role):
    person = make_with_role(role) if role else make_person()
    log_in(client, person)
    assert client.get(reverse("account_security")).status_code == 200


def test_a_superuser_without_roles_needs_one(client):
    log_in(client, make_person(is_superuser=True))
    assert client.get("/cms/").url.startswith(NEEDED)


def test_a_role_that_is_given_now_counts_at_the_next_request(client):
    person = make_person()
    log_in(client, person)
    assert client.get(reverse("account_security")).status_code == 200
    assign_role(person=person, role=Role.HR, by=None)
    assert client.get(reverse("account_security")).url.startswith(NEEDED)


def test_an_app_opens_everything(client):
    person = make_with_role(Role.ADMIN)
    add_totp(person)
    log_in(client, person)
    assert not logged_in(client)
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    assert logged_in(client)
    assert client.get(reverse("account_security")).status_code == 200
    assert not client.get("/cms/").headers.get("Location", "").startswith(NEEDED)


def test_a_recovery_code_works_once(client):
    person = make_with_role(Role.HR)
    add_totp(person)
    code = add_recovery_codes(person)[0]
    for expected in (True, False):
        fresh = Client()
        log_in(fresh, person)
        fresh.post(reverse("mfa_authenticate"), {"code": code})
        assert logged_in(fresh) is expected


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_counts_as_showing_it(client):
    person = make_with_role(Role.HR)
    log_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)})
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    page = client.get(reverse("mfa_view_recovery_codes"))
    assert page.status_code == 200, page.url
    assert client.get(reverse("account_security")).status_code == 200


def test_a_session_from_before_the_app_can_only_show_it(client):
    person = make_with_role(Role.HR)
    log_in(client, person)
    add_totp(person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "account_email"):
        assert client.get(reverse(name)).url.startswith(NEEDED), name
        assert client.post(reverse(name)).url.startswith(NEEDED), name
    client.post(reverse("mfa_reauthenticate"), {"code": totp_code()})
    assert client.get(reverse("account_security")).status_code == 200


def test_the_last_app_of_somebody_with_a_role_stays(client):
    person = make_with_role(Role.HR)
    add_totp(person)
    log_in_with_totp(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.post(reverse("mfa_deactivate_totp"))
    assert "altijd een tweede stap nodig" in response.content.decode()
    assert Authenticator.objects.filter(user=person).exists()


def test_api_answers_403_and_not_a_page(client):
    log_in(client, make_with_role(Role.HR))
    response = client.get("/api/v1/me/")
    assert (response.status_code, response.json()["code"]) == (403, "second_factor")


def test_a_code_works_once_whichever_process_sees_it():
    person = make_with_role(Role.HR)
    add_totp(person)
    code = totp_code()
    for expected in (True, False):
        cache.clear()  # what another process does not know
        fresh = Client()
        log_in(fresh, person)
        fresh.post(reverse("mfa_authenticate"), {"code": code})
        assert logged_in(fresh) is expected


@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_code_is_never_accepted_twice_while_it_could_be(step, monkeypatch):
    """Each tolerated step, seen again at every moment at which allauth would still take it, however it is written."""
    person = make_with_role(Role.HR)
    add_totp(person)
    began = time.time() // 30 * 30
    code = totp_code(step=step)
    seen = []
    for later in (0, 29, 31, 59, 61, 89, 91):
        for written in (code, f"{code[:3]} {code[3:]}", f"{code[:3]}-{code[3:]}"):
            cache.clear()
            LimitCounter.objects.filter(name__startswith="login").delete()
            moment = began + later
            monkeypatch.setattr("allauth.mfa.totp.internal.auth.time.time", lambda: moment)  # noqa: B023 -- used in this round
            fresh = Client()
            with clock.frozen(datetime.fromtimestamp(moment, UTC)):
                log_in(fresh, person)
                fresh.post(reverse("mfa_authenticate"), {"code": written})
            seen.append(logged_in(fresh))
    assert seen == [True, *[False] * 20]


def test_the_code_that_set_up_the_app_does_not_log_in(client):
    person = make_person()
    log_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    code = totp_code(page.context["form"].secret)
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    fresh = Client()
    log_in(fresh, person)
    fresh.post(reverse("mfa_authenticate"), {"code": code})
    assert not logged_in(fresh)


def confirm_log_in(client, person):
    factories.log_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def passkey(person):
    return Authenticator.objects.create(user=person, type="webauthn", data={"name": "telefoon", "credential": {}})


def test_the_last_passkey_of_somebody_with_a_role_stays(client):
    person = make_with_role(Role.HR)
    confirm_log_in(client, person)
    first, second = passkey(person), passkey(person)
    gone = client.post(reverse("passkey_remove", args=[first.pk]))
    assert gone.url == reverse("mfa_list_webauthn")
    refused_page = client.post(reverse("mfa_remove_webauthn", args=[second.pk]))
    assert "altijd een tweede stap nodig. Voeg eerst een andere toe" in refused_page.content.decode()
    assert list(Authenticator.objects.filter(user=person)) == [second]
    add_totp(person)
    assert client.post(reverse("passkey_remove", args=[second.pk])).status_code == 302


def test_a_participant_may_do_without_a_passkey(client):
    person = make_person()
    confirm_log_in(client, person)
    key = passkey(person)
    assert client.post(reverse("passkey_remove", args=[passkey(make_person()).pk])).status_code == 404
    assert client.post(reverse("passkey_remove", args=[key.pk])).status_code == 302
    assert not Authenticator.objects.filter(user=person).exists()


def test_every_log_in_and_every_refusal_stands_in_the_log():
    person = make_with_role(Role.HR)
    add_totp(person)
    log_in(Client(), person, "niet-het-wachtwoord")
    log_in(Client(), "vreemd@voorbeeld.example", "niet-het-wachtwoord")
    guesser = Client()
    log_in(guesser, person)
    guesser.post(reverse("mfa_authenticate"), {"code": "000000"})
    log_in_with_totp(Client(), person)
    rows = AuditEntry.objects.filter(action__startswith="log_in").order_by("pk")
    assert [(row.action, row.actor, row.subject, row.data) for row in rows] == [
        ("log_in.refuse", None, person, {"step": "password"}),
        ("log_in.refuse", None, None, {"step": "password"}),
        ("log_in.refuse", None, person, {"step": "code"}),
        ("log_in", person, person, {"steps": ["password", "mfa"]}),
    ]


def test_wrong_codes_are_counted_per_person():
    person = make_with_role(Role.HR)
    add_totp(person)
    for _attempt in range(5):
        fresh = Client()
        log_in(fresh, person)
        fresh.post(reverse("mfa_authenticate"), {"code": "000000"})
    last = Client()
    log_in(last, person)
    last.post(reverse("mfa_authenticate"), {"code": totp_code()})
    assert not logged_in(last)


class Session(dict):
    pass


@pytest.mark.parametrize(
    ("claims", "proven"),
    [
        ({"id_token": {"amr": ["pwd", "mfa"]}}, True),
        ({"id_token": {"acr": "mfa"}}, True),
        ({"id_token": {"amr": ["pwd"]}}, False),
        ({"id_token": {"amr": None}}, False),
        ({"userinfo": {"amr": ["mfa"]}}, False),
        ({}, False),
    ],
)
def test_the_identity_provider_vouches_by_amr_or_acr_of_the_id_token(rf, claims, proven):
    person, other = make_person(), make_person()
    request = rf.get("/")
    request.session = Session()
    keep_provider_proof(request, provider="organisatie", uid="u1", claims=claims)
    assert not by_identity_provider(request, person)
    record_authentication(request, person, "socialaccount", provider="organisatie", uid="u1")
    assert by_identity_provider(request, person) is proven
    assert not by_identity_provider(request, other)


def test_a_proof_of_one_account_says_nothing_about_another(rf):
    person = make_person()
    request = rf.get("/")
    request.session = Session()
    keep_provider_proof(request, provider="organisatie", uid="u1", claims={"id_token": {"amr": ["mfa"]}})
    record_authentication(request, person, "socialaccount", provider="organisatie", uid="u2")
    assert not by_identity_provider(request, person)


# --- The lost phone -------------------------------------------------------------------------------


@pytest.fixture
def lost():
    person = make_with_role(Role.HR)
    add_totp(person)
    return person, make_with_role(Role.OFFICE), make_with_role(Role.ADMIN)


def test_two_colleagues_remove_it_together(lost):
    person, first, second = lost
    phone = Client()
    log_in_with_totp(phone, person)
    assert logged_in(phone)
    reset = ask_reset(person=person, by=first)
    assert ask_reset(person=person, by=second) == reset
    mails().clear()
    confirm_reset(reset=reset, by=second)
    assert not Authenticator.objects.filter(user=person).exists()
    assert phone.get(reverse("account_security")).status_code == 302
    assert [(sent.to, sent.subject) for sent in mails()] == [([person.email], "Je tweede stap is weggehaald")]


def refused(code, **values):
    with pytest.raises(DomainError) as refusal:
        (confirm_reset if "reset" in values else ask_reset)(**values)
    assert refusal.value.code == code


def test_reset_refuses_what_it_must(lost):
    person, first, second = lost
    refused("not_allowed", person=person, by=make_with_role(Role.HR))
    refused("own_account", person=first, by=first)
    reset = ask_reset(person=person, by=first)
    refused("same_colleague", reset=reset, by=first)
    refused("not_allowed", reset=reset, by=person)
    with clock.frozen(clock.now() + timedelta(hours=24)):
        refused("expired", reset=reset, by=second)
    assert Authenticator.objects.filter(user=person).exists()
    confirm_reset(reset=reset, by=second)
    add_totp(person)
    refused("done_already", reset=reset, by=second)
    assert Authenticator.objects.filter(user=person).exists()


def test_a_request_of_who_lost_the_role_is_asked_again(lost):
    person, first, second = lost
    reset = ask_reset(person=person, by=first)
    end_role(assignment=first.role_assignments.get(), by=None)
    refused("asker_left", reset=reset, by=second)
    assert Authenticator.objects.filter(user=person).exists()
    assert SecondFactorReset.objects.get().confirmed_at is None


def test_nobody_confirms_for_herself(lost):
    _person, first, second = lost
    refused("own_account", reset=ask_reset(person=second, by=first), by=second)


def test_the_pages_of_a_reset(lost, settings):
    person, first, second = lost
    settings.ACADEMY_MFA_REQUIRED = False
    one, two, outsider = Client(), Client(), Client()
    log_in(one, first)
    log_in(two, second)
    log_in(outsider, make_person())
    ask = reverse("second_factor_reset_ask", args=[person.public_id])
    assert outsider.post(ask).status_code == 403
    assert outsider.get(reverse("second_factor_reset_list")).status_code == 403
    assert one.post(ask).status_code == 302
    confirm = reverse("second_factor_reset_confirm", args=[SecondFactorReset.objects.get().public_id])
    assert confirm in two.get(reverse("second_factor_reset_list")).content.decode()
    one.post(confirm)
    assert SecondFactorReset.objects.get().confirmed_at is None
    two.post(confirm)
    assert SecondFactorReset.objects.get().confirmed_by == User.objects.get(pk=second.pk)

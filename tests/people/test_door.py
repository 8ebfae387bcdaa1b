from urllib.parse import urljoin, urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from academy.people.models import AuditEntry, User
from tests.factories import PASSWORD, make_person
from tests.people.door import last_mail, link_in, log_in, logged_in, mails, without_token

pytestmark = pytest.mark.django_db
NEW = "nog-een-lang-wachtwoord"


def test_log_in_and_out(client):
    person = make_person()
    assert log_in(client, person).status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    client.post(reverse("account_logout"))
    assert not logged_in(client)


def test_logging_out_takes_a_post(client):
    log_in(client, make_person())
    client.get(reverse("account_logout"))
    assert logged_in(client)


def test_sign_up_opens_after_the_address_is_confirmed(client):
    data = {"full_name": "Sanne de Vries", "email": "Sanne@Voorbeeld.example", "password1": PASSWORD}
    assert client.post(reverse("account_signup"), data).url == reverse("account_email_verification_sent")
    person = User.objects.get(email="sanne@voorbeeld.example")
    assert person.full_name == "Sanne de Vries"
    log_in(client, person)
    assert not logged_in(client)
    confirm = link_in(mails()[0].body)
    client.post(confirm)
    log_in(client, person)
    assert logged_in(client)


@pytest.mark.parametrize("name", ["<b>Jan</b>", "Jan\u202enaJ", "Jan\nBcc: x@y.example", "Jan\u200f", "x" * 151])
def test_a_name_that_could_fool_others_is_refused(client, name):
    data = {"full_name": name, "email": "jan@voorbeeld.example", "password1": PASSWORD}
    response = client.post(reverse("account_signup"), data)
    assert response.status_code == 200
    assert not User.objects.exists()
    assert "full_name" in response.context["form"].errors


@pytest.mark.parametrize("name", ["Zoë 🌱 Ñandú", "محمد الأمين", "李小龍", "O'Brien-van 't Hof"])
def test_a_name_of_any_language_is_welcome(client, name):
    data = {"full_name": name, "email": "jan@voorbeeld.example", "password1": PASSWORD}
    assert client.post(reverse("account_signup"), data).status_code == 302
    assert User.objects.get().full_name == name


def test_reset_works_once_and_ends_other_sessions(client):
    person = make_person()
    other = Client()
    log_in(other, person)
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = link_in(last_mail().body)
    assert "http://127.0.0.1:8000" in last_mail().body
    form_page = client.get(link).url
    assert "set-password" in form_page
    client.post(form_page, {"password1": NEW, "password2": NEW})
    assert other.get(reverse("account_security")).status_code == 302
    assert log_in(client, person, NEW).status_code == 302
    again = Client().get(link)
    assert again.status_code == 200
    assert "werkt niet meer" in again.content.decode()


def test_email_change_waits_for_the_new_address_and_tells_the_old_one(client):
    person = make_person(email="oud@voorbeeld.example")
    log_in(client, person)
    again = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert again.status_code == 302
    client.post(reverse("account_email"), {"action_add": "", "email": "nieuw@voorbeeld.example"})
    person.refresh_from_db()
    assert person.email == "oud@voorbeeld.example"
    assert log_in(Client(), "oud@voorbeeld.example").status_code == 302
    confirm = next(sent for sent in mails() if sent.to == ["nieuw@voorbeeld.example"])
    client.post(link_in(confirm.body))
    person.refresh_from_db()
    assert person.email == "nieuw@voorbeeld.example"
    assert [sent for sent in mails() if sent.to == ["oud@voorbeeld.example"] and "gewijzigd" in sent.subject]
    assert not EmailAddress.objects.filter(email="oud@voorbeeld.example").exists()


def test_password_change_asks_the_old_one(client):
    person = make_person()
    log_in(client, person)
    data = {"oldpassword": "een-ander-woord-dan-het-is", "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), data)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    client.post(reverse("account_change_password"), {**data, "oldpassword": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(NEW)


def test_a_closed_account_is_out_at_the_next_request(client):
    person = make_person()
    log_in(client, person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(reverse("account_security")).status_code == 302
    fresh = Client()
    log_in(fresh, person)
    assert not logged_in(fresh)


def test_every_account_without_a_password_has_an_unusable_one():
    User.objects.create_user("zonder@voorbeeld.example", full_name="Zonder")
    User.objects.create_user("leeg@voorbeeld.example", None, full_name="Leeg")
    assert not any(person.has_usable_password() for person in User.objects.all())
    assert not any(person.check_password("") for person in User.objects.all())
    assert not User.objects.filter(password="").exists()


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_signup"])
def test_known_and_unknown_addresses_get_the_same_answer(name):
    make_person(email="bekend@voorbeeld.example")
    data = {"login": "{}", "email": "{}", "password": "fout-fout-fout", "full_name": "Jan", "password1": PASSWORD}
    answers = []
    for address in ("bekend@voorbeeld.example", "vreemd@voorbeeld.example"):
        filled = {field: value.format(address) for field, value in data.items()}
        response = Client().post(reverse(name), filled)
        page = without_token(response).replace(address, "…")
        follow = without_token(Client().get(response.url)) if response.status_code == 302 else ""
        answers.append((response.status_code, response.headers.get("Location"), page, follow))
    assert answers[0] == answers[1]


def test_an_unknown_address_costs_a_hash_too(client, monkeypatch):
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda _person, raw: hashed.append(raw))
    log_in(client, "vreemd@voorbeeld.example", "fout-fout-fout")
    assert hashed == ["fout-fout-fout"]


@pytest.mark.parametrize(
    "twin", ["mıke@voorbeeld.example", "mi\u212ae@voorbeeld.example", "mike@voorbee\uff4cd.example"]
)
def test_an_address_that_only_looks_alike_is_refused_and_mails_nobody(client, twin):
    make_person(email="mike@voorbeeld.example")
    for name, data in {
        "account_reset_password": {"email": twin},
        "account_signup": {"full_name": "Mike", "email": twin, "password1": PASSWORD},
    }.items():
        assert client.post(reverse(name), data).status_code == 200
    assert not mails()
    assert User.objects.count() == 1


def test_reset_mails_the_stored_address_only(client):
    make_person(email="mike@voorbeeld.example")
    client.post(reverse("account_reset_password"), {"email": "MIKE@Voorbeeld.Example"})
    assert [sent.to for sent in mails()] == [["mike@voorbeeld.example"]]


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_a_poisoned_host_reaches_no_mail(client, header):
    person = make_person()
    response = client.post(reverse("account_reset_password"), {"email": person.email}, **{header: "evil.example"})
    if header == "HTTP_HOST":
        assert response.status_code == 400
        assert not mails()
    assert not any("evil.example" in sent.body for sent in mails())


FORGED = [
    "//evil.example",
    "https:evil.example",
    "\\\\evil.example",
    "%09//evil.example",
    "\t//evil.example",
    "@evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "///evil.example",
]


@pytest.mark.parametrize("forged", FORGED)
def test_next_never_leads_elsewhere(forged):
    person = make_person()
    out, inside = Client(), Client()
    log_in(inside, person)
    answers = [
        out.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": forged}),
        out.post(f"{reverse('account_logout')}", {"next": forged}),
        Client().get("/cms/login/", {"next": forged}),
        Client().get("/_util/login/", {"next": forged}),
        inside.get(reverse("account_login"), {"next": forged}),
        inside.get(reverse("account_signup"), {"next": forged}),
        inside.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": forged}),
        inside.get(reverse("second_factor_needed"), {"next": forged}),
        inside.post(reverse("account_logout"), {"next": forged}),
    ]
    for response in answers:
        place = response.headers.get("Location", "/")
        whole = urlsplit(urljoin("http://testserver/account/login/", place.replace("\\", "/").replace("\t", "")))
        assert (whole.scheme, whole.netloc) == ("http", "testserver"), place


HOSTILE = ["x" * 10_000, "🌱" * 300, "\u202e\u2066مرحبا", "<script>alert(1)</script>", "' OR 1=1 --", "{{ 7*7 }}"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_hostile_text_gets_a_page_and_changes_nothing(client, name, text):
    fields = dict.fromkeys(("login", "email", "password", "password1", "full_name", "next", "remember"), text)
    response = client.post(reverse(name), fields)
    assert response.status_code == 200
    assert "<script>alert(1)" not in response.content.decode()
    assert response.context["form"].errors
    assert not User.objects.exists()


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
@pytest.mark.parametrize("where", ["field", "encoding", "name", "query", "path", "cookie", "json", "file"])
def test_nul_is_refused_in_dutch(client, name, where):
    url = reverse(name)
    if where == "cookie":
        client.cookies["sessionid"] = "abcdefgh\0ijklmnop"
        assert client.get(url).status_code == 200
        return
    if where == "field":
        response = client.post(url, {"email": "a\0b@voorbeeld.example", "login": "a\0", "password": "\0"})
    elif where == "encoding":
        response = client.post(url, b"login=a%FFb", content_type="application/x-www-form-urlencoded")
    elif where == "name":
        response = client.post(url, {"em\0ail": "x"})
    elif where == "query":
        response = client.get(url, {"next": "/a\0b"})
    elif where == "path":
        response = client.get("/aanbod/a%00b/")
    elif where == "json":
        response = client.post(url, '{"a": "\\u0000"}', content_type="application/json")
        assert response.status_code == 400
        assert response.json()["code"] == "unreadable"
        return
    else:
        return
    assert response.status_code == 400
    assert "niet kunnen lezen" in response.content.decode()


def test_a_change_of_address_stands_in_the_log(client):
    person = make_person()
    log_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "ander@voorbeeld.example"})
    client.post(link_in(next(sent for sent in mails() if sent.to == ["ander@voorbeeld.example"]).body))
    assert AuditEntry.objects.filter(action="email.change", subject=person).count() == 1

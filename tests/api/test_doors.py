"""Who may come in, and what the API makes of what it cannot read."""

import json
import re

import pytest
from django.conf import settings as project
from django.test import Client
from django.urls import clear_url_caches, path

from academy.api import errors
from academy.api.urls import api
from academy.api.views import tokens
from academy.people.domain.tokens import create_token, revoke_token
from academy.people.enums import Role, TokenKind
from academy.people.models import AccessToken
from tests import factories
from tests.gatherings.factories import make_gathering
from tests.permissions.world import log_in

pytestmark = pytest.mark.django_db


def body_of(response):
    answer = json.loads(response.content)
    assert set(answer) >= {"code", "message", "reasons"}
    return answer


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer  ", "Bearer niets", "Basic bm9vcjpub29y", "niets", "Bearer \x00"]
)
def test_wrong_token_is_refused_everywhere(header):
    for address in ("/api/v1/me", "/api/v1/offerings"):
        response = Client().get(address, headers={"Authorization": header})
        assert (response.status_code, body_of(response)["code"]) == (401, "not_signed_in")
        assert response["WWW-Authenticate"].startswith("Bearer")


def test_token_of_another_kind_or_revoked_or_of_a_leaver_is_refused(caller):
    person = factories.make_person()
    _feed, secret = create_token(person=person, kind=TokenKind.FEED)
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401
    me = caller(person)
    assert me.get("/me")[0] == 200
    revoke_token(token=AccessToken.objects.get(kind="api"), by=person)
    assert me.get("/me")[0] == 401
    me = caller(person)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    assert me.get("/me")[0] == 401


def test_token_that_is_wrong_is_not_made_good_by_a_session():
    client = log_in(factories.make_person())
    assert client.get("/api/v1/me").status_code == 200
    assert client.get("/api/v1/me", headers={"Authorization": "Bearer niets"}).status_code == 401


def test_session_writes_with_the_csrf_token_only():
    gathering, person = make_gathering(), factories.make_person()
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend=project.AUTHENTICATION_BACKENDS[0])
    address = f"/api/v1/gatherings/{gathering.public_id}/seat"
    response = client.post(address, content_type="application/json")
    assert (response.status_code, body_of(response)["code"]) == (403, "csrf")
    assert gathering.seats.count() == 0
    page = client.get("/account/sleutels/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    response = client.post(address, content_type="application/json", headers={"X-CSRFToken": token})
    assert response.status_code == 201


def test_second_factor_counts_for_sessions_and_for_tokens_made_before_the_role(caller, settings):
    settings.ACADEMY_MFA_REQUIRED = True
    person = factories.make_with_role(Role.HR)
    client = Client()
    client.force_login(person, backend=project.AUTHENTICATION_BACKENDS[0])
    response = client.get("/api/v1/me")
    assert (response.status_code, body_of(response)["code"]) == (403, "second_factor")
    early = factories.make_person()
    me = caller(early)
    factories.assign_role(person=early, role=Role.HR, by=None)
    assert me.get("/me")[0] == 401
    assert caller(person).get("/me")[0] == 200


NONSENSE = [
    b"{",
    b"niets",
    b"\xff\xfe",
    b'{"rows": [], "rows": }',
    b'{"rows": "\\ud800"}',
    b'{"rows": "\\u0000"}',
    b"[" * 100_000,
    b'{"rows": ' + b"9" * 5000 + b"}",
]


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
def test_body_that_cannot_be_read_is_said_in_dutch(caller, body):
    office = caller(factories.make_with_role(Role.OFFICE))
    session = make_gathering().sessions.get()
    status, answer = office.put(f"/sessions/{session.public_id}/attendance", body, If_Match="*")
    assert (status, answer["code"]) == (400, "unreadable")


@pytest.mark.parametrize(
    "body", [[], "tekst", 1, None, {}, {"rows": None}, {"rows": {}}, {"rows": [1]}, {"rows": [[]]}]
)
def test_body_of_the_wrong_shape_is_said_in_dutch(caller, body):
    office = caller(factories.make_with_role(Role.OFFICE))
    session = make_gathering().sessions.get()
    status, answer = office.put(f"/sessions/{session.public_id}/attendance", json.dumps(body), If_Match="*")
    assert (status, answer["code"]) == (422, "invalid")
    assert answer["message"].endswith(".")
    assert answer["reasons"]


@pytest.mark.parametrize("bad", ["nobody", "x" * 10_000, "%00", "%ED%A0%80", "..%2f..", "' or 1=1", "é"])
def test_unknown_ids_are_not_found(caller, bad):
    office = caller(factories.make_with_role(Role.OFFICE))
    calls = [
        ("GET", f"/gatherings/{bad}"),
        ("POST", f"/gatherings/{bad}/seat"),
        ("DELETE", f"/gatherings/{bad}/seat"),
        ("GET", f"/gatherings/{bad}/participants"),
        ("POST", f"/gatherings/{bad}/close"),
        ("GET", f"/sessions/{bad}/attendance"),
        ("POST", f"/sessions/{bad}/close"),
        ("POST", f"/offers/{bad}/accept"),
        ("POST", f"/offers/{bad}/decline"),
        ("GET", f"/certificates/{bad}"),
        ("GET", f"/certificates/{bad}/pdf"),
    ]
    wanted = 400 if bad == "%00" else 404
    assert [(call, office.ask(*call)[0]) for call in calls] == [(call, wanted) for call in calls]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("kind=onzin", 422),
        ("kind=", 422),
        ("open=misschien", 422),
        ("mine=2", 422),
        ("offering=" + "x" * 10_000, 422),
        ("cursor=" + "x" * 10_000, 422),
        ("cursor=abc", 422),
        ("offering=%00", 400),
        ("onbekend=1", 200),
    ],
)
def test_questions_that_make_no_sense(caller, query, status):
    got, answer = caller().get(f"/gatherings?{query}")
    assert got == status
    assert got == 200 or answer["message"].endswith(".")


def test_question_of_ten_thousand_characters_is_refused(caller):
    assert caller().get("/offerings?q=" + "x" * 10_000)[0] == 422
    assert caller().get("/offerings?theme=" + "x" * 10_000)[0] == 422


def test_what_is_not_there_is_answered_in_json(caller):
    for method in ("GET", "POST", "PUT", "DELETE"):
        status, answer = caller().ask(method, "/niets")
        assert (status, answer["code"]) == (404, "not_found")
    assert caller().post("/token", {"email": "noor@voorbeeld.example", "password": "x"})[0] == 404


def test_method_that_is_not_there_is_answered_in_json(caller):
    status, answer = caller().ask("PATCH", "/offerings")
    assert (status, answer["code"]) == (405, "method")


def test_fault_of_ours_is_json_and_says_nothing_of_the_inside(caller, monkeypatch):
    monkeypatch.setattr("academy.api.views.mine.memberships", lambda _person: 1 / 0)
    status, answer = caller(factories.make_person()).get("/me")
    assert (status, answer["code"]) == (500, "failed")
    assert "division" not in str(answer)


def test_description_names_every_call_and_the_page_shows_them():
    schema = json.loads(Client().get("/api/v1/openapi.json").content)
    assert schema["info"]["title"] == "Blijf Groeien Academie"
    assert set(schema["paths"]["/api/v1/gatherings/{public_id}/seat"]) == {"post", "delete"}
    page = Client().get("/api/v1/docs").content.decode()
    assert [address for address in schema["paths"] if address not in page] == []
    assert "//cdn" not in page


@pytest.fixture
def demo_door(settings):
    """The token endpoint, which only the demo has."""
    settings.ROOT_URLCONF = __name__
    clear_url_caches()
    yield "/token"
    clear_url_caches()


def _demo_patterns():
    from ninja import NinjaAPI  # noqa: PLC0415 -- only for the demo's own address

    door = NinjaAPI(urls_namespace="demo-door", openapi_url=None, docs_url=None, parser=errors.ReadableParser())
    errors.install(door)
    door.add_router("", tokens.router)
    return [path("", door.urls)]


urlpatterns = _demo_patterns()


def ask_token(email, password):
    response = Client().post("/token", {"email": email, "password": password}, content_type="application/json")
    return response.status_code, json.loads(response.content)


def test_password_gives_the_same_token_until_it_is_revoked(demo_door):
    person = factories.make_person()
    status, first = ask_token(person.email, factories.PASSWORD)
    assert (status, set(first)) == (200, {"token"})
    assert [ask_token(person.email.upper(), factories.PASSWORD) for _again in range(25)] == [(200, first)] * 25
    token = AccessToken.objects.get(person=person)
    revoke_token(token=token, by=person)
    status, second = ask_token(person.email, factories.PASSWORD)
    assert status == 200
    assert second != first


def test_wrong_password_or_nobody_is_the_same_answer(demo_door):
    person = factories.make_person()
    wrong = ask_token(person.email, "een-fout-wachtwoord")
    assert wrong == ask_token("niemand@voorbeeld.example", "een-fout-wachtwoord")
    assert (wrong[0], AccessToken.objects.count()) == (401, 0)
    for _try in range(10):
        last = ask_token(person.email, "een-fout-wachtwoord")
    assert last[0] == 429


def test_password_alone_is_not_enough_for_a_role_that_needs_more(demo_door, settings):
    person = factories.make_with_role(Role.HR)
    settings.ACADEMY_MFA_REQUIRED = True
    status, answer = ask_token(person.email, factories.PASSWORD)
    assert (status, answer["code"]) == (403, "second_factor")
    settings.ACADEMY_MFA_REQUIRED = False
    assert ask_token(person.email, factories.PASSWORD)[0] == 200


def test_every_part_is_mounted_once():
    assert "/api/v1/me/registration" in api.get_openapi_schema()["paths"]

"""Cases over the API: the same rules, and nothing of a refused text anywhere."""

import json

import pytest
from django.test import Client

from leertafels.cases.domain.texts import unseal
from leertafels.cases.models import Case
from tests.cases.factories import QUESTION, make_table, seat
from tests.factories import log_in, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.ACADEMY_MFA_REQUIRED = False
    settings.CASE_KEY_FOLDER = str(tmp_path / "keys")


def post(person, address, body, **client):
    browser = Client(**client)
    if person is not None:
        log_in(browser, person)
    sent = body if isinstance(body, str) else json.dumps(body)
    return browser.post(f"/api/v1{address}", sent, content_type="application/json")


def table(**values):
    gathering = make_table(**values)
    return seat(gathering), f"/sessions/{gathering.sessions.get().public_id}/case"


def test_brings_in_once():
    person, address = table(asks_text=True)
    body = {"learning_question": QUESTION, "situation": "Kind 1 is stil in Dronten.", "tried": "Praten."}
    first, again = post(person, address, body), post(person, address, body)
    assert (first.status_code, again.status_code) == (201, 200)
    answer = first.json()
    assert answer["id"] == again.json()["id"] == Case.objects.get().public_id
    assert answer["state"] == "brought_in"
    assert [(hit["field"], hit["kind"]) for hit in answer["warnings"]] == [("situation", "place")]
    assert "stil" not in first.content.decode()


@pytest.mark.parametrize(
    ("body", "content"),
    [
        ({"text": "Hoe dan?"}, ("Hoe dan?", "")),
        ({"learning_question": "Hoe?", "text": "Een gezin."}, ("Hoe?", "Een gezin.")),
        (
            {"learning_question": "Hoe?", "situation": "Een gezin.", "text": "Drie kinderen."},
            ("Hoe?", "Een gezin.\nDrie kinderen."),
        ),
    ],
)
def test_text_alone_is_the_question_and_beside_one_the_situation(body, content):
    person, address = table(asks_text=True)
    assert post(person, address, body).status_code == 201
    sealed = unseal(Case.objects.get())
    assert (sealed.learning_question, sealed.situation) == content


def test_refuses_with_every_hit():
    person, address = table()
    refused = post(person, address, {"learning_question": "Fatima Yilmaz, 1312 AB, in Dronten"})
    answer = refused.json()
    assert refused.status_code == 422
    assert answer["code"] == "traceable"
    assert [reason["code"] for reason in answer["reasons"]] == ["name", "postcode"]
    assert [(hit["kind"], hit["level"]) for hit in answer["hits"]] == [
        ("name", "stop"),
        ("postcode", "stop"),
        ("place", "warn"),
    ]
    assert "Fatima" not in refused.content.decode()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"learning_question": "x" * 301}, 422),
        ({"learning_question": "x" * 10_001}, 422),
        ({"learning_question": "Hoe?", "situation": "Een gezin."}, 422),
        ({"vraag": "Hoe?"}, 422),
        ({"learning_question": 5}, 422),
        ('{"learning_question": "Hoe\\u0000"}', 400),
        ("{", 400),
        ("[]", 422),
    ],
)
def test_bad_input_is_answered(body, status):
    person, address = table()
    refused = post(person, address, body)
    assert refused.status_code == status
    assert refused.json()["message"]
    assert not Case.objects.exists()


def test_a_stranger_and_an_unknown_meeting_are_the_same_404():
    _person, address = table()
    stranger = make_person()
    answers = [post(stranger, address, {"text": "Hoe?"}), post(stranger, "/sessions/nietdaar/case", {"text": "Hoe?"})]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == answers[1].json()
    assert post(stranger, f"/sessions/{'x' * 500}/case", {"text": "Hoe?"}).status_code == 404
    assert post(None, address, {"text": "Hoe?"}).status_code == 401


def test_a_second_text_is_409():
    person, address = table()
    post(person, address, {"text": "Hoe?"})
    assert post(person, address, {"text": "Iets anders?"}).status_code == 409


def test_check_says_where_and_keeps_nothing(django_assert_num_queries, caplog):
    person = make_person()
    browser = Client()
    log_in(browser, person)
    body = json.dumps({"text": "😀 Bel 06-12345678 in Dronten"})
    browser.post("/api/v1/cases/check", body, content_type="application/json")
    with django_assert_num_queries(2):  # the session and its person
        answer = browser.post("/api/v1/cases/check", body, content_type="application/json")
    hits = answer.json()["hits"]
    assert [(hit["kind"], hit["start"], hit["end"], hit["level"]) for hit in hits] == [
        ("phone", 6, 17, "stop"),
        ("place", 21, 28, "warn"),
    ]
    assert answer["Cache-Control"] == "no-store, private"
    assert caplog.records == []


def test_check_takes_ten_thousand_characters_and_refuses_a_hundred_thousand():
    person = make_person()
    for text in ("😀" * 10_000, "<b>" * 3_000, "1-" * 5_000, ""):
        assert post(person, "/cases/check", {"text": text}).status_code == 200
    assert post(person, "/cases/check", {"text": "x" * 100_000}).status_code == 422
    assert post(None, "/cases/check", {"text": "x"}).status_code == 401


def test_a_session_without_its_token_is_refused():
    assert post(make_person(), "/cases/check", {"text": "x"}, enforce_csrf_checks=True).status_code == 403

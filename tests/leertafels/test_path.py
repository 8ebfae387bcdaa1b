"""The whole way as a newcomer goes it: a place, the agreements, a question, the evening, the points."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from academy.common import clock
from leertafels.cases.models import Case
from tests.credits.factories import registered
from tests.factories import log_in, make_membership, make_person
from tests.leertafels.factories import facilitator, make_table, managed_pair

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.ACADEMY_MFA_REQUIRED = False
    settings.CASE_KEY_FOLDER = str(tmp_path / "keys")


def at_door(person):
    client = Client()
    log_in(client, person)
    return client


def ask(person, method, address, body=None, **head):
    sent = "" if body is None else json.dumps(body)
    return at_door(person).generic(method, f"/api/v1{address}", sent, content_type="application/json", headers=head)


def test_a_newcomer_takes_a_seat_signs_asks_and_has_two_points_expected(django_capture_on_commit_callbacks):
    table = make_table(mode="mixed", sessions=1)
    marjan, samir = facilitator(table), make_person(full_name="Samir Nieuw")
    make_membership(samir, approved_at=clock.now())
    registered(samir)
    here, session = f"/gatherings/{table.gathering.public_id}", table.gathering.sessions.get()

    assert ask(samir, "POST", f"{here}/seat").json()["state"] == "confirmed"
    signing = reverse("table_sign", args=(table.gathering.public_id,))
    assert at_door(samir).post(signing, {"version": "1", "agrees": "on"}).status_code == 302
    bringing = reverse("case_bring_in", args=(session.public_id,))
    sent = {"learning_question": "Hoe begin ik het gesprek?", "untraceable": "on"}
    assert at_door(samir).post(bringing, sent | {"learning_question": "Hoe help ik 1312 AB?"}).status_code == 200
    refused = ask(samir, "POST", f"/sessions/{session.public_id}/case", {"text": "Hoe help ik 1312 AB?"})
    assert (refused.status_code, [one["code"] for one in refused.json()["reasons"]]) == (422, ["postcode"])
    assert not Case.objects.exists()
    assert at_door(samir).post(bringing, sent).status_code == 302
    case = Case.objects.get()

    with clock.frozen(session.starts_at - HOUR):
        assert (
            "Hoe begin ik het gesprek?" in at_door(marjan).get(reverse("case", args=(case.public_id,))).content.decode()
        )
    with clock.frozen(session.ends_at + HOUR), django_capture_on_commit_callbacks(execute=True):
        rows = [{"person": samir.public_id, "status": "present"}]
        clocks = {"intervision_minutes": 120, "case_minutes": 0}
        sheet = f"/sessions/{session.public_id}/attendance"
        assert ask(marjan, "PUT", sheet, {"rows": rows, **clocks}, if_match="*").status_code == 200
        assert ask(marjan, "POST", f"/sessions/{session.public_id}/close").status_code == 200
    (credit,) = [one for one in ask(samir, "GET", "/me/credits").json()["items"] if one["points_expected"]]
    assert (credit["requirement"], credit["points_expected"], credit["state"]) == ("REFL", "2.00", "earned")
    case.refresh_from_db()
    assert (case.is_destroyed, bytes(case.sealed)) == (True, b"")


@pytest.mark.parametrize("manager_first", [True, False])
def test_the_guard_on_authority_answers_the_api_both_ways(manager_first):
    table = make_table(mode="intervision")
    pair = managed_pair()
    first, second = pair if manager_first else reversed(pair)
    address = f"/gatherings/{table.gathering.public_id}/seat"
    assert ask(first, "POST", address).status_code == 201
    refused = ask(second, "POST", address)
    assert (refused.status_code, [one["code"] for one in refused.json()["reasons"]]) == (409, ["authority"])

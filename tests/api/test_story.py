"""The main job by API alone, with real processes; on PostgreSQL with Redis as broker, as at work."""

import json
import signal
import time
import urllib.error
import urllib.request

import pytest

from tests import services
from tests.prepared import on_postgres

pytestmark = [pytest.mark.live, pytest.mark.story, pytest.mark.redis, pytest.mark.xdist_group("story-api")]
DAY = 86_400
# The run that she chooses is over, also when it moved out of a weekend.
AFTER_THE_RUN = 27
PASSWORD = "blijf-groeien-demo"
RATHER_LONG = 60


class Caller:
    def __init__(self, academy, account):
        self.academy, self.headers = academy, {}
        told = {"email": f"{account}@voorbeeld.example", "password": PASSWORD}
        self.headers["Authorization"] = f"Bearer {self.post('/token', told)[1]['token']}"

    def call(self, method, path, body=None, **headers):
        request = urllib.request.Request(
            f"{self.academy.url}/api/v1{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", **self.headers, **headers},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, json.loads(refused.read())

    def get(self, path):
        status, answer = self.call("GET", path)
        assert status == 200, answer
        return answer

    def post(self, path, body=None):
        return self.call("POST", path, body if body is not None else {})


def formal(caller):
    return next(row for row in caller.get("/me/registration")["requirements"] if row["key"] == "DB.FORM")


def test_enrol_attend_close_and_prove_by_api(demo_sandbox):
    academy = demo_sandbox
    at_work = {"CELERY_BROKER_URL": services.REDIS_URL} if on_postgres() else {}
    academy.serve(**at_work)
    noor = Caller(academy, "noor")
    had = {one["code"] for one in noor.get("/me/certificates")["items"]}
    before = float(formal(noor)["expected"])

    offering = noor.get("/offerings?q=intieme+terreur")["items"][0]
    run = noor.get(f"/gatherings?kind=run&offering={offering['id']}&open=true")["items"][0]
    status, seat = noor.post(f"/gatherings/{run['id']}/seat")
    assert (status, seat["state"]) == (201, "confirmed")
    assert noor.post(f"/gatherings/{run['id']}/seat")[0] == 200
    assert noor.call("POST", f"/gatherings/{run['id']}/close")[0] in (403, 404)

    for process in academy.processes:
        academy.kill(process, signal.SIGTERM)
    later = {**at_work, "ACADEMY_CLOCK_OFFSET": str(AFTER_THE_RUN * DAY)}
    served = academy.serve(**later)
    marjan = Caller(academy, "marjan")
    assert marjan.post(f"/gatherings/{run['id']}/close")[0] == 409
    seated = marjan.get(f"/gatherings/{run['id']}/participants")["items"]
    rows = [{"person": one["person"], "status": "present"} for one in seated if one["seat_state"] == "confirmed"]
    for session in run["sessions"]:
        sheet = f"/sessions/{session['id']}/attendance"
        assert marjan.call("PUT", sheet, {"rows": rows}, **{"If-Match": "*"})[0] == 200
    assert marjan.post(f"/gatherings/{run['id']}/close")[0] == 200
    academy.kill(served)
    academy.serve(**later)
    assert marjan.post(f"/gatherings/{run['id']}/close")[0] == 200

    deadline = time.monotonic() + RATHER_LONG
    new = []
    while time.monotonic() < deadline and not (new and new[0]["ready"]):
        new = [one for one in noor.get("/me/certificates")["items"] if one["code"] not in had]
        time.sleep(0.5)
    assert [one["ready"] for one in new] == [True]
    checked = noor.get(f"/certificates/{new[0]['code']}")
    assert (checked["status"], checked["points"]) == ("valid", "6.00")
    assert float(formal(noor)["expected"]) == before + 6
    assert any("Noor" in row["name"] for row in Caller(academy, "yasmin").get("/hr/hours?group_by=person")["items"])

"""Many clients over HTTP against two web processes, for fewer seats than there are clients."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time

import pytest

from tests.gatherings.test_races import result

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("races")]

PREPARE = """
import json, os, sys
sys.path.insert(0, os.getcwd())
from datetime import timedelta
from academy.common import clock
from academy.common.identifiers import digest
from academy.people.models import AccessToken, User
from tests.gatherings.factories import make_gathering
from tests.gatherings import races
races.register()
clients, capacity, rounds = %(clients)d, %(capacity)d, %(rounds)d
people = User.objects.bulk_create(
    [User(email=f"race{n}@voorbeeld.example", full_name=f"Racer {n}", password="!") for n in range(clients)]
)
AccessToken.objects.bulk_create(
    [AccessToken(person=one, kind="api", digest=digest(one.public_id), created_at=clock.now()) for one in people]
)
made = [make_gathering(capacity=capacity, starts_in=timedelta(days=30 + n)).public_id for n in range(rounds)]
print("RESULT" + json.dumps({"tokens": [one.public_id for one in people], "gatherings": made}))
"""
QUEUE = """
import json
from academy.gatherings.models import Gathering, Seat
gathering = Gathering.objects.get(public_id="%s")
rows = Seat.objects.filter(gathering=gathering).with_position().order_by("queue_key")
print("RESULT" + json.dumps([[row.public_id, row.state, row.position] for row in rows]))
"""


def start(sandbox, application="academy.wsgi"):
    """Two web processes of eight threads each; what both load is loaded before they part."""
    process = sandbox.start(
        *("-m", "gunicorn", application, "--workers", "2", "--threads", "8", "--backlog", "512", "--preload"),
        *("--bind", f"127.0.0.1:{sandbox.port}"),
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", sandbox.port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("The site did not start.")


def ask(port, gathering, token):
    """When it began, when the answer was there, and the answer."""
    began = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("POST", f"/api/v1/gatherings/{gathering}/seat", headers={"Authorization": f"Bearer {token}"})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return {"began": began, "ended": time.monotonic(), "status": response.status, "body": body}


def race(sandbox, gathering, tokens):
    """Everybody at once; what each of them got."""
    gate, answers = threading.Barrier(len(tokens)), []

    def client(token):
        gate.wait()
        answers.append(ask(sandbox.port, gathering, token))

    threads = [threading.Thread(target=client, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def broken(answers, rows, capacity):
    """What is wrong; empty when every place was given once and everybody else stands in line in the right order."""
    wrong = [f"{one['status']}: {one['body'][:80]}" for one in answers if one["status"] != 201]
    if wrong:
        return wrong
    place = {seat: number for number, (seat, _state, _position) in enumerate(rows)}
    for one in answers:
        one.update(json.loads(one["body"]))
    waiting = [one["position"] for one in answers if one["state"] == "waitlisted"]
    if sum(one["state"] == "confirmed" for one in answers) != capacity or len(rows) != len(answers):
        wrong.append("places were given twice, or requests were lost")
    if sorted(waiting) != list(range(1, len(answers) - capacity + 1)):
        wrong.append("positions with gaps in the answers")
    if [row[2] for row in rows if row[1] == "waitlisted"] != list(range(1, len(answers) - capacity + 1)):
        wrong.append("positions with gaps in the line")
    earliest_answer_behind = float("inf")
    for one in sorted(answers, key=lambda one: place[one["id"]], reverse=True):
        if one["began"] > earliest_answer_behind:
            wrong.append("who asked after an answer stands before it")
        earliest_answer_behind = min(earliest_answer_behind, one["ended"])
    return wrong


def rounds_of(sandbox, *, clients, capacity, rounds, application="academy.wsgi"):
    """For each round what was wrong."""
    made = result(sandbox.python(PREPARE % {"clients": clients, "capacity": capacity, "rounds": rounds}))
    start(sandbox, application)
    found = []
    for gathering in made["gatherings"]:
        answers = race(sandbox, gathering, made["tokens"])
        found.append(broken(answers, result(sandbox.python(QUEUE % gathering)), capacity))
    return found


def test_race_over_http_gives_each_place_once(sandbox):
    assert rounds_of(sandbox, clients=40, capacity=10, rounds=3) == [[]] * 3


def test_race_over_http_without_its_lock_goes_wrong(sandbox):
    """Without the lock (PostgreSQL) or the transaction (SQLite) the same race must fail, or it proves nothing."""
    found = rounds_of(sandbox, clients=40, capacity=10, rounds=3, application="tests.api.weak_wsgi")
    assert any(found)


def test_race_of_two_hundred_for_fifty(sandbox):
    assert rounds_of(sandbox, clients=200, capacity=50, rounds=1) == [[]]


@pytest.mark.soak
def test_race_over_http_in_full(sandbox):
    assert rounds_of(sandbox, clients=200, capacity=50, rounds=10) == [[]] * 10

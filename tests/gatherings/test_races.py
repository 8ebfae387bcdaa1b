"""Two processes with many threads against one gathering, on whatever database the suite runs on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from tests.sandbox import ROOT, on_postgres

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("races")]

PREPARE = """
import os, sys
sys.path.insert(0, os.getcwd())
from academy.people.models import User, RoleAssignment
from academy.people.domain.roles import assign_role
from tests.gatherings import races
from tests.gatherings.factories import make_gathering
races.register()
from django.db import transaction
import json
with transaction.atomic():
    start = User.objects.count()
    User.objects.bulk_create([User(email=f"race{start + n}@voorbeeld.example", full_name=f"Racer {n}", password="!") for n in range(%(people)d)])
people = list(User.objects.order_by("-pk").values_list("pk", flat=True)[:%(people)d])
gathering = make_gathering(capacity=%(capacity)d)
print("RESULT" + json.dumps({"gathering": gathering.pk, "people": people}))
"""


def result(text: str):
    return json.loads(text[text.rindex("RESULT") + len("RESULT") :])


def race(sandbox, work, setup, *, processes=2, threads=8, weak=False, groups=None, **extra):
    """Let the people do ``work`` at once; what each of them got."""
    people = setup["people"]
    groups = groups or [people[number::processes] for number in range(processes)]
    env = {**sandbox.env, "RACE_WITHOUT": "1" if weak else "", "DJANGO_SETTINGS_MODULE": "academy.settings"}
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "tests/gatherings/racer.py",
                json.dumps(
                    {
                        "work": work,
                        "threads": threads,
                        "gathering": setup["gathering"],
                        "people": group,
                        **extra,
                    }
                ),
            ],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for group in groups
    ]
    answers = []
    for process in running:
        assert process.stdout.readline() == "READY\n", process.stderr.read()[-3000:]
    start = time.time() + 0.3
    for process in running:
        process.stdin.write(f"{start}\n")
        process.stdin.flush()
    for process in running:
        out, err = process.communicate(timeout=180)
        assert process.returncode == 0, err[-3000:]
        answers += result(out)
    return answers


def broken(answers, capacity):
    """What is wrong with the outcome of a race for seats; empty when all is well."""
    wrong = [one["error"] for one in answers if "error" in one]
    good = [one for one in answers if "error" not in one]
    confirmed = [one for one in good if one["state"] == "confirmed"]
    waiting = sorted((one for one in good if one["state"] == "waitlisted"), key=lambda one: one["key"])
    if len(confirmed) != min(capacity, len(answers)):
        wrong.append(f"{len(confirmed)} confirmed for {capacity} places")
    if len(confirmed) + len(waiting) != len(answers):
        wrong.append("requests were lost")
    if [one["position"] for one in waiting] != list(range(1, len(waiting) + 1)):
        wrong.append("positions with gaps")
    if len({one["key"] for one in good}) != len(good):
        wrong.append("two people at one place in line")
    by_key = sorted(good, key=lambda one: one["key"])
    ended_later = float("inf")
    for one in reversed(by_key):
        # Nobody may stand before somebody whose answer had come before she asked.
        if one["began"] > ended_later:
            wrong.append("a later request stands before an earlier answer")
        ended_later = min(ended_later, one["ended"])
    return wrong


def seats_race(sandbox, *, clients, capacity, weak=False, threads=8):
    setup = result(sandbox.python(PREPARE % {"people": clients, "capacity": capacity}))
    return broken(race(sandbox, "take", setup, weak=weak, threads=threads), capacity)


def test_race_for_seats_gives_each_place_once(sandbox):
    for _round in range(2):
        assert seats_race(sandbox, clients=60, capacity=15) == []


def test_race_for_seats_negative_control_fails(sandbox):
    """Without the lock (PostgreSQL) or the transaction (SQLite) the same race must go wrong, or it proves nothing."""
    assert any(seats_race(sandbox, clients=60, capacity=15, weak=True) for _round in range(3))


@pytest.mark.soak
def test_race_for_seats_in_full(sandbox):
    for _round in range(10):
        assert seats_race(sandbox, clients=200, capacity=50, threads=25) == []


CLOSE = """
from datetime import timedelta
from academy.common import clock
from academy.gatherings.models import Gathering, Attendance, Session
from academy.gatherings.domain.seats import take_seat
from academy.people.models import User
from academy.people.domain.roles import assign_role
from tests.gatherings import races
races.register()
gathering = Gathering.objects.get(pk=%(gathering)d)
people = list(User.objects.filter(pk__in=%(people)s))
for person in people[:3]:
    take_seat(person=person, gathering=gathering, by=person)
session = gathering.sessions.get()
past = clock.now() - timedelta(days=3)
Session.objects.filter(pk=session.pk).update(starts_at=past, ends_at=past + timedelta(hours=2))
Gathering.objects.filter(pk=gathering.pk).update(starts_at=past, ends_at=past + timedelta(hours=2))
for person in people[:3]:
    Attendance.objects.create(session=session, person=person, status="present", minutes=120, version=1, recorded_at=clock.now())
for person in people[3:]:
    assign_role(person=person, role="of", by=None)
print("RESULT" + "[%%s,%%s]" %% (people[3].pk, people[4].pk))
"""

COUNT = """
import json
from certificates.models import Certificate
from certificates.credits.models import AchievementRecord
from academy.people.models import AuditEntry
print("RESULT" + json.dumps([AchievementRecord.objects.count(), Certificate.objects.count(), AuditEntry.objects.filter(action="gathering.close").count()]))
"""


def test_race_of_two_who_close_closes_once(sandbox):
    setup = result(sandbox.python(PREPARE % {"people": 5, "capacity": 5}))
    closers = result(sandbox.python(CLOSE % setup))
    answers = race(sandbox, "close", setup, groups=[[closers[0]], [closers[1]]])
    assert not [one for one in answers if "error" in one], answers
    assert len({one["closed_by"] for one in answers}) == 1
    assert result(sandbox.python(COUNT)) == [3, 3, 1]


OFFER = """
import json
from academy.gatherings.models import Gathering, SeatOffer
from academy.gatherings.domain.seats import take_seat, cancel_seat
from academy.people.models import User
from tests.gatherings import races
races.register()
gathering = Gathering.objects.get(pk=%(gathering)d)
people = list(User.objects.filter(pk__in=%(people)s))
first, second, third = people[:3]
seat = take_seat(person=first, gathering=gathering, by=first).seat
take_seat(person=second, gathering=gathering, by=second)
take_seat(person=third, gathering=gathering, by=third)
cancel_seat(seat=seat, by=first)
offer = SeatOffer.objects.get()
print("RESULT" + json.dumps({"offer": offer.pk, "holder": second.pk, "other": first.pk}))
"""

STATES = """
import json
from academy.gatherings.models import Seat
print("RESULT" + json.dumps(list(Seat.objects.filter(gathering=%(gathering)d).order_by("queue_key").values_list("state", flat=True))))
"""


def test_race_of_accepting_and_expiring_has_one_outcome(sandbox):
    setup = result(sandbox.python(PREPARE % {"people": 3, "capacity": 1}))
    made = result(sandbox.python(OFFER % setup))
    answers = race(sandbox, "accept_or_expire", setup, groups=[[made["holder"]], [made["other"]]], offer=made["offer"])
    assert not [one for one in answers if "error" in one], answers
    states = result(sandbox.python(STATES % setup))
    assert states in (["cancelled", "confirmed", "waitlisted"], ["cancelled", "declined", "offered"])
    accepted = any(one.get("state") == "confirmed" for one in answers)
    assert accepted == (states[1] == "confirmed")


def test_the_race_runs_on_the_database_of_the_suite(sandbox):
    """The sandbox follows ``DATABASE_URL``: the same race runs on both."""
    vendor = sandbox.python("from django.db import connection; print(connection.vendor)")
    assert vendor == ("postgresql" if on_postgres() else "sqlite")
    assert os.environ.get("ACADEMY_ENV") == "test"

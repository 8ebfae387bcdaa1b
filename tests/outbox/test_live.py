"""Processes that are killed, and brokers that vanish. Each test has an academy, and a Redis, of its own."""

import base64
import contextlib
import json
import os
import pickle
import random
import signal
import statistics
import subprocess
import time
from uuid import uuid4

import psutil
import pytest
import redis

from tests.sandbox import free_port

pytestmark = [pytest.mark.live, pytest.mark.xdist_group("outbox-live")]
QUICK = {"OUTBOX_SWEEP_SECONDS": "2", "OUTBOX_DRAIN_SECONDS": "1", "PROBE_LEASE": "2"}
PROBED = {"DJANGO_SETTINGS_MODULE": "tests.outbox.probe.settings"}
ASK = """
from django.db import transaction
from academy.outbox.domain.jobs import enqueue
with transaction.atomic():
    for number in range(%(first)d, %(first)d + %(count)d):
        enqueue(kind="%(kind)s", key=f"n{number}", payload={"name": f"n{number}", "slow": %(slow)f})
"""
LOOK = """
import json
from django.db.models import Count
from academy.outbox.models import Job
from academy.people.models import AuditEntry
states = dict(Job.objects.filter(key__startswith="n").values_list("state").annotate(n=Count("pk")).order_by())
notes = AuditEntry.objects.filter(action="probe")
left = Job.objects.filter(key__startswith="n").exclude(state="done").values("state", "attempts", "last_error")[:5]
print(json.dumps({
    "states": states, "left": list(left), "notes": notes.count(), "names": notes.values("target").distinct().count(),
}))
"""


class Academy:
    """A sandbox with what these tests ask of it."""

    def __init__(self, sandbox):
        self.sandbox = sandbox
        self.asked = 0

    def ask(self, count, slow=0.0, kind="probe.note"):
        self.sandbox.python(ASK % {"first": self.asked, "count": count, "slow": slow, "kind": kind})
        self.asked += count

    def look(self):
        return json.loads(self.sandbox.python(LOOK))

    def wait_done(self, seconds):
        deadline = time.monotonic() + seconds
        while (seen := self.look())["states"].get("done", 0) < self.asked:
            assert time.monotonic() < deadline, seen
            time.sleep(0.1)
        assert seen["notes"] == seen["names"] == self.asked, seen


@pytest.fixture
def academy(sandbox):
    sandbox.env.update(PROBED | QUICK)
    return Academy(sandbox)


@pytest.fixture
def redis_server(tmp_path):
    """A Redis of one's own, to stop and to empty."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    running = []

    def start():
        running.append(subprocess.Popen(command, stdout=subprocess.DEVNULL))
        client = redis.Redis(port=port)
        for _ in range(100):
            try:
                client.ping()
                break
            except redis.ConnectionError:
                time.sleep(0.05)
        return client

    def stop():
        process = running.pop()
        process.kill()
        process.wait(timeout=10)

    start.url, start.stop = f"redis://127.0.0.1:{port}/0", stop
    yield start
    while running:
        stop()


def worker_tree(serve):
    """The worker that ``serve`` started, and its pool."""
    for child in psutil.Process(serve.pid).children():
        # A worker that was just killed may still stand in the list of processes.
        with contextlib.suppress(psutil.NoSuchProcess):
            if child.name() == "worker" and child.status() != psutil.STATUS_ZOMBIE:
                return [child, *child.children(recursive=True)]
    return []


def wait_for_worker(serve, seconds=40):
    deadline = time.monotonic() + seconds
    while len(worker_tree(serve)) < 3:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def kill_rounds(academy, rounds, patience):
    """Ask for work, kill the worker at whatever point it is, wait; the seconds from kill to all done."""
    dice = random.Random(20261122)
    serve = academy.sandbox.serve()
    back = []
    for number in range(rounds):
        wait_for_worker(serve)
        academy.ask(6, slow=0.05, kind=("probe.note", "probe.think")[number % 2])
        time.sleep(dice.uniform(0.0, 0.6))
        for process in worker_tree(serve):
            process.kill()
        killed = time.monotonic()
        academy.wait_done(patience)
        back.append(time.monotonic() - killed)
    return back


def report(name, back):
    high = sorted(back)[max(0, round(len(back) * 0.95) - 1)]
    print(
        f"\n{name}: {len(back)} rounds, median {statistics.median(back):.1f} s, p95 {high:.1f} s, max {max(back):.1f} s"
    )
    return high


def test_a_killed_worker_loses_and_doubles_nothing(academy):
    report("kill -9, short leases", kill_rounds(academy, rounds=10, patience=60))


@pytest.mark.soak
def test_a_killed_worker_is_replaced_within_a_minute(academy):
    """With the leases and ticks of real life."""
    for name in QUICK:
        academy.sandbox.env.pop(name)
    assert report("kill -9, real leases", kill_rounds(academy, rounds=100, patience=180)) <= 60


@pytest.mark.redis
def test_a_stopped_and_an_emptied_broker_lose_nothing(academy, redis_server):
    academy.sandbox.env["CELERY_BROKER_URL"] = redis_server.url
    redis_server()
    serve = academy.sandbox.serve()
    wait_for_worker(serve)
    academy.ask(5)
    academy.wait_done(30)

    redis_server.stop()
    started = time.monotonic()
    academy.ask(20)
    assert time.monotonic() - started < 2
    client = redis_server()
    academy.wait_done(90)

    academy.ask(200, slow=0.001)
    client.flushall()
    academy.wait_done(90)


def test_two_schedulers_double_nothing(academy):
    serve = academy.sandbox.serve()
    second = str(academy.sandbox.folder / "second")
    academy.sandbox.start("-m", "celery", "-A", "academy", "beat", "--schedule", second, "--pidfile", "")
    wait_for_worker(serve)
    for _ in range(4):
        academy.ask(25)
        time.sleep(1)
    academy.wait_done(60)


def test_pickle_is_refused(academy, tmp_path):
    """A message that would run code when it is unpacked (trust.md D3)."""
    folder = academy.sandbox.folder
    serve = academy.sandbox.serve()
    wait_for_worker(serve)
    victim = tmp_path / "victim"

    class Evil:
        def __reduce__(self):
            return os.system, (f"touch {victim}",)

    body = base64.b64encode(pickle.dumps([[Evil()], {}, {}])).decode()
    message = {
        "body": body,
        "content-encoding": "binary",
        "content-type": "application/x-python-serialize",
        "headers": {
            "task": "academy.outbox.run_job",
            "id": str(uuid4()),
            "lang": "py",
            "argsrepr": "",
            "kwargsrepr": "",
        },
        "properties": {
            "body_encoding": "base64",
            "delivery_tag": str(uuid4()),
            "delivery_mode": 2,
            "delivery_info": {"exchange": "celery", "routing_key": "celery"},
        },
    }
    (folder / "queue" / f"1_{uuid4()}.celery.msg").write_text(json.dumps(message))
    academy.ask(3)
    academy.wait_done(30)
    deadline = time.monotonic() + 10
    while list((folder / "queue").glob("1_*.msg")) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not list((folder / "queue").glob("1_*.msg"))
    assert not victim.exists()


def test_only_ids_go_to_the_broker(academy):
    academy.ask(3)
    messages = [json.loads(path.read_text()) for path in (academy.sandbox.folder / "queue").glob("*.msg")]
    assert len(messages) == 3
    for message in messages:
        args, _kwargs, _options = json.loads(base64.b64decode(message["body"]))
        assert [type(value) for value in args] == [int]


def test_serve_stops_everything_and_restarts_what_died(academy):
    serve = academy.sandbox.serve()
    wait_for_worker(serve)
    children = psutil.Process(serve.pid).children()
    assert len(children) == 3
    web = next(child for child in children if child.name() == "web")
    for process in [web, *web.children(recursive=True)]:
        process.kill()
    time.sleep(1)
    academy.sandbox.wait_for_web(serve)
    everybody = psutil.Process(serve.pid).children(recursive=True)
    os.kill(serve.pid, signal.SIGTERM)
    assert serve.wait(timeout=30) == 0
    _gone, alive = psutil.wait_procs(everybody, timeout=10)
    assert alive == []

import random
import threading
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery import Celery, current_app
from celery._state import _set_current_app
from django.db import connection, transaction

from academy.common import clock
from academy.outbox.domain import running
from academy.outbox.domain.jobs import enqueue, retry_job
from academy.outbox.domain.running import UNKNOWN_KIND, run_due, run_job
from academy.outbox.enums import JobState
from academy.outbox.models import Job
from academy.outbox.registry import JOB_KINDS, JobKind, TryAgainError, register_job
from academy.people.enums import Role
from academy.people.models import AuditEntry
from tests.factories import make_with_role

pytestmark = pytest.mark.django_db


def ask(name="een", kind="probe.note", **more):
    return enqueue(kind=kind, key=f"probe:{name}", payload={"name": name, **more})


def noted(name):
    return AuditEntry.objects.filter(action="probe", target=name).count()


def test_asking_twice_is_asking_once(woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert ask() == ask()
    assert woken == [Job.objects.get().pk]


def test_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="onbekend"):
        enqueue(kind="onbekend", key="x", payload={})


@pytest.mark.django_db(transaction=True)
def test_nobody_is_woken_for_a_change_that_did_not_happen(woken):
    def change():
        with transaction.atomic():
            ask()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        change()
    assert woken == []
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "filesystem://localhost//"])
def test_a_broker_that_is_down_neither_fails_nor_slows_the_change(url):
    """A Celery application of one's own, with our options and a broker that is not there."""
    ours = current_app._get_current_object()
    broken = Celery("broken", broker=url, set_as_current=False)
    broken.conf.broker_connection_timeout = 1
    broken.conf.broker_transport_options = (
        {"max_retries": 0, "socket_connect_timeout": 1}
        if url.startswith("redis")
        else {"data_folder_in": "/nergens", "data_folder_out": "/nergens", "control_folder": "/nergens"}
    )
    _set_current_app(broken)
    try:
        started = time.monotonic()
        for number in range(20):
            ask(str(number))
        assert time.monotonic() - started < 2
    finally:
        _set_current_app(ours)
    assert Job.objects.count() == 20


def test_delivering_five_times_shuffled_is_delivering_once():
    jobs = [ask(str(number)) for number in range(10)]
    calls = [job.pk for job in jobs] * 5
    random.Random(7).shuffle(calls)
    assert sum(run_job(pk=pk) == JobState.DONE for pk in calls) == 10
    assert [noted(str(number)) for number in range(10)] == [1] * 10


def test_a_kind_that_can_wait_lets_others_go_first(monkeypatch, at):
    """Also what is asked for while others wait: after each batch is looked again."""
    told = []
    for name, can_wait in (("test.paper", True), ("test.mail", False)):
        monkeypatch.setitem(
            JOB_KINDS, name, JobKind(name, lambda facts: told.append(facts["n"]), name, can_wait=can_wait)
        )
    monkeypatch.setattr("academy.outbox.domain.running.BATCH", 1)
    for n, kind in enumerate(("test.paper", "test.mail", "test.paper", "test.mail")):
        with at(f"2027-03-01 09:0{n}"):
            enqueue(kind=kind, key=f"wait:{n}", payload={"n": n})
    with at("2027-03-01 10:00"):
        run_due()
    assert told == [1, 3, 0, 2]


def test_a_job_waits_for_its_moment(at):
    with at("2027-03-01 09:00"):
        job = enqueue(
            kind="probe.note", key="later", payload={"name": "later"}, run_after=clock.now() + timedelta(hours=1)
        )
        assert run_job(pk=job.pk) is None
    with at("2027-03-01 10:00"):
        assert run_job(pk=job.pk) == JobState.DONE


def test_effects_and_done_come_together_or_not_at_all():
    job = ask("gif", kind="probe.poison")
    assert run_job(pk=job.pk) == JobState.WAITING
    assert noted("poison") == 0
    job.refresh_from_db()
    assert job.last_error.startswith("Er ging iets mis in het programma (RuntimeError)")
    assert "Marjan" not in job.last_error


def test_parked_after_five_failures_with_growing_pauses(at):
    with at("2027-03-01 09:00") as moment:
        job = ask("gif", kind="probe.poison")
    waits = []
    for attempt in range(5):
        with clock.frozen(moment):
            state = run_job(pk=job.pk)
            job.refresh_from_db()
            waits.append((job.run_after - moment).total_seconds())
            moment = job.run_after
        assert state == (JobState.PARKED if attempt == 4 else JobState.WAITING)
    assert waits[:4] == sorted(waits[:4])
    with clock.frozen(moment + timedelta(days=9)):
        assert run_job(pk=job.pk) is None


def test_a_job_that_kills_its_worker_is_parked_too(at):
    with at("2027-03-01 09:00"):
        job = ask()
        Job.objects.update(state=JobState.LEASED, attempts=5, lease_until=clock.now() - timedelta(seconds=1))
        assert run_job(pk=job.pk) == JobState.PARKED
    assert noted("een") == 0


def test_a_lease_that_runs_is_respected_and_one_that_ran_out_is_taken_over(at):
    with at("2027-03-01 09:00"):
        job = ask()
        Job.objects.update(state=JobState.LEASED, attempts=1, lease_until=clock.now() + timedelta(seconds=20))
        assert run_job(pk=job.pk) is None
    with at("2027-03-01 09:01"):
        assert run_job(pk=job.pk) == JobState.DONE


def test_who_lost_the_lease_leaves_nothing_behind():
    """Somebody else took the job over while it was being prepared."""

    def overtaken(payload):
        Job.objects.update(attempts=2, lease_until=clock.now() + timedelta(seconds=20))

    register_job(JobKind("probe.slow", JOB_KINDS["probe.note"].run, "traag", prepare=overtaken))
    job = ask("traag", kind="probe.slow")
    assert run_job(pk=job.pk) is None
    assert noted("traag") == 0
    job.refresh_from_db()
    assert job.state == JobState.LEASED


def test_who_lost_the_lease_says_nothing_about_how_it_went():
    def overtaken(payload):
        Job.objects.update(attempts=2, lease_until=clock.now() + timedelta(seconds=20))
        raise TryAgainError("De printer is leeg.")

    register_job(JobKind("probe.slow", JOB_KINDS["probe.note"].run, "traag", prepare=overtaken))
    job = ask("traag", kind="probe.slow")
    assert run_job(pk=job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.LEASED, "")


def test_a_kind_that_this_version_does_not_know_waits_for_one_that_does():
    job = Job.objects.create(kind="probe.tomorrow", key="probe:morgen", payload={"name": "morgen"})
    assert run_job(pk=job.pk) == JobState.WAITING
    job.refresh_from_db()
    assert job.last_error == UNKNOWN_KIND
    register_job(JobKind("probe.tomorrow", JOB_KINDS["probe.note"].run, "morgen"))
    with clock.frozen(job.run_after):
        assert run_job(pk=job.pk) == JobState.DONE
    assert noted("morgen") == 1


def test_what_somebody_else_took_meanwhile_is_passed_by():
    def outrun(payload):
        Job.objects.exclude(kind="probe.first").update(
            state=JobState.LEASED, attempts=1, lease_until=clock.now() + timedelta(seconds=20)
        )

    register_job(JobKind("probe.first", outrun, "eerst"))
    first, second = ask("een", kind="probe.first"), ask("twee")
    assert run_due() == {first.kind: {JobState.DONE: 1}}
    assert noted("twee") == 0
    second.refresh_from_db()
    assert second.state == JobState.LEASED


def test_when_the_time_is_up_the_rest_waits_for_the_next_round(monkeypatch):
    seconds = [0.0]
    monkeypatch.setattr(running, "time", SimpleNamespace(monotonic=lambda: seconds[0]))
    register_job(JobKind("probe.long", lambda _payload: seconds.append(seconds.pop() + 5), "lang"))
    for number in range(3):
        ask(str(number), kind="probe.long")
    assert run_due(seconds=8) == {"probe.long": {JobState.DONE: 2}}
    assert run_due(seconds=8) == {"probe.long": {JobState.DONE: 1}}


@pytest.mark.parametrize("count", [50, pytest.param(1000, marks=pytest.mark.soak)])
def test_one_poison_among_many(at, count):
    with at("2027-03-01 09:00") as moment:
        jobs = [
            Job(
                kind="probe.poison" if number == count // 2 else "probe.note",
                key=f"p{number}",
                payload={"name": str(number)},
            )
            for number in range(count)
        ]
        Job.objects.bulk_create(jobs)
        run_due(seconds=120)
    assert Job.objects.filter(state=JobState.DONE).count() == count - 1
    for days in range(1, 5):
        with clock.frozen(moment + timedelta(days=days)):
            run_due()
    assert Job.objects.filter(state=JobState.PARKED).count() == 1
    assert AuditEntry.objects.filter(action="probe").values("target").distinct().count() == count - 1


def test_retry_is_idempotent_and_in_the_log():
    office = make_with_role(Role.OFFICE)
    job = ask()
    Job.objects.update(state=JobState.PARKED, attempts=5)
    assert retry_job(job=job, by=office).state == JobState.WAITING
    retry_job(job=job, by=office)
    assert AuditEntry.objects.filter(action="job.retry", actor=office).count() == 1
    assert run_job(pk=job.pk) == JobState.DONE
    assert retry_job(job=job, by=office).state == JobState.DONE


@pytest.mark.parametrize("kind", ["probe.poison", "probe.long"])
def test_retry_is_one_attempt(kind):
    """However long the series of its kind was: the office sees at once whether it helped."""
    register_job(JobKind("probe.long", JOB_KINDS["probe.poison"].run, "lang", backoff=(60,) * 9))
    job = ask(kind=kind)
    Job.objects.update(state=JobState.PARKED, attempts=10)
    retry_job(job=job, by=make_with_role(Role.OFFICE))
    assert run_job(pk=job.pk) == JobState.PARKED


def test_try_again_shows_its_own_words():
    def refuse(payload):
        raise TryAgainError("De printer is leeg.")

    register_job(JobKind("probe.later", refuse, "later"))
    job = ask("later", kind="probe.later")
    run_job(pk=job.pk)
    job.refresh_from_db()
    assert job.last_error == "De printer is leeg."


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_runner_that_still_works_is_not_overtaken_when_its_lease_ran_out():
    """On PostgreSQL the row stays locked while the effects are written; a second runner passes by at once."""
    job = ask()
    Job.objects.update(state=JobState.LEASED, attempts=1, lease_until=clock.now() - timedelta(seconds=1))
    held, go_on = threading.Event(), threading.Event()

    def first():
        with transaction.atomic():
            Job.objects.select_for_update().get(pk=job.pk)
            held.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    held.wait(10)
    assert run_job(pk=job.pk) is None
    go_on.set()
    thread.join()
    assert run_job(pk=job.pk) == JobState.DONE

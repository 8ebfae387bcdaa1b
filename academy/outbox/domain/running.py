"""Doing work: claim a job, do it, and commit its effects together with the fact that it is done."""

from __future__ import annotations

import logging
import random
import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, Q, When

from academy.common import clock
from academy.outbox.enums import JobState
from academy.outbox.models import Job
from academy.outbox.registry import JOB_KINDS, JobKind, TryAgainError

logger = logging.getLogger(__name__)
WORKER_STOPPED = "De verwerker stopte terwijl deze taak bezig was."
# Not the text of the exception: that may hold personal data.
PROGRAM_ERROR = "Er ging iets mis in het programma ({}). Het logboek van de server zegt meer."
# Few enough that a mail asked for now waits for no more than some seconds of printing.
BATCH = 10
UNKNOWN_KIND = "Deze versie van de academie kent deze soort taak niet."


def is_due() -> Q:
    """Jobs that may be claimed now: waiting ones whose moment came, and those whose worker vanished."""
    moment = clock.now()
    return Q(state=JobState.WAITING, run_after__lte=moment) | Q(state=JobState.LEASED, lease_until__lte=moment)


def run_job(*, pk: int) -> JobState | None:
    """Do the job if it is due and nobody else does it; None when there was nothing to do.

    Delivering the same id many times is harmless: one caller gets the lease, the others nothing.
    """
    job = _claim(pk)
    if job is None:
        return None
    kind = JOB_KINDS.get(job.kind)
    if kind is None:
        return _fail(job, UNKNOWN_KIND, JobKind(job.kind, _nothing, job.kind))
    if job.attempts > len(kind.backoff) + 1:
        # The lease ran out on every attempt: this job takes its worker down with it.
        return _fail(job, WORKER_STOPPED, kind)
    try:
        return _do(job, kind)
    except TryAgainError as error:
        return _fail(job, str(error), kind)
    except Exception as error:
        logger.exception("Job %s of kind %s failed.", job.public_id, job.kind)
        return _fail(job, PROGRAM_ERROR.format(type(error).__name__), kind)


def run_due(*, seconds: float = 8) -> dict[str, dict[JobState, int]]:
    """Do what is due until nothing is left or the time is up; per kind how each job ended.

    The oldest goes first, and kinds that can wait after all others; what is asked for meanwhile is seen within a batch.
    """
    ends = time.monotonic() + seconds
    done: dict[str, dict[JobState, int]] = {}
    taken: set[int] = set()  # by somebody else, between looking and claiming
    while time.monotonic() < ends and (batch := _next_due(without=taken)):
        for pk, kind in batch:
            if time.monotonic() >= ends:
                break
            state = run_job(pk=pk)
            if state is None:
                taken.add(pk)
            else:
                counts = done.setdefault(kind, {})
                counts[state] = counts.get(state, 0) + 1
    return done


def _next_due(*, without: set[int]) -> list[tuple[int, str]]:
    patient = [name for name, kind in JOB_KINDS.items() if kind.can_wait]
    can_wait = Case(When(kind__in=patient, then=1), default=0)
    due = Job.objects.filter(is_due()).exclude(pk__in=without).order_by(can_wait, "run_after", "pk")
    return list(due.values_list("pk", "kind")[:BATCH])


def _nothing(*_: Any) -> None:
    """What a kind nobody registered does."""


def _claim(pk: int) -> Job | None:
    """Take the lease by one conditional update; PostgreSQL passes by a job whose runner still holds its row."""
    with transaction.atomic():
        if connection.features.has_select_for_update_skip_locked and not (
            Job.objects.select_for_update(skip_locked=True).filter(is_due(), pk=pk).exists()
        ):
            return None
        kind = Job.objects.filter(pk=pk).values_list("kind", flat=True).first()
        seconds = JOB_KINDS[kind].lease_seconds if kind in JOB_KINDS else 20
        claimed = Job.objects.filter(is_due(), pk=pk).update(
            state=JobState.LEASED,
            lease_until=clock.now() + timedelta(seconds=seconds),
            attempts=F("attempts") + 1,
        )
        return Job.objects.get(pk=pk) if claimed else None


def _held(job: Job) -> Job | None:
    """The row, locked, if the lease is still the one that was taken (``attempts`` tells two leases apart)."""
    return (
        Job.objects.select_for_update(of=("self",))
        .filter(pk=job.pk, state=JobState.LEASED, attempts=job.attempts)
        .first()
    )


def _do(job: Job, kind: JobKind) -> JobState | None:
    prepared = (kind.prepare(job.payload),) if kind.prepare else ()
    with transaction.atomic():
        held = _held(job)
        if held is None:
            return None
        kind.run(job.payload, *prepared)
        held.state, held.done_at, held.lease_until, held.last_error = JobState.DONE, clock.now(), None, ""
        held.save(update_fields=["state", "done_at", "lease_until", "last_error"])
    return JobState.DONE


@transaction.atomic
def _fail(job: Job, error: str, kind: JobKind) -> JobState | None:
    held = _held(job)
    if held is None:
        return None
    held.last_error, held.lease_until = error[:2000], None
    if held.attempts > len(kind.backoff):
        held.state = JobState.PARKED
    else:
        wait = kind.backoff[held.attempts - 1] * random.uniform(0.8, 1.2)  # noqa: S311 -- spreads retries, no secret
        held.state, held.run_after = JobState.WAITING, clock.now() + timedelta(seconds=wait)
    held.save(update_fields=["state", "last_error", "lease_until", "run_after"])
    return JobState(held.state)

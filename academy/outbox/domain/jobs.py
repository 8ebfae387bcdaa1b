"""Asking for work. Call it inside the transaction of the change."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction

from academy.common import clock
from academy.outbox.domain.waking import wake
from academy.outbox.enums import JobState
from academy.outbox.models import Job
from academy.outbox.registry import JOB_KINDS
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from datetime import datetime

    from academy.people.models import User


@transaction.atomic
def enqueue(*, kind: str, key: str, payload: dict[str, Any], run_after: datetime | None = None) -> Job:
    """Ask for a job of a registered ``kind``; the same ``key`` again returns the job that is there.

    ``payload`` holds identifiers only. Raises ValueError for a kind nobody registered.
    """
    if kind not in JOB_KINDS:
        raise ValueError(f"Niemand voert taken van de soort {kind} uit.")
    job, created = Job.objects.get_or_create(
        key=key, defaults={"kind": kind, "payload": payload, "run_after": run_after or clock.now()}
    )
    if created:
        _wake_later(job)
    return job


def add_job(*, kind: str, key: str, payload: dict[str, Any]) -> Job:
    """Ask for a job now whose ``key`` cannot exist yet, because what it names was made in this transaction."""
    job = Job.objects.create(kind=kind, key=key, payload=payload, run_after=clock.now())
    _wake_later(job)
    return job


def _wake_later(job: Job) -> None:
    if job.run_after <= clock.now():
        transaction.on_commit(partial(wake, job.pk), robust=True)


def before_last_attempt(kind: str) -> int:
    """How many attempts a job of this kind had when one is left."""
    return len(JOB_KINDS[kind].backoff) if kind in JOB_KINDS else 0


@transaction.atomic
def retry_job(*, job: Job, by: User) -> Job:
    """Try a parked job once more, now; it is parked again when that fails. One that is not parked stays as it is."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != JobState.PARKED:
        return job
    job.state, job.run_after, job.lease_until = JobState.WAITING, clock.now(), None
    job.attempts = before_last_attempt(job.kind)
    job.save(update_fields=["state", "attempts", "run_after", "lease_until"])
    record(action="job.retry", by=by, target=job.public_id, data={"kind": job.kind})
    transaction.on_commit(partial(wake, job.pk), robust=True)
    return job

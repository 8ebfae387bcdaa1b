"""What Celery calls. Arguments are ids only; the work itself stands in the domain."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from academy.outbox.domain.heartbeat import beat
from academy.outbox.domain.running import run_due, run_job as run
from academy.outbox.domain.sweeping import sweep_alone


@shared_task(name="academy.outbox.run_job")
def run_job(pk: int) -> None:
    run(pk=pk)


@shared_task(name="academy.outbox.drain")
def drain() -> None:
    """Do what nobody was woken for: lost calls, jobs that wait for a moment, leases of workers that vanished."""
    beat("worker")
    run_due()


@shared_task(name="academy.outbox.sweep")
def sweep() -> None:
    beat("scheduler")
    sweep_alone()


@worker_ready.connect
def start_at_once(**_: Any) -> None:
    """A worker that comes back begins with what was left behind."""
    drain.apply_async(ignore_result=True, retry=False)

"""Telling a worker that there is work. Losing the call loses nothing: the sweep finds the job."""

from __future__ import annotations

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)
QUIET_SECONDS = 10
_quiet_until = 0.0


def wake(job_pk: int) -> None:
    """Send the id of a job to the workers. Never fails, and asks a broker that is down only once in ten seconds."""
    global _quiet_until  # noqa: PLW0603 -- what this process knows about the broker
    if time.monotonic() < _quiet_until:
        return
    try:
        current_app.send_task("academy.outbox.run_job", args=[job_pk], retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 -- whatever a broker does, the change itself stands
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("The broker does not answer (%s); the sweep picks up the work.", type(error).__name__)

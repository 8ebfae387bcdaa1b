"""What the office must know about: work that stopped being tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.outbox.registry import JOB_KINDS

if TYPE_CHECKING:
    from datetime import datetime

MOST = 200


@dataclass(frozen=True, slots=True)
class Failure:
    """One line of the screen."""

    public_id: str
    what: str
    since: datetime
    why: str


def parked_jobs() -> list[Failure]:
    """The oldest parked jobs first."""
    parked = Job.objects.filter(state=JobState.PARKED).order_by("created_at", "pk")[:MOST]
    return [Failure(job.public_id, _label(job.kind), job.created_at, job.last_error) for job in parked]


def bounced_messages() -> list[Failure]:
    """The oldest bounced mails first. Only the receiver is named, never what the mail says."""
    bounced = Message.objects.filter(state=MessageState.BOUNCED).select_related("person").order_by("created_at", "pk")
    return [
        Failure(message.public_id, str(message.person or message.address), message.created_at, message.error)
        for message in bounced[:MOST]
    ]


def count_failures() -> int:
    """How many jobs and mails wait for somebody to look at them."""
    jobs = Job.objects.filter(state=JobState.PARKED).count()
    return jobs + Message.objects.filter(state=MessageState.BOUNCED).count()


def _label(kind: str) -> str:
    return str(JOB_KINDS[kind].label) if kind in JOB_KINDS else kind

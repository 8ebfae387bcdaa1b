"""The tables of the outbox."""

from academy.outbox.models.job import Job
from academy.outbox.models.message import Heartbeat, Message

__all__ = ["Heartbeat", "Job", "Message"]

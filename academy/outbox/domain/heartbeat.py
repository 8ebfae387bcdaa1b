"""Signs of life of the background processes, and the lease that lets one sweep run at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from academy.common import clock
from academy.outbox.models import Heartbeat

SWEEP_LEASE = "sweep"


def beat(name: str) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"at": clock.now()})


def last_beat(name: str) -> datetime | None:
    return Heartbeat.objects.filter(name=name).values_list("at", flat=True).first()


def take_lease(name: str, *, seconds: float) -> bool:
    """Take the lease if nobody has it; ``at`` of its row is the moment until which somebody has it."""
    moment = clock.now()
    Heartbeat.objects.get_or_create(name=name, defaults={"at": moment - timedelta(seconds=1)})
    return bool(Heartbeat.objects.filter(name=name, at__lte=moment).update(at=moment + timedelta(seconds=seconds)))


def keep_lease(name: str, *, seconds: float) -> None:
    """Hold a lease one has until this many seconds from now."""
    Heartbeat.objects.filter(name=name).update(at=clock.now() + timedelta(seconds=seconds))

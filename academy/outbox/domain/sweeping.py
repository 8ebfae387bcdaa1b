"""Doing everything that became due by the passing of time."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from academy.outbox.domain.heartbeat import SWEEP_LEASE, keep_lease, take_lease
from academy.outbox.registry import SWEEPS, Sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

logger = logging.getLogger(__name__)
HOLD_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did; ``failed`` when it raised."""

    sweep: Sweep
    count: int
    failed: bool = False


def sweep_all() -> Iterator[Swept]:
    """Run every registered sweep, one after the other. One that fails does not hold up the next."""
    for sweep in list(SWEEPS.values()):
        try:
            yield Swept(sweep, sweep.run())
        except Exception:
            logger.exception("Sweep %s failed.", sweep.name)
            yield Swept(sweep, 0, failed=True)


def sweep_alone() -> int | None:
    """As :func:`sweep_all`, unless another process is sweeping or just did; how much was done, or None."""
    if not take_lease(SWEEP_LEASE, seconds=HOLD_SECONDS):
        return None
    total = 0
    for swept in sweep_all():
        total += swept.count
        keep_lease(SWEEP_LEASE, seconds=HOLD_SECONDS)
    # A second scheduler that ticks between our ticks finds the lease taken.
    keep_lease(SWEEP_LEASE, seconds=settings.OUTBOX_SWEEP_SECONDS * 0.8)
    return total

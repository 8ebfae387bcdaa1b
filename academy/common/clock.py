"""The one clock. Nobody else asks the time, so that tests and demo data can set it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    frozen = _frozen.get()
    if frozen is not None:
        return frozen
    return timezone.now() + _offset()


def _offset() -> timedelta:
    """Seconds added to the clock of this process; only the test settings read it (a sweep on tomorrow's clock)."""
    seconds = os.environ.get("ACADEMY_CLOCK_OFFSET", "")
    allowed = os.environ.get("ACADEMY_ENV") in {"test", "demo"}
    return timedelta(seconds=int(seconds)) if seconds and allowed else timedelta()


def today() -> date:
    """The calendar day in Amsterdam."""
    return now().astimezone(AMSTERDAM).date()


@contextmanager
def frozen(moment: datetime) -> Iterator[datetime]:
    """Let the clock stand at an aware ``moment`` inside the block."""
    if moment.tzinfo is None:
        raise ValueError("The clock takes aware datetimes only.")
    token = _frozen.set(moment)
    try:
        yield moment
    finally:
        _frozen.reset(token)


def amsterdam(day: date, at: time) -> datetime:
    """The aware moment at which the clock on the wall in Amsterdam shows ``at`` on ``day``.

    Raises ValueError for a wall time that a change to summer time skips; of an hour that occurs twice it is the first.
    """
    local = datetime.combine(day, at, tzinfo=AMSTERDAM)
    moment = local.astimezone(ZoneInfo("UTC"))
    if moment.astimezone(AMSTERDAM).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"{at:%H.%M} uur bestaat niet op {day.day}-{day.month}-{day.year}: de klok wordt dan verzet.")
    return moment

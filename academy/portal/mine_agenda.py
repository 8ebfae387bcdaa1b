"""One's own agenda: the days as a list, and a week as a table of mornings, afternoons and evenings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from academy.common import clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from academy.gatherings.models import Session

NOON, EVENING = time(12), time(17)
PARTS_OF_DAY = (_("Ochtend"), _("Middag"), _("Avond"))
DAYS = 7
# The calendar module knows weeks up to the end of year 9999; nobody plans that far.
YEARS = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Week:
    """``rows`` are the parts of the day, each with the sessions of seven days."""

    days: tuple[date, ...]
    rows: tuple[tuple[str | Promise, tuple[tuple[Any, ...], ...]], ...]

    @property
    def number(self) -> int:
        return self.days[0].isocalendar().week

    @property
    def before(self) -> str:
        return code_of(self.days[0] - timedelta(days=DAYS))

    @property
    def after(self) -> str:
        return code_of(self.days[0] + timedelta(days=DAYS))


def code_of(day: date) -> str:
    """``2027-W09``"""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def monday_of(code: str, otherwise: date) -> date:
    """The first day of the week ``2027-W09``; of the week around ``otherwise`` when it is no week."""
    found = re.fullmatch(r"(\d{4})-W(\d{2})", code, re.ASCII)
    if found and int(found[1]) in YEARS:
        try:
            return date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            pass
    return otherwise - timedelta(days=otherwise.weekday())


def span_of(monday: date) -> tuple[datetime, datetime]:
    """From the first moment of the week to the first of the next."""
    return clock.amsterdam(monday, time()), clock.amsterdam(monday + timedelta(days=DAYS), time())


def week_of(monday: date, sessions: Iterable[Session]) -> Week:
    """The table of one week; a session stands where it begins."""
    days = tuple(monday + timedelta(days=number) for number in range(DAYS))
    cells: dict[tuple[int, date], list[Session]] = {}
    for session in sessions:
        begins = session.starts_at.astimezone(clock.AMSTERDAM)
        part = 0 if begins.time() < NOON else 1 if begins.time() < EVENING else 2
        cells.setdefault((part, begins.date()), []).append(session)
    rows = tuple(
        (label, tuple(tuple(cells.get((part, day), ())) for day in days)) for part, label in enumerate(PARTS_OF_DAY)
    )
    return Week(days, rows)


def by_day(sessions: Iterable[Session]) -> list[tuple[date, list[Session]]]:
    """Sessions in order, together per day."""
    grouped = groupby(sessions, key=lambda session: session.starts_at.astimezone(clock.AMSTERDAM).date())
    return [(day, list(found)) for day, found in grouped]

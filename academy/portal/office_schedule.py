"""Generating the dates of a series on the wall clock: the same hour every week, whatever summer time does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.common.workdays import is_working_day

if TYPE_CHECKING:
    from datetime import datetime

MOST_SESSIONS = 30
# From this rhythm on a holiday costs a week and not a whole turn: people would not see each other for months.
SELDOM = 3


@dataclass(frozen=True, slots=True)
class Series:
    """Every ``weeks`` weeks on the weekday of ``first``, ``number`` times, from ``starts`` to ``ends``."""

    first: date
    starts: time
    ends: time
    number: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Dates:
    """The days, and which were passed over because nobody works then."""

    days: tuple[date, ...]
    skipped: tuple[date, ...]


def days_of(series: Series) -> Dates:
    """The days of the series without holidays; a day passed over is replaced by one more at the end.

    In a series with weeks between, that day is a week later instead and the rhythm goes on as it was. The first day is
    taken as it is: who types a Saturday means a Saturday.
    """
    days, skipped, day = [], [], series.first
    weekend = series.first.isoweekday() > 5  # noqa: PLR2004 -- Friday
    while len(days) < min(series.number, MOST_SESSIONS):
        held = day
        while not (held == series.first or weekend or is_working_day(held)):
            skipped.append(held)
            if series.weeks < SELDOM:
                break
            held += timedelta(weeks=1)
        else:
            days.append(held)
        day += timedelta(weeks=series.weeks)
    return Dates(tuple(days), tuple(skipped))


def span(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """Begin and end on the wall clock of ``day``. Raises ValueError with a Dutch sentence for an hour that is not."""
    return clock.amsterdam(day, starts), clock.amsterdam(day, ends)


def remark(day: date, starts: time, ends: time) -> str:
    """What somebody who plans should know about this day; empty when there is nothing."""
    try:
        begin, end = span(day, starts, ends)
    except ValueError as refused:
        return str(refused)
    if day.isoweekday() <= 5 and not is_working_day(day):  # noqa: PLR2004 -- Friday
        return _("Dit is een feestdag.")
    wall = timedelta(hours=ends.hour - starts.hour, minutes=ends.minute - starts.minute)
    if end - begin != wall:
        return _("De klok wordt dan verzet: de sessie duurt %(length)s.") % {"length": formats.duration(end - begin)}
    return ""

"""How a date, a time, a number and a length of time look, on a page, in a mail, on a certificate and in a calendar.

Moments are aware and shown on the clock of Amsterdam. The words are Dutch whatever language is active: these texts end
up in records that live longer than a request.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from academy.common import clock

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
MINUTES_PER_HOUR = 60


def _wall(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("Only an aware moment can be shown.")
    return moment.astimezone(clock.AMSTERDAM)


def _day_of(day: date | datetime) -> date:
    return _wall(day).date() if isinstance(day, datetime) else day


def day(value: date | datetime) -> str:
    """``di 14 april 2027``"""
    shown = _day_of(value)
    return f"{WEEKDAYS[shown.weekday()][:2]} {short_day(shown)}"


def long_day(value: date | datetime) -> str:
    """``dinsdag 14 april 2027``"""
    shown = _day_of(value)
    return f"{WEEKDAYS[shown.weekday()]} {short_day(shown)}"


def short_day(value: date | datetime) -> str:
    """``14 april 2027``"""
    shown = _day_of(value)
    return f"{shown.day} {MONTHS[shown.month - 1]} {shown.year}"


def month(value: date | datetime) -> str:
    """``april 2027``"""
    shown = _day_of(value)
    return f"{MONTHS[shown.month - 1]} {shown.year}"


def hour(value: datetime) -> str:
    """``09.30``"""
    return f"{_wall(value):%H.%M}"


def moment(value: datetime) -> str:
    """``di 14 april 2027, 09.30 uur``"""
    return f"{day(value)}, {hour(value)} uur"


def period(start: datetime, end: datetime) -> str:
    """``di 14 april 2027, 09.30-11.30 uur``; over midnight both days are named."""
    if _day_of(start) == _day_of(end):
        return f"{day(start)}, {hour(start)}-{hour(end)} uur"
    return f"{moment(start)} tot {moment(end)}"


def days(first: date | datetime, last: date | datetime) -> str:
    """``14 april 2027``, ``14 tot en met 16 april 2027`` or ``30 april tot en met 2 mei 2027``."""
    first, last = _day_of(first), _day_of(last)
    if first == last:
        return short_day(first)
    if first.year != last.year:
        return f"{short_day(first)} tot en met {short_day(last)}"
    if first.month != last.month:
        return f"{first.day} {MONTHS[first.month - 1]} tot en met {short_day(last)}"
    return f"{first.day} tot en met {short_day(last)}"


def number(value: Decimal | float | str, places: int | None = None) -> str:
    """``1.234,5``: a decimal comma, a point between thousands; without ``places`` no zeros at the end."""
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def points(value: Decimal | str) -> str:
    """``1 punt``, ``2,5 punten``"""
    return f"{number(value)} {'punt' if Decimal(str(value)) == 1 else 'punten'}"


def minutes(value: int) -> str:
    """``45 minuten``, ``2 uur``, ``2 uur 30``"""
    whole, rest = divmod(value, MINUTES_PER_HOUR)
    if not whole:
        return f"{rest} {'minuut' if rest == 1 else 'minuten'}"
    return f"{number(whole)} uur {rest:02}" if rest else f"{number(whole)} uur"


def hours(value: int) -> str:
    """Minutes as decimal hours for a table: ``2,5``"""
    return number(Decimal(value) / MINUTES_PER_HOUR, 1)


def duration(value: timedelta) -> str:
    """The same as ``minutes`` for a time span."""
    return minutes(int(value.total_seconds() // 60))


def percentage(value: Decimal | float | str) -> str:
    """``80%`` of a share between 0 and 1."""
    return f"{number(Decimal(str(value)) * 100, 0)}%"

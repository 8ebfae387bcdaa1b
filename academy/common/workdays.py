"""Working days in the Netherlands: not a weekend, not a public holiday.

Good Friday counts as a holiday, as in article 3 of the Algemene termijnenwet.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache

from academy.common import clock

NOON = time(12)


@cache
def _public_holidays(year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 -- the days of the whole world, which few requests ask for

    return frozenset(holidays.country_holidays("NL", years=year))


def is_working_day(day: date) -> bool:
    return day.isoweekday() <= 5 and day not in _public_holidays(day.year)  # noqa: PLR2004 -- Friday


def shift(day: date, working_days: int) -> date:
    """The day that lies ``working_days`` working days after (or, when negative, before) ``day``."""
    step = timedelta(days=1 if working_days > 0 else -1)
    left = abs(working_days)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def noon_after(moment: datetime, working_days: int) -> datetime:
    """Noon in Amsterdam on the nth working day after ``moment``."""
    return clock.amsterdam(shift(moment.astimezone(clock.AMSTERDAM).date(), working_days), NOON)


def end_after(moment: datetime, working_days: int) -> datetime:
    """The end of the nth working day after ``moment`` (midnight, when the next day begins)."""
    last = shift(moment.astimezone(clock.AMSTERDAM).date(), working_days)
    return clock.amsterdam(last + timedelta(days=1), time())


def before(moment: datetime, working_days: int) -> datetime:
    """The same time on the clock, so many working days before ``moment``; none means ``moment`` itself."""
    if not working_days:
        return moment
    local = moment.astimezone(clock.AMSTERDAM)
    # A time that the change to summer time skips on that day lands an hour later.
    shifted = datetime.combine(shift(local.date(), -working_days), local.time(), tzinfo=clock.AMSTERDAM)
    return shifted.astimezone(moment.tzinfo)

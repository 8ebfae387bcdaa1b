from datetime import UTC, date, datetime

import pytest

from academy.common import workdays
from tests.gatherings.factories import local


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2027, 3, 1), True),
        (date(2027, 3, 6), False),
        (date(2027, 3, 26), False),
        (date(2027, 4, 27), False),
        (date(2027, 3, 29), False),
        (date(2027, 5, 6), False),
        (date(2025, 5, 5), False),
        (date(2026, 5, 5), True),
    ],
)
def test_working_days_are_the_dutch_ones(day, works):
    assert workdays.is_working_day(day) is works


@pytest.mark.parametrize(
    ("made", "noon"),
    [
        ("2027-03-01 09:30", "2027-03-03 12:00"),
        ("2027-03-04 23:30", "2027-03-08 12:00"),
        ("2027-03-06 10:00", "2027-03-09 12:00"),
        ("2027-03-25 10:00", "2027-03-31 12:00"),
    ],
)
def test_noon_of_the_second_working_day(made, noon):
    assert workdays.noon_after(local(made), 2) == local(noon)


def test_noon_follows_the_wall_clock_over_the_change_to_summer_time():
    made = datetime(2027, 3, 25, 9, tzinfo=UTC)
    assert workdays.noon_after(made, 2) == datetime(2027, 3, 31, 10, tzinfo=UTC)


def test_end_after_is_midnight():
    assert workdays.end_after(local("2027-03-05 10:00"), 3) == local("2027-03-11 00:00")


@pytest.mark.parametrize(
    ("days", "moment"),
    [(0, "2027-03-10 10:00"), (1, "2027-03-09 10:00"), (5, "2027-03-03 10:00"), (10, "2027-02-24 10:00")],
)
def test_before_keeps_the_time_on_the_clock(days, moment):
    assert workdays.before(local("2027-03-10 10:00"), days) == local(moment)

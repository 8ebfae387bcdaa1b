from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template, defaultfilters, defaulttags

from academy.common import formats
from academy.common.templatetags import formats as format_tags, look


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_period_is_written_as_people_write_it():
    # 14 April 2027 is a Wednesday; summer time, so 07.30 UTC is 09.30 in Amsterdam.
    assert formats.period(utc(2027, 4, 14, 7, 30), utc(2027, 4, 14, 9, 30)) == "wo 14 april 2027, 09.30-11.30 uur"
    assert formats.period(utc(2027, 1, 12, 8, 30), utc(2027, 1, 12, 10, 30)) == "di 12 januari 2027, 09.30-11.30 uur"


def test_period_over_midnight_names_both_days():
    shown = formats.period(utc(2027, 4, 14, 20, 0), utc(2027, 4, 14, 23, 30))
    assert shown == "wo 14 april 2027, 22.00 uur tot do 15 april 2027, 01.30 uur"


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (utc(2027, 3, 28, 0, 59), "zo 28 maart 2027, 01.59 uur"),
        (utc(2027, 3, 28, 1, 0), "zo 28 maart 2027, 03.00 uur"),
        (utc(2027, 10, 31, 0, 30), "zo 31 oktober 2027, 02.30 uur"),
        (utc(2027, 10, 31, 1, 30), "zo 31 oktober 2027, 02.30 uur"),
        (utc(2026, 12, 31, 23, 0), "vr 1 januari 2027, 00.00 uur"),
    ],
)
def test_moment_follows_the_clock_on_the_wall(moment, shown):
    assert formats.moment(moment) == shown


def test_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        formats.moment(datetime(2027, 4, 14, 9, 30))  # noqa: DTZ001 -- that is what is tried


def test_days():
    assert formats.days(date(2027, 4, 14), date(2027, 4, 14)) == "14 april 2027"
    assert formats.days(date(2027, 4, 14), date(2027, 4, 16)) == "14 tot en met 16 april 2027"
    assert formats.days(date(2027, 4, 30), date(2027, 5, 2)) == "30 april tot en met 2 mei 2027"
    assert formats.days(date(2026, 12, 30), date(2027, 1, 2)) == "30 december 2026 tot en met 2 januari 2027"
    assert formats.day(date(2027, 2, 1)) == "ma 1 februari 2027"
    assert formats.long_day(date(2027, 2, 1)) == "maandag 1 februari 2027"
    assert formats.month(date(2027, 2, 1)) == "februari 2027"


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal("1234.50"), None, "1.234,5"),
        (Decimal("6.00"), None, "6"),
        (Decimal("0.10"), 2, "0,10"),
        (Decimal("2.345"), 2, "2,35"),
        (Decimal("-1234567.8"), None, "-1.234.567,8"),
        (100, None, "100"),
        (0.1, None, "0,1"),
        (Decimal("1E+3"), None, "1.000"),
    ],
)
def test_number_has_a_decimal_comma(value, places, shown):
    assert formats.number(value, places) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "0 minuten"), (1, "1 minuut"), (45, "45 minuten"), (60, "1 uur"), (125, "2 uur 05"), (150, "2 uur 30")],
)
def test_minutes(minutes, shown):
    assert formats.minutes(minutes) == shown
    assert formats.duration(timedelta(minutes=minutes)) == shown


def test_points_hours_and_percentage():
    assert formats.points(Decimal("1.00")) == "1 punt"
    assert formats.points("2.50") == "2,5 punten"
    assert formats.hours(150) == "2,5"
    assert formats.percentage(0.805) == "81%"


def test_filters_show_the_same_and_nothing_for_nothing():
    template = Template(
        "{% load formats %}{{ start|day }}|{{ start|until:end }}|{{ points|number:2 }}|{{ length|minutes }}|{{ nothing|day }}{{ nothing|number }}"
    )
    shown = template.render(
        Context(
            {
                "start": utc(2027, 4, 14, 7, 30),
                "end": utc(2027, 4, 14, 9, 30),
                "points": Decimal("1.5"),
                "length": 150,
                "nothing": None,
            }
        )
    )
    assert shown == "wo 14 april 2027|wo 14 april 2027, 09.30-11.30 uur|1,50|2 uur 30|"


def test_no_filter_of_ours_hides_one_of_django():
    ours = {name for library in (format_tags, look) for name in library.register.filters}
    assert ours & (defaultfilters.register.filters.keys() | defaulttags.register.filters.keys()) == set()

"""Gatherings around the nights in which the clock changes: every screen and file says the same wall time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import product

import pytest
from icalendar import Calendar

from academy.common import clock, formats
from academy.gatherings import calendar
from academy.gatherings.domain.planning import Plan, change_session, open_gathering, plan_gathering
from academy.gatherings.domain.seats import take_seat
from academy.outbox.models import Message
from academy.outbox.rendering.mail import compose
from tests.factories import make_person
from tests.gatherings.factories import fresh, make_offering
from tests.permissions.world import log_in

pytestmark = pytest.mark.django_db
# Summer time begins on the last Sunday of March and ends on the last Sunday of October.
CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))
# Days from the change, and begin and end on the wall.
DAYS = (-1, 0, 1)
HOURS = (
    (time(0, 30), time(1, 30)),
    (time(1, 0), time(4, 0)),
    (time(3, 0), time(5, 0)),
    (time(9, 30), time(12, 30)),
    (time(13, 0), time(17, 0)),
    (time(22, 0), time(23, 59)),
)
CASES = list(product(CHANGES, HOURS))  # times three days: 72 sessions, each planned and moved
NOW = clock.amsterdam(date(2026, 1, 5), time(10))


def on_the_wall(moment: datetime) -> datetime:
    return moment.astimezone(clock.AMSTERDAM).replace(tzinfo=None)


def check(gathering, client, days: list[date], hours: tuple[time, time], trigger: str) -> None:
    """Database, page, mail, calendar file and API say the same of every session."""
    walls = [tuple(datetime.combine(day, hour) for hour in hours) for day in days]
    shown = [f"{formats.day(day)}, {hours[0]:%H.%M}-{hours[1]:%H.%M} uur" for day in days]
    sessions = list(gathering.sessions.order_by("starts_at"))
    assert [(on_the_wall(one.starts_at), on_the_wall(one.ends_at)) for one in sessions] == walls
    page = client.get(f"/uitvoering/{gathering.public_id}/").text
    _subject, *bodies = compose(Message.objects.filter(trigger=trigger).latest("pk"))
    for body in (page, *bodies):
        assert [words for words in shown if words not in body] == []
    events = Calendar.from_ical(calendar.invitation(gathering.seats.get())).walk("VEVENT")
    found = [tuple(on_the_wall(event.decoded(name)) for name in ("dtstart", "dtend")) for event in events]
    assert sorted(found) == walls
    rows = client.get(f"/api/v1/gatherings/{gathering.public_id}").json()["sessions"]
    assert [(row["starts_at"], row["ends_at"]) for row in rows] == [
        tuple(moment.astimezone(clock.AMSTERDAM).isoformat() for moment in (one.starts_at, one.ends_at))
        for one in sessions
    ]


@pytest.mark.parametrize(("change", "hours"), CASES, ids=[f"{c:%Y-%m-%d}-{h[0]:%H%M}" for c, h in CASES])
def test_planned_and_moved_it_is_the_same_hour_everywhere(change, hours):
    """Planned a week before, moved to the days around the change: the hour on the wall stays."""
    days = [change + timedelta(days=offset) for offset in DAYS]
    before = [day - timedelta(weeks=1) for day in days]
    member = fresh(make_person())
    with clock.frozen(NOW):
        plans = [Plan(*(clock.amsterdam(day, hour) for hour in hours)) for day in before]
        gathering = plan_gathering(kind="run", offering=make_offering(), sessions=plans, by=None)
        open_gathering(gathering=gathering, by=None)
        take_seat(person=member, gathering=gathering, by=member)
        client = log_in(member)
        check(gathering, client, before, hours, "gatherings.enrolled")
        for session, day in zip(gathering.sessions.order_by("starts_at"), days, strict=True):
            begin, end = (clock.amsterdam(day, hour) for hour in hours)
            change_session(session=session, by=None, starts_at=begin, ends_at=end)
        check(gathering, client, days, hours, "gatherings.changed")
    wall = (datetime.combine(change, hours[1]) - datetime.combine(change, hours[0])).total_seconds() // 60
    through_the_night = hours[0] < time(2, 30) < hours[1]
    shift = {3: -60, 10: 60}[change.month] if through_the_night else 0
    minutes = [one.minutes for one in gathering.sessions.order_by("starts_at")]
    assert minutes == [wall, wall + shift, wall]


@pytest.mark.parametrize("change", [one for one in CHANGES if one.month == 3])
def test_an_hour_that_does_not_exist_is_refused(change):
    for hour in (time(2), time(2, 30), time(2, 59)):
        with pytest.raises(ValueError, match="de klok wordt dan verzet"):
            clock.amsterdam(change, hour)


@pytest.mark.parametrize("change", [one for one in CHANGES if one.month == 10])
def test_of_an_hour_that_comes_twice_the_first_is_meant(change):
    first = clock.amsterdam(change, time(2, 30))
    assert first.astimezone(clock.AMSTERDAM).utcoffset() == timedelta(hours=2)
    assert clock.amsterdam(change, time(3)) - first == timedelta(minutes=90)

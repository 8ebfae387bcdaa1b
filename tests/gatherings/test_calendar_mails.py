"""The files that go with the mails about a seat: what a calendar program makes of them."""

from datetime import timedelta

import pytest
from django.core import mail
from icalendar import Calendar

from academy.gatherings.calendar_file import uid_of
from academy.gatherings.domain.moving import move_seat, swap_seat
from academy.gatherings.domain.planning import cancel_gathering, cancel_session, change_session
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.models import Seat
from academy.outbox.domain.running import run_due
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS
from academy.people.enums import Role
from tests.factories import make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_gathering

pytestmark = pytest.mark.django_db


def take(person, gathering):
    return take_seat(person=person, gathering=gathering, by=person).seat


def files(person=None):
    """(method, [(uid, sequence)]) of every calendar file in the mails that leave now."""
    mail.outbox.clear()
    run_due()
    found = []
    for sent in mail.outbox:
        if person is not None and sent.to != [person.email]:
            continue
        for name, content, media_type in sent.attachments:
            calendar = Calendar.from_ical(content)
            assert media_type == f"text/calendar; method={calendar['METHOD']}"
            assert name.endswith(".ics")
            events = calendar.walk("VEVENT")
            assert {str(event["ATTENDEE"]) for event in events} == {f"mailto:{sent.to[0]}"}
            assert all(str(event["ORGANIZER"]).startswith("mailto:") for event in events)
            found.append((str(calendar["METHOD"]), [(str(event["UID"]), event["SEQUENCE"]) for event in events]))
    return found


def test_a_seat_puts_every_session_in_the_calendar_and_giving_it_up_takes_them_out():
    gathering, person = make_gathering(sessions=2), make_person()
    uids = [uid_of(session) for session in gathering.sessions.all()]
    seat = take(person, gathering)
    assert files() == [("REQUEST", [(uid, 0) for uid in uids])]
    cancel_seat(seat=seat, by=person)
    assert files() == [("CANCEL", [(uid, 1) for uid in uids])]
    take(person, gathering)
    assert files() == [("REQUEST", [(uid, 2) for uid in uids])]


def test_who_waits_has_nothing_in_the_calendar():
    gathering, person = make_gathering(capacity=1), make_person()
    take(make_person(), gathering)
    files()
    seat = take(person, gathering)
    assert files() == []
    cancel_seat(seat=seat, by=person)
    assert files() == []
    take(person, gathering)
    files()
    cancel_gathering(gathering=gathering, by=None)
    assert files(person) == []


def test_moved_and_cancelled_sessions_are_the_same_event_in_a_newer_version():
    gathering, person = make_gathering(sessions=2), make_person()
    take(person, gathering)
    files()
    first, second = gathering.sessions.all()
    change_session(
        session=first,
        by=None,
        starts_at=first.starts_at + timedelta(hours=1),
        ends_at=first.ends_at + timedelta(hours=1),
    )
    assert files() == [("REQUEST", [(uid_of(first), 1), (uid_of(second), 0)])]
    cancel_session(session=second, by=None)
    assert files() == [("REQUEST", [(uid_of(first), 1)]), ("CANCEL", [(uid_of(second), 2)])]
    cancel_gathering(gathering=gathering, by=None)
    ((method, events),) = files()
    assert (method, [uid for uid, _sequence in events]) == ("CANCEL", [uid_of(first), uid_of(second)])


def test_swapping_takes_it_out_of_one_calendar_and_puts_it_in_the_other():
    gathering, organisation = make_gathering(), make_organisation()
    one, other = (make_membership(organisation=organisation).person for _ in range(2))
    seat = take(one, gathering)
    files()
    swap_seat(seat=seat, colleague=other, by=one)
    uid = uid_of(gathering.sessions.get())
    assert sorted(files()) == [("CANCEL", [(uid, 1)]), ("REQUEST", [(uid, 0)])]


def test_moving_takes_out_the_old_dates():
    here, person, office = make_gathering(), make_person(), make_with_role(Role.OFFICE)
    there = make_gathering(offering=here.offering, starts_in=timedelta(days=60))
    seat = take(person, here)
    files()
    move_seat(seat=seat, to=there, by=office)
    assert files() == [("REQUEST", [(uid_of(there.sessions.get()), 0)]), ("CANCEL", [(uid_of(here.sessions.get()), 1)])]


def test_without_dates_there_is_no_file():
    take(make_person(), make_gathering(sessions=0))
    assert files() == []


def test_a_mail_outlives_its_seat_without_the_file():
    take(make_person(), make_gathering())
    assert [method for method, _events in files()] == ["REQUEST"]
    sent = Message.objects.get()
    kind = MAIL_KINDS[sent.trigger]
    assert [file.name for file in kind.files_of(sent)] == ["afspraak.ics"]
    Seat.objects.all().delete()
    assert list(kind.files_of(sent)) == []

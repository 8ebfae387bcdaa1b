"""Calendar files: what a calendar program may know, which is when, and for an open place where.

Every event is private and has a neutral name; the page behind the link says the rest, after logging in.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from icalendar import Calendar, Event, vCalAddress, vUri

from academy.common import clock
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Lead, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from academy.people.models import User

LOOKS_BACK = timedelta(days=92)
NEUTRAL = "Afspraak Blijf Groeien Academie"


def invitation(seat: Seat) -> bytes:
    """The sessions of a seat (METHOD:REQUEST): an older version in the calendar is replaced."""
    return _file(sessions_of(seat), method="REQUEST", more=2 * _times_before(seat), to=seat.person)


def cancellation(seat: Seat, *, only_off: bool = False) -> bytes:
    """The sessions of a seat that was given up (METHOD:CANCEL): they vanish from the calendar.

    With ``only_off`` just the sessions that were cancelled, for who keeps her seat in the others.
    """
    sessions = [one for one in sessions_of(seat, off=True) if one.cancelled_at is not None or not only_off]
    return _file(sessions, method="CANCEL", more=2 * _times_before(seat) + 1, to=seat.person)


def feed_of(person: User) -> bytes:
    """Everything ``person`` takes part in or leads, from three months back; what was cancelled says so."""
    seats = Seat.objects.filter(gathering=OuterRef("gathering"), person=person, confirmed_at__isnull=False)
    cancelled = Q(cancelled_at__isnull=False) & Exists(seats)
    sessions = Session.objects.filter(_takes_part(person) | _leads(person) | cancelled)
    since = clock.now() - LOOKS_BACK
    return _file(_in_order(sessions.filter(starts_at__gte=since)), method="PUBLISH")


def agenda_of(person: User) -> QuerySet[Session]:
    """The sessions that ``person`` takes part in or leads, in order; ``is_led`` says which of the two."""
    sessions = Session.objects.held().filter(_takes_part(person) | _leads(person))
    return _in_order(sessions.annotate(is_led=_leads(person)))


def _takes_part(person: User) -> Exists:
    return Exists(Seat.objects.confirmed().filter(gathering=OuterRef("gathering"), person=person))


def _leads(person: User) -> Exists:
    return Exists(Lead.objects.current().filter(gathering=OuterRef("gathering"), person=person))


def _in_order(sessions: QuerySet[Session]) -> QuerySet[Session]:
    return sessions.select_related("venue", "gathering").order_by("starts_at", "pk")


def sessions_of(seat: Seat, *, off: bool = False) -> list[Session]:
    """The sessions that belong in the calendar file of a seat; with those that are ``off`` when it is cancelled."""
    rows = Session.objects.filter(gathering_id=seat.gathering_id).select_related("venue", "gathering")
    return list(rows if off else rows.held())


def _times_before(seat: Seat) -> int:
    """How often this person had a seat here before: who comes back has a newer invitation than the cancellation."""
    return Seat.objects.filter(
        gathering_id=seat.gathering_id, person_id=seat.person_id, queue_key__lt=seat.queue_key
    ).count()


def uid_of(session: Session) -> str:
    """The same for ever: it names the session and nothing that can change."""
    return f"{session.public_id}@{urlsplit(settings.PUBLIC_URL).hostname}"


def clean(words: str) -> str:
    """``words`` on one line: no line ends of any kind, nothing invisible that a calendar could take for one."""
    kept = "".join(" " if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign for sign in words)
    return " ".join(kept.split())


def _file(sessions: Iterable[Session], *, method: str, more: int = 0, to: User | None = None) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Blijf Groeien Academie//NL")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for session in sessions:
        cancelled = method == "CANCEL" or session.cancelled_at is not None
        event = _event(session, cancelled=cancelled, sequence=session.sequence + more)
        if to is not None:
            _address(event, to)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _address(event: Event, person: User) -> None:
    """Who asks and who is asked: a calendar program refuses a file of METHOD:REQUEST or CANCEL without them."""
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.MAIL_FROM)[1]}"))
    attendee = vCalAddress(f"mailto:{person.email}")
    attendee.params["PARTSTAT"] = "ACCEPTED"
    attendee.params["RSVP"] = "FALSE"
    event.add("attendee", attendee)


def _event(session: Session, *, cancelled: bool, sequence: int) -> Event:
    event = Event()
    event.add("uid", uid_of(session))
    event.add("dtstamp", clock.now())
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    event.add("sequence", sequence)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("summary", NEUTRAL)
    event.add("url", vUri(settings.PUBLIC_URL + kind_of(session.gathering).url(session.gathering)))
    venue = session.venue
    if venue is not None and not venue.is_closed and not cancelled:
        event.add("location", clean(", ".join(part for part in (venue.name, venue.address) if part)))
    return event

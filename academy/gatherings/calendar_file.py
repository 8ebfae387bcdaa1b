"""Calendar files: what a calendar program may know, which is when, and for an open place where.

Every event is private and has a neutral name; the page behind the link says the rest, after logging in.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC
from email.utils import parseaddr
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vUri

from academy.common import clock
from academy.gatherings.kinds import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.gatherings.models import Session
    from academy.people.models import User

NEUTRAL = "Afspraak Blijf Groeien Academie"


def write(sessions: Iterable[Session], *, method: str, more: int = 0, to: User | None = None) -> bytes:
    """The file with these sessions; ``more`` is added to the version of each, ``to`` is who is asked to come."""
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


def uid_of(session: Session) -> str:
    """The same for ever: it names the session and nothing that can change."""
    return f"{session.public_id}@{urlsplit(settings.PUBLIC_URL).hostname}"


def clean(words: str) -> str:
    """``words`` on one line: no line ends of any kind, nothing invisible that a calendar could take for one."""
    kept = "".join(" " if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp"} else sign for sign in words)
    return " ".join(kept.split())


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

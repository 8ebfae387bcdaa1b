"""What stands in whose calendar: on a page, in a mail, in a feed. ``calendar_file`` writes it down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q

from academy.common import clock
from academy.gatherings.models import Lead, Seat, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from academy.people.models import User

LOOKS_BACK = timedelta(days=92)


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


def _file(sessions: Iterable[Session], *, method: str, more: int = 0, to: User | None = None) -> bytes:
    from academy.gatherings.calendar_file import write  # noqa: PLC0415 -- only who writes a file needs icalendar

    return write(sessions, method=method, more=more, to=to)

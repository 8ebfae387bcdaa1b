"""Reminders five days and one day before a session: written when they are due, never ahead."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, OuterRef

from academy.common import clock
from academy.gatherings.domain.telling import tell
from academy.gatherings.enums import GatheringState, SeatState
from academy.gatherings.models import Seat, Session
from academy.outbox.models import Message

REMINDERS = (5, 1)


def remind() -> int:
    """Remind who has a place; how many mails were written (a sweep).

    After a pause only the nearest reminder is sent: nobody gets "over five days" the day before. Who took the seat
    after the reminder was due knows it already.
    """
    return sum(_remind(days, until=shorter) for days, shorter in zip(REMINDERS, (*REMINDERS[1:], 0), strict=True))


def _remind(days: int, *, until: int) -> int:
    moment = clock.now()
    due = Session.objects.held().filter(
        starts_at__gt=moment + timedelta(days=until),
        starts_at__lte=moment + timedelta(days=days),
        gathering__state=GatheringState.OPEN,
    )
    written = 0
    for session in due.select_related("gathering__offering"):
        # A session that was moved is a new date to be reminded of.
        day = session.starts_at.astimezone(clock.AMSTERDAM).date()
        occurrence = f"{session.public_id}:{days}:{day.isoformat()}"
        told = Message.objects.filter(trigger="gatherings.reminder", occurrence=occurrence, person=OuterRef("person"))
        seats = Seat.objects.filter(
            ~Exists(told),
            gathering=session.gathering_id,
            state=SeatState.CONFIRMED,
            confirmed_at__lte=session.starts_at - timedelta(days=days),
        )
        for seat in seats.select_related("person"):
            seat.gathering = session.gathering
            tell(
                seat,
                "reminder",
                occurrence=occurrence,
                starts_at=session.starts_at.astimezone(clock.AMSTERDAM).isoformat(),
            )
            written += 1
    return written

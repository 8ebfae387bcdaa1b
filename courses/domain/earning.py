"""When somebody has completed a run, and what that is worth: the facts of an achievement.

A self-paced e-learning is complete with its last lesson and its test. A run with sessions is looked at once it is
closed: enough attendance, and whatever there is to do on the screen. With a test to pass nothing is earned before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from academy.common import clock
from academy.gatherings.domain.recognising import promised_accreditations
from academy.gatherings.enums import ACTIVITY_FORMS, GatheringState, LeadRole, SeatState
from academy.gatherings.models import Attendance, Lead, Session
from certificates.achievement import Achievement, CertificateKind, SessionFacts
from courses.learning.domain.standing import standing_of
from courses.models import CoursePage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from academy.gatherings.models import Seat
    from courses.learning.domain.standing import Standing

# Whose names stand on the certificate; an expert by experience who gives along is shielded.
NAMED = (LeadRole.GIVES, LeadRole.STANDS_IN)


@dataclass(frozen=True, slots=True)
class Presence:
    """What one person attended of the sessions that were held; ``planned`` is what completing asks, in minutes."""

    sessions: tuple[SessionFacts, ...]
    days: tuple[date, ...]
    planned: int
    is_enough: bool

    @property
    def minutes(self) -> int:
        return sum(part.minutes for part in self.sessions)


def source_key(seat: Seat) -> str:
    return f"seat:{seat.public_id}"


def achievements(seat: Seat) -> tuple[Achievement, ...]:
    """What this seat has earned by now: one achievement, or nothing yet."""
    course = seat.gathering.offering.specific
    if seat.state != SeatState.CONFIRMED or not isinstance(course, CoursePage):
        return ()
    standing = standing_of(seat)
    sessions = list(Session.objects.held().filter(gathering=seat.gathering).order_by("starts_at", "pk"))
    if not standing.is_complete:
        return ()
    if not sessions:
        return _from_the_screen(seat, course, standing)
    if seat.gathering.state != GatheringState.CLOSED:
        return ()
    presence = attended(seat, sessions, min_pct=course.certificate_min_pct, needed=course.sessions_needed)
    return (_achievement(seat, course, standing, presence),) if presence.minutes else ()


def attended(seat: Seat, sessions: list[Session], *, min_pct: int, needed: int | None = None) -> Presence:
    """Enough is ``min_pct`` of the minutes of all sessions, or of each of the number that is ``needed``.

    What was promised with the seat goes before ``min_pct``.
    """
    pct = seat.promise.get("certificate_min_pct", min_pct)
    rows = Attendance.objects.filter(session__in=sessions, person=seat.person_id, minutes__gt=0)
    minutes = dict(rows.values_list("session_id", "minutes"))
    lengths = {one.pk: minutes_of(one) for one in sessions}
    there = [one for one in sessions if one.pk in minutes]
    if needed is None or needed >= len(sessions):
        planned = sum(lengths.values())
        is_enough = sum(minutes.values()) * 100 >= pct * planned
    else:
        best = sorted(there, key=lambda one: minutes[one.pk] * 100 // lengths[one.pk], reverse=True)
        best = best[:needed]
        planned = sum(lengths[one.pk] for one in best)
        full = [one for one in best if minutes[one.pk] * 100 >= pct * lengths[one.pk]]
        is_enough = len(full) == needed
    facts = tuple(SessionFacts(on=_day(one), minutes=minutes[one.pk]) for one in there)
    return Presence(facts, tuple(_day(one) for one in sessions), planned, is_enough)


def minutes_of(session: Session) -> int:
    return int((session.ends_at - session.starts_at).total_seconds() // 60)


def _day(session: Session) -> date:
    return session.starts_at.astimezone(clock.AMSTERDAM).date()


def _from_the_screen(seat: Seat, course: CoursePage, standing: Standing) -> tuple[Achievement, ...]:
    """A run without sessions and without anything to do on the screen earns nothing."""
    if standing.completed_on is None:
        return ()
    return (_achievement(seat, course, standing, Presence((), (), 0, is_enough=True)),)


def _achievement(seat: Seat, course: CoursePage, standing: Standing, presence: Presence) -> Achievement:
    online = standing.material.minutes
    parts = presence.sessions
    days = list(presence.days)
    if standing.completed_on is not None:
        days += [standing.begun_on or standing.completed_on, standing.completed_on]
        if online:
            parts = (*parts, SessionFacts(on=standing.completed_on, minutes=online))
    paper = CertificateKind.COMPLETION if standing.has_test else CertificateKind.PARTICIPATION
    return Achievement(
        person=seat.person.public_id,
        source_key=source_key(seat),
        form=ACTIVITY_FORMS[seat.promise.get("form", course.form)],
        title=seat.gathering.title,
        provider=str(course.provider or settings.WAGTAIL_SITE_NAME),
        first_day=min(days),
        last_day=max(days),
        completed_on=max(days),
        minutes=presence.minutes + online,
        planned_minutes=presence.planned + online,
        sessions=parts,
        accreditations=promised_accreditations(seat),
        test_passed_on=_passed_on(standing),
        led_by=leads_of(seat, NAMED),
        certificate=paper if presence.is_enough else None,
    )


def _passed_on(standing: Standing) -> date | None:
    passed = standing.passed
    return None if passed is None else passed.submitted_at.astimezone(clock.AMSTERDAM).date()


def leads_of(seat: Seat, roles: Sequence[LeadRole]) -> tuple[str, ...]:
    """The names of who led in one of these roles, in the order in which they began."""
    held = Lead.objects.filter(gathering=seat.gathering, role__in=roles).select_related("person")
    return tuple(dict.fromkeys(lead.person.full_name for lead in held.order_by("starts_at", "pk")))

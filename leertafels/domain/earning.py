"""What a seat at a leertafel has earned: the facts of each meeting that was closed, and the proof of the series.

A meeting counts by the share of its two clocks that somebody was there for. Which of those minutes give points is for
the register's rules; here stands only what happened. The proof of the series books nothing again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings

from academy.common import clock
from academy.gatherings.domain.attendance import shares_of
from academy.gatherings.enums import ACTIVITY_FORMS, Form, GatheringState, LeadRole, SeatState
from academy.gatherings.models import Attendance, Lead, Seat, Session
from academy.people.models import Membership
from certificates.achievement import Achievement, CertificateKind, SessionFacts

if TYPE_CHECKING:
    from datetime import date, datetime

    from academy.gatherings.models import Gathering
    from leertafels.models import Leertafel

# Whose names stand on the proof.
NAMED = (LeadRole.FACILITATES, LeadRole.GIVES, LeadRole.STANDS_IN)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A closed session as one person has it; ``present`` are the keys of everybody who was there."""

    session: Session
    present: frozenset[int]
    own: Attendance | None

    @property
    def day(self) -> date:
        return self.session.starts_at.astimezone(clock.AMSTERDAM).date()

    @property
    def facts(self) -> SessionFacts:
        """Only asked of a meeting that she attended."""
        minutes = self.own.minutes if self.own is not None else 0
        shares = shares_of(self.own) if self.own is not None else None
        return SessionFacts(
            on=self.day,
            minutes=minutes,
            intervision_minutes=shares.intervision_minutes if shares else 0,
            case_minutes=shares.case_minutes if shares else 0,
        )


@dataclass(frozen=True, slots=True)
class Series:
    """Everything that the achievements of one person at one table are made of, read in one go."""

    meetings: tuple[Meeting, ...]
    seats: tuple[Seat, ...]
    leads: tuple[Lead, ...]
    managers: tuple[Membership, ...] = field(repr=False)

    def seat_of(self, meeting: Meeting) -> Seat:
        """The place she had at that meeting: the last one from before its end.

        Who left and came back has several, and each meeting belongs to one of them for good. Minutes written down
        from before she had any place belong to the first.
        """
        before = [seat for seat in self.seats if confirmed_at(seat) < meeting.session.ends_at]
        return before[-1] if before else self.seats[0]

    def has_hierarchy(self, meeting: Meeting) -> bool:
        """Whether somebody was there with her own manager, the one who led the meeting included."""
        at, day = meeting.session.starts_at, meeting.day
        leading = {one.person_id for one in self.leads if one.starts_at <= at and (one.ends_at or at) >= at}
        return any(
            held.person_id in meeting.present and held.manager_id in meeting.present | leading
            for held in self.managers
            if held.starts_on <= day and (held.ends_on is None or held.ends_on > day)
        )


def achievements(seat: Seat) -> tuple[Achievement, ...]:
    """One for each closed meeting that this place was used for, and the proof when the series is over."""
    if seat.confirmed_at is None:
        return ()
    table, series = seat.gathering.leertafel, read_series(seat)
    attended = [one for one in series.meetings if one.own is not None and series.seat_of(one).pk == seat.pk]
    found = [_of_meeting(seat, table, series, one) for one in attended]
    proof = _of_series(seat, table, series)
    return (*found, *([proof] if proof is not None else []))


def read_series(seat: Seat) -> Series:
    """The closed meetings of the table of this seat, with who was there."""
    gathering = seat.gathering
    sessions = list(Session.objects.held().filter(gathering=gathering, closed_at__isnull=False).order_by("starts_at"))
    rows: dict[int, dict[int, Attendance]] = {session.pk: {} for session in sessions}
    there = Attendance.objects.filter(session__in=sessions, minutes__gt=0)
    by_key = {session.pk: session for session in sessions}
    for row in there:
        row.session = by_key[row.session_id]
        rows[row.session_id][row.person_id] = row
    leads = tuple(Lead.objects.filter(gathering=gathering).select_related("person").order_by("starts_at", "pk"))
    people = {person for session in sessions for person in rows[session.pk]}
    above = people | {lead.person_id for lead in leads}
    managers = Membership.objects.filter(person__in=people, manager__in=above)
    seats = Seat.objects.filter(gathering=gathering, person=seat.person_id, confirmed_at__isnull=False)
    return Series(
        meetings=tuple(
            Meeting(session, frozenset(rows[session.pk]), rows[session.pk].get(seat.person_id)) for session in sessions
        ),
        seats=tuple(seats.order_by("queue_key")),
        leads=leads,
        managers=tuple(managers),
    )


def confirmed_at(seat: Seat) -> datetime:
    """When the place was given; only asked of places that were."""
    return seat.confirmed_at or seat.requested_at


def series_key(gathering: Gathering) -> str:
    """Points of one table are added up before they are rounded."""
    return f"leertafel:{gathering.public_id}"


def session_key(session: Session, seat: Seat) -> str:
    return f"leertafel-session:{session.public_id}:{seat.public_id}"


def proof_key(seat: Seat) -> str:
    return f"leertafel-series:{seat.public_id}"


def _of_meeting(seat: Seat, table: Leertafel, series: Series, meeting: Meeting) -> Achievement:
    facts = meeting.facts
    return Achievement(
        **_shared(seat, table, series),
        source_key=session_key(meeting.session, seat),
        first_day=meeting.day,
        last_day=meeting.day,
        completed_on=meeting.day,
        minutes=facts.minutes,
        planned_minutes=meeting.session.minutes,
        sessions=(facts,),
        group_size=len(meeting.present),
        hierarchy=bool(facts.intervision_minutes) and series.has_hierarchy(meeting),
    )


def _of_series(seat: Seat, table: Leertafel, series: Series) -> Achievement | None:
    """The proof, for who was at the table until the end; without what was said and without who else was there."""
    attended = [one for one in series.meetings if one.own is not None]
    if seat.gathering.state != GatheringState.CLOSED or seat.state != SeatState.CONFIRMED or not attended:
        return None
    # Who came later is not asked to have been there before; what she did attend always counts.
    since = confirmed_at(series.seats[0])
    asked = [one for one in series.meetings if one.own is not None or one.session.ends_at > since]
    sessions = tuple(one.facts for one in attended)
    proof = Achievement(
        **_shared(seat, table, series),
        source_key=proof_key(seat),
        first_day=attended[0].day,
        last_day=attended[-1].day,
        completed_on=attended[-1].day,
        minutes=sum(one.minutes for one in sessions),
        planned_minutes=sum(one.session.minutes for one in asked),
        sessions=sessions,
        group_size=max(len(one.present) for one in attended),
        sums_up=True,
        certificate=CertificateKind.REFLECTION if table.has_intervision else CertificateKind.PARTICIPATION,
    )
    enough = seat.promise.get("certificate_min_pct", seat.gathering.offering.certificate_min_pct)
    return proof if proof.attended_pct >= enough else None


def _shared(seat: Seat, table: Leertafel, series: Series) -> dict[str, Any]:
    named = (lead.person.full_name for lead in series.leads if lead.role in NAMED)
    return {
        "person": seat.person.public_id,
        "form": ACTIVITY_FORMS[Form.LEERTAFEL],
        "title": seat.gathering.title,
        "provider": str(seat.gathering.offering.provider or settings.WAGTAIL_SITE_NAME),
        "series": series_key(table.gathering),
        "led_by": tuple(dict.fromkeys(named)),
    }

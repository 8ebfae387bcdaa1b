"""Closing a gathering or a session: attendance is complete, and what was earned is handed down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.common.errors import DomainError, NotAllowedError, Reason
from academy.gatherings.domain.attendance import read_sheet
from academy.gatherings.domain.locking import lock_gathering, lock_session
from academy.gatherings.domain.recognising import recognise_seats
from academy.gatherings.enums import GatheringState, SeatState
from academy.gatherings.kinds import kind_of
from academy.gatherings.meetings import Change, announce
from academy.gatherings.models import Attendance, Seat, Session
from academy.gatherings.rules import can_close
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.gatherings.models import Gathering
    from academy.people.models import User
    from certificates.domain.recognition import Recognition

    Handed = tuple[list[tuple[Seat, Recognition]], list[Seat]]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What closing would bring: how many get a certificate and points, and who gets neither."""

    certificates: int
    with_points: int
    without: tuple[User, ...]


def foresee_closing(*, gathering: Gathering, by: User, session: Session | None = None) -> Foreseen:
    """What closing now would hand down; nothing stays of it. Raises the same refusals as closing.

    It is the closing itself, taken back: a second calculation beside it would one day say something else.
    """
    with transaction.atomic():
        if session is None:
            handed, seats = _close_all(gathering, by)
        else:
            handed, seats = _close_one(session, by)
        transaction.set_rollback(True)
    certified = {seat.person_id for seat, found in handed if found.certificate is not None}
    pointed = {seat.person_id for seat, found in handed if any(entry.points_expected > 0 for entry in found.entries)}
    people = {seat.person_id: seat.person for seat in seats}
    without = tuple(person for pk, person in people.items() if pk not in certified | pointed)
    return Foreseen(len(certified), len(pointed), without)


@transaction.atomic
def close_gathering(*, gathering: Gathering, by: User) -> Gathering:
    """Close all of it, once. A repeat returns the closed gathering and hands nothing down again.

    Raises DomainError with a reason per session where somebody's attendance is missing.
    """
    _close_all(gathering, by)
    gathering.refresh_from_db()
    return gathering


def _close_all(gathering: Gathering, by: User) -> Handed:
    gathering = lock_gathering(gathering)
    _check_may_close(by, gathering)
    if gathering.state == GatheringState.CLOSED:
        return [], []
    _check_running(gathering)
    sessions = list(Session.objects.held().filter(gathering=gathering).select_for_update(of=("self",)))
    if any(session.ends_at > clock.now() for session in sessions):
        raise DomainError("too_early", _("Afsluiten kan na het einde van de laatste sessie."))
    left = [session for session in sessions if session.closed_at is None]
    _check_complete(left)
    for session in left:
        _shut(session, gathering, by)
    gathering.state, gathering.closed_at, gathering.closed_by = GatheringState.CLOSED, clock.now(), by
    gathering.save(update_fields=["state", "closed_at", "closed_by"])
    seats = list(_seats(gathering, of=sessions))
    handed = recognise_seats(seats, by=by)
    record(action="gathering.close", by=by, target=gathering.public_id, data={"achievements": _new_in(handed)})
    return handed, seats


@transaction.atomic
def close_session(*, session: Session, by: User) -> Session:
    """Close one session of a gathering that closes session by session. A repeat returns it and does nothing.

    Raises DomainError with the names whose attendance is missing.
    """
    _close_one(session, by)
    session.refresh_from_db()
    return session


def _close_one(session: Session, by: User) -> Handed:
    gathering, session = lock_session(session)
    _check_may_close(by, gathering)
    if session.closed_at is not None:
        return [], []
    if not gathering.closes_per_session:
        raise DomainError("closes_once", _("Dit sluit je in een keer af, na de laatste sessie."))
    _check_running(gathering)
    if session.cancelled_at is not None:
        raise DomainError("not_held", _("Deze sessie ging niet door."))
    if session.ends_at > clock.now():
        raise DomainError("too_early", _("Afsluiten kan na het einde van de sessie."))
    _check_complete([session])
    _shut(session, gathering, by)
    seats = list(_seats(gathering, of=[session]))
    handed = recognise_seats(seats, by=by)
    record(action="session.close", by=by, target=session.public_id, data={"achievements": _new_in(handed)})
    return handed, seats


def _new_in(handed: list[tuple[Seat, Recognition]]) -> int:
    return sum(found.is_new for _seat, found in handed)


def _seats(gathering: Gathering, *, of: list[Session]) -> QuerySet[Seat]:
    """The seats of who was expected: a whole gathering hands down to who has a place, a session to who was on its
    sheet, also when she gave up the place since.
    """
    seats = Seat.objects.filter(gathering=gathering).select_related("person", "gathering__offering").order_by("pk")
    if not gathering.closes_per_session:
        return seats.filter(state=SeatState.CONFIRMED)
    sheet = Attendance.objects.filter(session__in=of)
    return seats.filter(person__in=sheet.values("person"), confirmed_at__isnull=False)


def _shut(session: Session, gathering: Gathering, by: User) -> None:
    """Close one session; where there are two clocks, they are set from now on."""
    kind = kind_of(gathering)
    if kind.has_clocks and session.intervision_minutes is None:
        planned = kind.clocks(session)
        if planned is None:
            words = _("Vul eerst in hoeveel minuten intervisie en hoeveel minuten casusbespreking het waren.")
            raise DomainError("clocks_missing", words)
        session.intervision_minutes, session.case_minutes = planned.intervision_minutes, planned.case_minutes
    session.closed_at, session.closed_by = clock.now(), by
    session.save(update_fields=["closed_at", "closed_by", "intervision_minutes", "case_minutes"])
    announce(session, Change.CLOSED, by=by)


def _check_may_close(by: User, gathering: Gathering) -> None:
    if not can_close(by, gathering):
        raise NotAllowedError("not_allowed", _("Afsluiten doet de begeleider of het bureau."))


def _check_running(gathering: Gathering) -> None:
    if gathering.state != GatheringState.OPEN:
        raise DomainError("not_held", _("Dit is niet doorgegaan of nog niet open; er valt niets af te sluiten."))


def _check_complete(sessions: list[Session]) -> None:
    reasons = []
    for session in sessions:
        missing = read_sheet(session).missing
        if missing:
            names = ", ".join(person.full_name for person in missing)
            reasons.append(
                Reason(
                    "attendance_missing",
                    _("Vul de aanwezigheid van %(day)s aan voor: %(names)s.")
                    % {"day": formats.day(session.starts_at), "names": names},
                )
            )
    if reasons:
        raise DomainError("attendance_missing", reasons[0].message, reasons=tuple(reasons))

"""Changing attendance after closing: asked by one, confirmed by another, and the record follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.attendance import Row, complete_row, write_rows
from academy.gatherings.domain.locking import lock_session
from academy.gatherings.domain.recognising import correct_seat, earned_by
from academy.gatherings.domain.telling import tell
from academy.gatherings.models import Attendance, Correction, Seat
from academy.gatherings.rules import can_correct
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from academy.gatherings.models import Gathering, Session
    from academy.people.models import User


@transaction.atomic
def ask_correction(*, session: Session, row: Row, reason: str, by: User) -> Correction:
    """Ask that the attendance of one person in a closed session is changed; nothing changes yet.

    The same correction asked again returns the one that waits.
    """
    gathering, session = lock_session(session)
    if not can_correct(by, gathering) or by.pk == row.person.pk:
        raise NotAllowedError("not_allowed", _("Een correctie vraagt de begeleider, het bureau of HR."))
    if session.closed_at is None:
        raise DomainError("not_closed", _("Deze sessie is nog open; wijzig de aanwezigheid gewoon."))
    if not reason.strip():
        raise DomainError("invalid", _("Schrijf erbij waarom dit anders moet."), field="reason")
    if not _seats(gathering, row.person):
        raise DomainError("no_seat", _("Deze persoon had hier geen plek."))
    row = complete_row(row, session)
    held = Attendance.objects.filter(session=session, person=row.person).first()
    if held is not None and (held.status, held.minutes) == (row.status, row.minutes):
        raise DomainError("no_change", _("Zo staat het er al."))
    waiting: Correction | None = Correction.objects.waiting().filter(session=session, person=row.person).first()
    if waiting is not None:
        if (waiting.status, waiting.minutes) == (row.status, row.minutes):
            return waiting
        raise DomainError("waiting", _("Er wacht al een correctie voor deze persoon. Laat die eerst beoordelen."))
    correction = Correction.objects.create(
        session=session,
        person=row.person,
        status=row.status,
        minutes=row.minutes or 0,
        old_status=held.status if held is not None else "",
        old_minutes=held.minutes if held is not None else 0,
        reason=reason.strip(),
        asked_by=by,
        asked_at=clock.now(),
    )
    record(action="attendance.correct_ask", by=by, subject=row.person, target=session.public_id)
    return correction


@transaction.atomic
def confirm_correction(*, correction: Correction, by: User) -> Correction:
    """A second colleague agrees: the attendance changes, points and certificates follow with new rows, and the person
    is told.

    One that was confirmed already is returned unchanged.
    """
    gathering, correction = _locked(correction, by)
    if correction.confirmed_at is not None:
        return correction
    _check_waits(correction)
    session, person = correction.session, correction.person
    before = [(seat, earned_by(seat)) for seat in _seats(gathering, person)]
    session.attendance_version += 1
    session.save(update_fields=["attendance_version"])
    write_rows(session, [Row(person, correction.status, correction.minutes)], by)
    changed = sum(correct_seat(seat, earned, by=by, reason=correction.reason) for seat, earned in before)
    correction.confirmed_by, correction.confirmed_at = by, clock.now()
    correction.save(update_fields=["confirmed_by", "confirmed_at"])
    link = ["/mijn/portfolio/", str(_("Bekijk je portfolio"))]
    tell(before[-1][0], "corrected", occurrence=correction.public_id, link=link)
    data = {"achievements": changed}
    record(action="attendance.correct", by=by, subject=person, target=session.public_id, data=data)
    return correction


@transaction.atomic
def reject_correction(*, correction: Correction, by: User) -> Correction:
    """A second colleague does not agree; nothing changes. One that was rejected already is returned unchanged."""
    _gathering, correction = _locked(correction, by)
    if correction.rejected_at is not None:
        return correction
    _check_waits(correction)
    correction.confirmed_by, correction.rejected_at = by, clock.now()
    correction.save(update_fields=["confirmed_by", "rejected_at"])
    return correction


def _seats(gathering: Gathering, person: User) -> list[Seat]:
    """Every place she had here; who gave it up after a session that closed by itself was still there."""
    seats = Seat.objects.filter(gathering=gathering, person=person, confirmed_at__isnull=False)
    return list(seats.select_related("person", "gathering__offering").order_by("pk"))


def _locked(correction: Correction, by: User) -> tuple[Gathering, Correction]:
    gathering, session = lock_session(correction.session)
    fresh: Correction = (
        Correction.objects.select_for_update(of=("self",)).select_related("person").get(pk=correction.pk)
    )
    fresh.session = session
    if not can_correct(by, gathering) or by.pk in (fresh.asked_by_id, fresh.person_id):
        raise NotAllowedError("not_allowed", _("Een tweede collega beoordeelt deze correctie."))
    return gathering, fresh


def _check_waits(correction: Correction) -> None:
    if correction.confirmed_at is not None or correction.rejected_at is not None:
        raise DomainError("decided", _("Over deze correctie is al besloten."))

"""Recording who was there: the one write path of attendance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.locking import lock_session
from academy.gatherings.enums import AttendanceStatus, GatheringState
from academy.gatherings.models import Attendance, Seat
from academy.gatherings.rules import can_record_attendance
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.gatherings.models import Gathering, Session
    from academy.people.models import User


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody says about one person; no minutes means the whole session."""

    person: User
    status: AttendanceStatus | str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The attendance of a session: who is expected, what was recorded, and the version to name when changing it."""

    session: Session
    expected: tuple[User, ...]
    rows: tuple[Attendance, ...]

    @property
    def etag(self) -> str:
        return str(self.session.attendance_version)

    @property
    def missing(self) -> tuple[User, ...]:
        there = {row.person_id for row in self.rows}
        return tuple(person for person in self.expected if person.pk not in there)


@dataclass(frozen=True, slots=True)
class Shares:
    """One person's part of the two clocks of a session."""

    intervision_minutes: int
    case_minutes: int


class StaleError(DomainError):
    """Somebody else changed rows that this screen wants to change; ``rows`` are those rows as they are now."""

    def __init__(self, rows: tuple[Attendance, ...]) -> None:
        names = ", ".join(row.person.shown_name for row in rows)
        super().__init__(
            "stale", _("Iemand anders heeft dit intussen gewijzigd: %(names)s. Kijk het na.") % {"names": names}
        )
        self.rows = rows


def read_sheet(session: Session) -> Sheet:
    """Who is expected has a line; who was recorded before leaving stays on the sheet."""
    rows = tuple(
        Attendance.objects.filter(session=session).select_related("person").order_by("person__full_name", "pk")
    )
    seats = Seat.objects.expected_at(session.gathering, session.ends_at).select_related("person")
    expected = tuple(seat.person for seat in seats.order_by("person__full_name", "person_id"))
    return Sheet(session, expected, rows)


@transaction.atomic
def record_attendance(
    *,
    session: Session,
    rows: Sequence[Row],
    by: User,
    version: int | None,
    intervision_minutes: int | None = None,
    case_minutes: int | None = None,
) -> Sheet:
    """Write the rows named, and no others; with the two clocks if given.

    ``version`` is the one the screen was made from; None overwrites whatever is there and is logged. Raises
    StaleError when somebody else changed one of these rows since; changes of other rows are merged.
    """
    gathering, session = lock_session(session)
    if not can_record_attendance(by, gathering):
        raise NotAllowedError("not_allowed", _("De aanwezigheid vult de begeleider in."))
    _check_open(gathering, session)
    held = {row.person_id: row for row in Attendance.objects.filter(session=session).select_related("person")}
    wanted = [complete_row(row, session) for row in rows]
    _check_known(wanted, gathering, held)
    changed = [row for row in wanted if not _same(held.get(row.person.pk), row)]
    clocks = (intervision_minutes, case_minutes)
    clocks_change = clocks not in {(None, None), (session.intervision_minutes, session.case_minutes)}
    if version is None:
        record(action="attendance.overwrite", by=by, target=session.public_id)
    else:
        _check_fresh(changed, held, version, clocks_change=clocks_change, session=session)
    if not changed and not clocks_change:
        return read_sheet(session)
    session.attendance_version += 1
    if clocks_change:
        _set_clocks(session, intervision_minutes, case_minutes)
    session.save(update_fields=["attendance_version", "intervision_minutes", "case_minutes"])
    write_rows(session, changed, by)
    people = [row.person.public_id for row in changed]
    data = {"version": session.attendance_version, "people": people, "clocks": clocks_change}
    record(action="attendance.record", by=by, target=session.public_id, data=data)
    return read_sheet(session)


def write_rows(session: Session, rows: Sequence[Row], by: User | None) -> None:
    """Put complete rows in the table under the session's present version. Shared with corrections."""
    moment = clock.now()
    for row in rows:
        Attendance.objects.update_or_create(
            session=session,
            person=row.person,
            defaults={
                "status": row.status,
                "minutes": row.minutes or 0,
                "version": session.attendance_version,
                "recorded_at": moment,
                "recorded_by": by,
            },
        )


def complete_row(row: Row, session: Session) -> Row:
    """The row with its minutes; raises DomainError for minutes that cannot be."""
    if row.status not in AttendanceStatus.values:
        raise DomainError("invalid", _("Kies aanwezig, afwezig of afwezig met bericht."), field="status")
    if row.status != AttendanceStatus.PRESENT:
        if row.minutes:
            raise DomainError("invalid", _("Wie er niet was, heeft nul minuten."), field="minutes")
        return Row(row.person, row.status, 0)
    minutes = session.minutes if row.minutes is None else row.minutes
    if not 1 <= minutes <= session.minutes:
        raise DomainError(
            "invalid",
            _("Minuten van %(name)s: vul 1 tot en met %(longest)d in, zo lang duurde de sessie.")
            % {"name": row.person.shown_name, "longest": session.minutes},
            field="minutes",
        )
    return Row(row.person, row.status, minutes)


def shares_of(attendance: Attendance) -> Shares:
    """The part of the clocks that somebody was there for, in whole minutes, rounded down.

    Who was present throughout has all of both; nobody gets more minutes than she was present.
    """
    session = attendance.session
    if session.intervision_minutes is None or session.case_minutes is None:
        return Shares(0, 0)
    return Shares(
        session.intervision_minutes * attendance.minutes // session.minutes,
        session.case_minutes * attendance.minutes // session.minutes,
    )


def _same(held: Attendance | None, row: Row) -> bool:
    return held is not None and held.status == row.status and held.minutes == row.minutes


def _check_open(gathering: Gathering, session: Session) -> None:
    if session.cancelled_at is not None or gathering.state in (GatheringState.CANCELLED, GatheringState.DRAFT):
        raise DomainError("not_held", _("Deze sessie gaat niet door; er is geen aanwezigheid."))
    if session.closed_at is not None or gathering.state == GatheringState.CLOSED:
        raise DomainError("closed", _("Dit is al afgesloten. Wijzigen kan met een correctie."))
    if session.starts_at > clock.now():
        raise DomainError("too_early", _("De aanwezigheid vul je in vanaf het begin van de sessie."))


def _check_known(rows: Sequence[Row], gathering: Gathering, held: dict[int, Attendance]) -> None:
    seats = Seat.objects.confirmed().filter(gathering=gathering, person__in=[row.person.pk for row in rows])
    known = {*held, *seats.values_list("person_id", flat=True)}
    strangers = [row.person.shown_name for row in rows if row.person.pk not in known]
    if strangers:
        raise DomainError(
            "no_seat",
            _("Zonder bevestigde plek: %(names)s. Schrijf diegene eerst in.") % {"names": ", ".join(strangers)},
        )
    if len({row.person.pk for row in rows}) < len(rows):
        raise DomainError("invalid", _("Iemand staat twee keer in de lijst."), field="rows")


def _check_fresh(
    rows: Sequence[Row], held: dict[int, Attendance], version: int, *, clocks_change: bool, session: Session
) -> None:
    stale = tuple(
        held[row.person.pk] for row in rows if row.person.pk in held and held[row.person.pk].version > version
    )
    if stale:
        raise StaleError(stale)
    if clocks_change and session.attendance_version > version and session.intervision_minutes is not None:
        raise StaleError(tuple(held.values()))


def _set_clocks(session: Session, intervision_minutes: int | None, case_minutes: int | None) -> None:
    if intervision_minutes is None or case_minutes is None:
        raise DomainError("invalid", _("Vul beide klokken in; nul mag."), field="intervision_minutes")
    if min(intervision_minutes, case_minutes) < 0 or intervision_minutes + case_minutes > session.minutes:
        raise DomainError(
            "invalid",
            _("Samen zijn de klokken hoogstens %(longest)d minuten, zo lang duurde de sessie.")
            % {"longest": session.minutes},
            field="case_minutes",
        )
    session.intervision_minutes, session.case_minutes = intervision_minutes, case_minutes

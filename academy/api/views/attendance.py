"""Who was there, and closing."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from academy.api.doors import SignedIn
from academy.api.errors import Refusal, invalid, respond
from academy.api.finding import led_gathering, led_session
from academy.api.shapes import Attendance, AttendanceIn, Closed, ErrorOut, StaleOut
from academy.gatherings.domain.attendance import Row, StaleError, read_sheet, record_attendance
from academy.gatherings.domain.closing import close_gathering, close_session
from academy.gatherings.models import Attendance as Recorded, Seat
from academy.gatherings.rules import can_close, can_correct, can_record_attendance
from academy.people.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

    from academy.gatherings.domain.attendance import Sheet
    from academy.gatherings.models import Session

router = Router(tags=["Aanwezigheid"], auth=SignedIn())
TAG = re.compile(r'"(\d{1,9})"')
IF_MATCH = {
    "parameters": [
        {
            "in": "header",
            "name": "If-Match",
            "required": True,
            "schema": {"type": "string"},
            "description": "De ETag van de lijst waarop dit gebaseerd is; * overschrijft en wordt vastgelegd.",
        }
    ]
}


@router.get(
    "/sessions/{public_id}/attendance",
    response=Attendance,
    url_name="attendance",
    summary="De aanwezigheid van een sessie",
)
def read(request: HttpRequest, response: HttpResponse, public_id: str) -> dict[str, Any]:
    session = led_session(request.auth, public_id, can_correct)
    return _sheet(read_sheet(session), response)


@router.put(
    "/sessions/{public_id}/attendance",
    response={200: Attendance, 409: ErrorOut, 412: StaleOut, 422: ErrorOut, 428: ErrorOut},
    url_name="attendance",
    openapi_extra=IF_MATCH,
    summary="Vul de aanwezigheid in",
)
def write(request: HttpRequest, response: HttpResponse, public_id: str, payload: AttendanceIn) -> Any:
    """Touches only the rows it names; minutes left out means the whole session."""
    session = led_session(request.auth, public_id, can_record_attendance)
    try:
        sheet = record_attendance(
            session=session,
            rows=_rows(session, payload),
            by=request.auth,
            version=_version(request.headers.get("If-Match"), session),
            intervision_minutes=payload.intervision_minutes,
            case_minutes=payload.case_minutes,
        )
    except StaleError as stale:
        session.refresh_from_db(fields=["attendance_version"])
        return respond(
            Refusal(
                HTTPStatus.PRECONDITION_FAILED,
                stale.code,
                stale.message,
                reasons=stale.reasons,
                extra={"rows": [_recorded(row) for row in stale.rows]},
                headers={"ETag": _tag(session)},
            )
        )
    return _sheet(sheet, response)


@router.post(
    "/gatherings/{public_id}/close",
    response={200: Closed, 409: ErrorOut},
    url_name="gathering_close",
    summary="Sluit een uitvoering of bezoek af",
)
def close_all(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """Makes points and certificates. 409 with a reason for each session where attendance is missing."""
    gathering = led_gathering(request.auth, public_id, can_close)
    closed = close_gathering(gathering=gathering, by=request.auth)
    return {"id": closed.public_id, "state": closed.state, "closed_at": closed.closed_at}


@router.post(
    "/sessions/{public_id}/close",
    response={200: Closed, 409: ErrorOut},
    url_name="session_close",
    summary="Sluit een sessie van een leertafel af",
)
def close_one(request: HttpRequest, public_id: str) -> dict[str, Any]:
    session = close_session(session=led_session(request.auth, public_id, can_close), by=request.auth)
    return {"id": session.public_id, "state": "closed", "closed_at": session.closed_at}


def _rows(session: Session, payload: AttendanceIn) -> list[Row]:
    """With the people of this gathering; whoever else is named is nobody here."""
    named = {row.person for row in payload.rows}
    here = Q(pk__in=Seat.objects.filter(gathering=session.gathering_id).values("person")) | Q(
        pk__in=Recorded.objects.filter(session=session).values("person")
    )
    people = {person.public_id: person for person in User.objects.filter(here, public_id__in=named)}
    for number, row in enumerate(payload.rows):
        if row.person not in people:
            raise invalid(f"rows.{number}.person", _("deze persoon heeft hier geen plek; schrijf diegene eerst in."))
    return [Row(people[row.person], row.status, row.minutes) for row in payload.rows]


def _version(header: str | None, session: Session) -> int | None:
    """The version that an ``If-Match`` names; a tag that we never gave is older than everything."""
    if header is None:
        raise Refusal(
            HTTPStatus.PRECONDITION_REQUIRED,
            "if_match_missing",
            _("Haal eerst de lijst op en stuur zijn ETag mee in de kop If-Match. Met * overschrijf je wat er staat."),
        )
    if header.strip() == "*":
        return None
    given = [int(tag) for tag in TAG.findall(header)]
    known = [version for version in given if version <= session.attendance_version]
    if not known:
        rows = Recorded.objects.filter(session=session).select_related("person").order_by("person__full_name", "pk")
        raise StaleError(tuple(rows))
    return max(known)


def _sheet(sheet: Sheet, response: HttpResponse) -> dict[str, Any]:
    response["ETag"] = _tag(sheet.session)
    session = sheet.session
    missing = [{**_named(person), "status": None, "minutes": None} for person in sheet.missing]
    return {
        "session": session.public_id,
        "rows": [*_all(sheet.rows), *missing],
        "intervision_minutes": session.intervision_minutes,
        "case_minutes": session.case_minutes,
        "closed": session.closed_at is not None,
    }


def _all(rows: Iterable[Recorded]) -> list[dict[str, Any]]:
    return [_recorded(row) for row in rows]


def _recorded(row: Recorded) -> dict[str, Any]:
    return {**_named(row.person), "status": row.status, "minutes": row.minutes}


def _named(person: User) -> dict[str, Any]:
    return {"person": person.public_id, "name": person.shown_name}


def _tag(session: Session) -> str:
    return f'"{session.attendance_version}"'

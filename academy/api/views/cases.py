"""Bringing in a case, and asking whether a text leads to somebody without keeping it."""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from ninja import Router, Status

from academy.api.doors import SignedIn
from academy.api.errors import Refusal, not_found
from academy.api.finding import LONGEST_ID
from academy.api.shapes import CaseIn, CaseOut, CheckIn, CheckOut, TraceableOut
from academy.gatherings.models import Session
from leertafels.cases import rules
from leertafels.cases.detector import Hit, find
from leertafels.cases.domain.bringing import bring_in
from leertafels.cases.domain.texts import Content, TraceableError, warnings_in

if TYPE_CHECKING:
    from django.http import HttpRequest

router = Router(tags=["Inbreng"], auth=SignedIn())


@router.post(
    "/sessions/{public_id}/case",
    response={200: CaseOut, 201: CaseOut, 409: TraceableOut, 422: TraceableOut},
    url_name="session_case",
    summary="Breng iets in",
)
def bring(request: HttpRequest, public_id: str, payload: CaseIn) -> Status:
    """201 with the case, 200 when the same text was there already, 422 with every hit of the detector in ``reasons``.

    ``text`` alone is the learning question; beside one it is the situation. Nothing of a refused text is kept.
    """
    found = Session.objects.select_related("gathering").filter(public_id=public_id[: LONGEST_ID + 1]).first()
    if found is None or rules.takes_cases(found.gathering) is None or not rules.at_table(request.auth, found.gathering):
        raise not_found()
    content = Content(**payload.parts())
    try:
        brought = bring_in(session=found, content=content, by=request.auth)
    except TraceableError as refused:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            refused.code,
            refused.message,
            reasons=refused.reasons,
            extra={"hits": _with_fields(refused.hits)},
        ) from None
    answer: dict[str, Any] = {
        "id": brought.case.public_id,
        "state": brought.case.state,
        "destroy_at": brought.case.destroy_at,
        "warnings": _with_fields(warnings_in(content)),
    }
    return Status(HTTPStatus.CREATED if brought.is_new else HTTPStatus.OK, answer)


@router.post("/cases/check", response=CheckOut, url_name="cases_check", summary="Kijk of een tekst herleidbaar is")
def check(request: HttpRequest, payload: CheckIn) -> dict[str, Any]:  # noqa: ARG001 -- ninja passes it by name
    """Every hit with its place in the text (in characters) and a way out. Stores nothing and writes nothing down."""
    return {"hits": [asdict(hit) for hit in find(payload.text)]}


def _with_fields(hits: dict[str, list[Hit]]) -> list[dict[str, Any]]:
    return [{"field": name, **asdict(hit)} for name, found in hits.items() for hit in found]

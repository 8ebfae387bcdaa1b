"""Taking a seat, giving it up, and answering an offer."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from ninja import Router, Status

from academy.api.domain.repeats import answer_once
from academy.api.doors import SignedIn
from academy.api.errors import forbidden, not_found
from academy.api.finding import gathering_for, offer_for
from academy.api.shapes import ErrorOut, SeatOut
from academy.gatherings.domain.offers import accept_offer, decline_offer
from academy.gatherings.domain.seats import cancel_seat, position_of, take_seat
from academy.gatherings.models import Seat
from academy.gatherings.rules import can_take_seat

if TYPE_CHECKING:
    from django.http import HttpRequest

router = Router(tags=["Plekken"], auth=SignedIn())
KEY = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "required": False,
            "schema": {"type": "string", "maxLength": 200},
            "description": "Een eigen kenmerk van dit verzoek: een herhaling krijgt een dag lang hetzelfde antwoord.",
        }
    ]
}


@router.post(
    "/gatherings/{public_id}/seat",
    response={200: SeatOut, 201: SeatOut, 409: ErrorOut},
    url_name="seat",
    openapi_extra=KEY,
    summary="Vraag een plek",
)
def take(request: HttpRequest, public_id: str) -> Status:
    """201 with a new seat, 200 with the seat that was there, 409 with every reason that refuses."""
    gathering = gathering_for(request.auth, public_id)
    if not can_take_seat(request.auth):
        raise forbidden(_("Met jouw rol neem je zelf geen plek. Vraag het bureau als je toch wilt meedoen."))

    def do() -> tuple[int, dict[str, Any]]:
        taken = take_seat(person=request.auth, gathering=gathering, by=request.auth)
        answer = {"id": taken.seat.public_id, "state": taken.seat.state, "position": taken.position}
        return (HTTPStatus.CREATED if taken.is_new else HTTPStatus.OK), answer

    key = request.headers.get("Idempotency-Key")
    if key is None:
        return Status(*do())
    return Status(*answer_once(key=key, request=f"POST seat {gathering.public_id}", by=request.auth, do=do))


@router.delete(
    "/gatherings/{public_id}/seat", response={200: SeatOut, 409: ErrorOut}, url_name="seat", summary="Meld je af"
)
def cancel(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """A repeat answers the seat as it ended."""
    gathering = gathering_for(request.auth, public_id)
    seat = Seat.objects.filter(gathering=gathering, person=request.auth).order_by("-queue_key").first()
    if seat is None:
        raise not_found()
    return _shown(cancel_seat(seat=seat, by=request.auth))


@router.post(
    "/offers/{public_id}/accept",
    response={200: SeatOut, 409: ErrorOut},
    url_name="offer_accept",
    summary="Neem een aangeboden plek",
)
def accept(request: HttpRequest, public_id: str) -> dict[str, Any]:
    return _shown(accept_offer(offer=offer_for(request.auth, public_id), by=request.auth))


@router.post(
    "/offers/{public_id}/decline",
    response={200: SeatOut, 409: ErrorOut},
    url_name="offer_decline",
    summary="Laat een aangeboden plek gaan",
)
def decline(request: HttpRequest, public_id: str) -> dict[str, Any]:
    return _shown(decline_offer(offer=offer_for(request.auth, public_id), by=request.auth))


def _shown(seat: Seat) -> dict[str, Any]:
    return {"id": seat.public_id, "state": seat.state, "position": position_of(seat)}

"""Runs, leertafels and visits: the same to a program as to a calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db.models import Prefetch, Value
from django.db.models.functions import Coalesce
from ninja import Query, Router, Schema
from pydantic import Field

from academy.api.doors import Anyone, SignedIn
from academy.api.finding import gathering_for, led_gathering
from academy.api.paging import page
from academy.api.shapes import Code, GatheringDetail, GatheringOut, Listed, Participant
from academy.gatherings.domain.eligibility import reasons
from academy.gatherings.domain.places import place_for
from academy.gatherings.domain.seats import position_of
from academy.gatherings.enums import OfferState
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Gathering, Seat, Session
from academy.gatherings.rules import can_read_participants

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from academy.people.models import User

router = Router(tags=["Bijeenkomsten"], auth=Anyone())
# What has no dates (a self-paced e-learning) stands after everything that has.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


class Asked(Schema):
    kind: Literal["run", "leertafel", "visit"] | None = None
    offering: Code = ""
    open: bool = False
    mine: bool = False
    cursor: Annotated[str, Field(max_length=500)] = ""


@router.get(
    "/gatherings", response=Listed[GatheringOut], url_name="gatherings", summary="Uitvoeringen, leertafels en bezoeken"
)
def gatherings(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """``open`` is true for a window that is open, also when it is full; ``mine`` is what the caller leads or joins."""
    rows = _shown(Gathering.objects.visible_to(request.auth))
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.offering:
        rows = rows.filter(offering__slug=asked.offering)
    if asked.open:
        rows = rows.open()
    if asked.mine:
        rows = rows.involving(request.auth)
    rows = rows.annotate(begins=Coalesce("starts_at", Value(NEVER)))
    return page(rows, by=("begins", "pk"), cursor=asked.cursor, show=show)


@router.get(
    "/gatherings/{public_id}",
    response=GatheringDetail,
    url_name="gathering",
    summary="Een bijeenkomst, zoals jij die ziet",
)
def gathering(request: HttpRequest, public_id: str) -> dict[str, Any]:
    found = _shown(Gathering.objects.filter(pk=gathering_for(request.auth, public_id).pk)).get()
    seat = _own_seat(request.auth, found)
    standing = reasons(person=request.auth, gathering=found) if request.auth.is_authenticated else ()
    return {
        **show(found),
        "sessions": [_session(one, request.auth) for one in found.dated],
        "opens_at": found.opens_at,
        "closes_at": found.closes_at,
        "url": kind_of(found).url(found),
        "reasons": standing,
        "seat": seat and show_own_seat(seat),
    }


@router.get(
    "/gatherings/{public_id}/participants",
    response=Listed[Participant],
    url_name="participants",
    auth=SignedIn(),
    summary="Wie er komt en wie er wacht",
)
def participants(request: HttpRequest, public_id: str, cursor: str = "") -> dict[str, Any]:
    found = led_gathering(request.auth, public_id, can_read_participants)
    rows = Seat.objects.active().filter(gathering=found).select_related("person")
    return page(rows, by=("queue_key", "pk"), cursor=cursor, show=_participant)


def show(found: Gathering) -> dict[str, Any]:
    return {
        "id": found.public_id,
        "kind": found.kind,
        "title": found.title,
        "offering": found.offering.slug,
        "sessions": [_dates(one) for one in found.dated],
        "capacity": found.capacity,
        "seats_taken": found.seats_taken,
        "waiting": found.waiting,
        "state": found.derived_state,
    }


def show_own_seat(seat: Seat) -> dict[str, Any]:
    offer = next((offer for offer in seat.offers.all() if offer.state == OfferState.OPEN), None)
    return {
        "id": seat.public_id,
        "state": seat.state,
        "position": seat.position if hasattr(seat, "position") else position_of(seat),
        "offer": offer and {"id": offer.public_id, "deadline": offer.deadline},
    }


def _shown(rows: Any) -> Any:
    sessions = Prefetch("sessions", Session.objects.held().select_related("venue", "gathering"), to_attr="dated")
    return rows.with_counts().select_related("offering").prefetch_related(sessions)


def _dates(session: Session) -> dict[str, Any]:
    return {"id": session.public_id, "starts_at": session.starts_at, "ends_at": session.ends_at}


def _session(session: Session, user: User | AnonymousUser) -> dict[str, Any]:
    return {**_dates(session), "title": session.title, "closed_at": session.closed_at, "place": _place(session, user)}


def _place(session: Session, user: User | AnonymousUser) -> dict[str, Any] | None:
    """A closed place is opened on screen only; the API says that it is closed and why."""
    if session.venue is None or not user.is_authenticated:
        return None
    place = place_for(session, user)
    return {
        "is_closed": place.is_closed,
        "name": place.venue and place.venue.name,
        "address": place.venue and place.venue.address,
        "reasons": place.reasons,
    }


def _own_seat(user: User | AnonymousUser, found: Gathering) -> Seat | None:
    if not user.is_authenticated:
        return None
    rows = Seat.objects.active().filter(gathering=found, person=user)
    return rows.with_position().prefetch_related("offers").first()


def _participant(seat: Seat) -> dict[str, Any]:
    return {"person": seat.person.public_id, "name": seat.person.shown_name, "seat_state": seat.state}

"""The object that an address names, for who may know of it; anybody else gets the same 404 as for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.api.errors import not_found
from academy.gatherings.models import SeatOffer, Session
from academy.gatherings.querysets import gathering_known_to
from academy.gatherings.rules import can_cancel_seat

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Gathering
    from academy.people.models import User

LONGEST_ID = 16


def gathering_for(user: User | AnonymousUser, public_id: str) -> Gathering:
    found = gathering_known_to(user, _id(public_id))
    if found is None:
        raise not_found()
    return found


def led_gathering(user: User, public_id: str, may: Callable[[User, Gathering], bool]) -> Gathering:
    """A gathering of which ``user`` may do more than know that it exists."""
    gathering = gathering_for(user, public_id)
    if not may(user, gathering):
        raise not_found()
    return gathering


def led_session(user: User, public_id: str, may: Callable[[User, Gathering], bool]) -> Session:
    session = Session.objects.select_related("gathering__offering").filter(public_id=_id(public_id)).first()
    if session is None or not may(user, session.gathering):
        raise not_found()
    return session


def offer_for(user: User, public_id: str) -> SeatOffer:
    rows = SeatOffer.objects.select_related("seat__gathering", "seat__person")
    offer = rows.filter(public_id=_id(public_id)).first()
    if offer is None or not can_cancel_seat(user, offer.seat):
        raise not_found()
    return offer


def _id(public_id: str) -> str:
    if len(public_id) > LONGEST_ID:
        raise not_found()
    return public_id

"""A place that comes free goes to the first in line who may take it: as an offer, or at once for who asked for that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain import placing
from academy.gatherings.domain.eligibility import refusals, standing_reasons
from academy.gatherings.domain.locking import lock_gathering, lock_person
from academy.gatherings.domain.moments import has_begun, offer_deadline
from academy.gatherings.domain.room import Spot, room_in
from academy.gatherings.domain.telling import tell
from academy.gatherings.enums import EndReason, GatheringState, OfferState, SeatState
from academy.gatherings.models import Gathering, Seat, SeatOffer
from academy.gatherings.rules import can_cancel_seat

if TYPE_CHECKING:
    from datetime import datetime

    from academy.people.models import User


def fill_free_places(gathering: Gathering) -> int:
    """Give the free places of a locked ``gathering`` to who waits; how many were given.

    Who may not come any more is passed over and keeps the place in line.
    """
    if gathering.state != GatheringState.OPEN or has_begun(gathering):
        return 0
    room, deadline, given = room_in(gathering), offer_deadline(gathering), 0
    if room.is_full:
        return 0
    for seat in Seat.objects.queue(gathering).select_for_update(of=("self",)).select_related("person"):
        spot = room.spot_for(seat.person)
        if spot is None:
            if room.is_full:
                break
            continue
        seat.gathering = gathering
        if _give(seat, spot, deadline):
            room.hold(spot)
            given += 1
    return given


def _give(seat: Seat, spot: Spot, deadline: datetime | None) -> bool:
    against = {reason.code for reason in refusals(standing_reasons(person=seat.person, gathering=seat.gathering))}
    # Something else at that hour is no obstacle to an offer: one can choose. Nobody is placed at once on top of it.
    if against - {"overlap"}:
        return False
    if seat.person.placed_at_once and not against:
        placing.confirm(seat, spot)
        return True
    if deadline is None:
        return False
    _make_offer(seat, spot, deadline)
    return True


def _make_offer(seat: Seat, spot: Spot, deadline: datetime) -> SeatOffer:
    moment = clock.now()
    seat.state, seat.changed_at = SeatState.OFFERED, moment
    seat.kept_place = spot.kept.place if spot.kept is not None else None
    seat.save(update_fields=["state", "changed_at", "kept_place"])
    offer = SeatOffer.objects.create(seat=seat, made_at=moment, deadline=deadline)
    local = deadline.astimezone(clock.AMSTERDAM).isoformat()
    tell(seat, "offered", occurrence=offer.public_id, deadline_at=local)
    return offer


@transaction.atomic
def accept_offer(*, offer: SeatOffer, by: User) -> Seat:
    """Take the place that was held. A repeat returns the same seat.

    Raises DomainError when the offer is over, and with every reason when something stands in the way now.
    """
    gathering, offer = _locked(offer)
    _check_answers(by, offer)
    if offer.state == OfferState.ACCEPTED:
        return offer.seat
    _check_open(offer)
    lock_person(offer.seat.person)
    against = refusals(standing_reasons(person=offer.seat.person, gathering=gathering))
    if against:
        raise DomainError(against[0].code, against[0].message, reasons=against)
    _answer(offer, OfferState.ACCEPTED)
    return placing.confirm_in(offer.seat, offer.seat.kept_place)


@transaction.atomic
def decline_offer(*, offer: SeatOffer, by: User) -> Seat:
    """Leave the place to the next in line. A repeat returns the same seat."""
    gathering, offer = _locked(offer)
    _check_answers(by, offer)
    if offer.state == OfferState.DECLINED:
        return offer.seat
    _check_open(offer)
    _answer(offer, OfferState.DECLINED)
    seat = placing.end(offer.seat, SeatState.DECLINED, EndReason.OFFER_DECLINED, by=by)
    fill_free_places(gathering)
    return seat


def expire_offers() -> int:
    """Let every offer go whose time is over and give the places to the next; how many went (a sweep)."""
    overdue = SeatOffer.objects.overdue().order_by("seat__gathering").values_list("seat__gathering", flat=True)
    return sum(_expire_in(pk) for pk in overdue.distinct())


@transaction.atomic
def _expire_in(gathering_pk: int) -> int:
    gathering = lock_gathering(gathering_pk)
    overdue = SeatOffer.objects.overdue().filter(seat__gathering=gathering).select_related("seat__person")
    gone = list(overdue.select_for_update(of=("self", "seat")))
    for offer in gone:
        offer.seat.gathering = gathering
        _answer(offer, OfferState.EXPIRED)
        placing.end(offer.seat, SeatState.DECLINED, EndReason.OFFER_EXPIRED, by=None)
        tell(offer.seat, "ended", why=EndReason.OFFER_EXPIRED)
    fill_free_places(gathering)
    return len(gone)


def fill_everywhere() -> int:
    """Give places that came free by the passing of time, such as kept places that were released (a sweep)."""
    waiting = Gathering.objects.filter(state=GatheringState.OPEN).with_counts().filter(waiting__gt=0)
    free = waiting.filter(Q(capacity__isnull=True) | Q(places_taken__lt=F("capacity")))
    return sum(_fill(pk) for pk in free.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _fill(gathering_pk: int) -> int:
    return fill_free_places(lock_gathering(gathering_pk))


def _locked(offer: SeatOffer) -> tuple[Gathering, SeatOffer]:
    gathering = lock_gathering(offer.seat.gathering_id)
    rows = SeatOffer.objects.select_for_update(of=("self", "seat")).select_related("seat__person")
    fresh: SeatOffer = rows.get(pk=offer.pk)
    fresh.seat.gathering = gathering
    return gathering, fresh


def _answer(offer: SeatOffer, state: OfferState) -> None:
    offer.state, offer.answered_at = state, clock.now()
    offer.save(update_fields=["state", "answered_at"])


def _check_answers(by: User, offer: SeatOffer) -> None:
    if not can_cancel_seat(by, offer.seat):
        raise NotAllowedError("not_allowed", _("Dit aanbod is niet aan jou gedaan."))


def _check_open(offer: SeatOffer) -> None:
    if offer.state != OfferState.OPEN or offer.deadline <= clock.now():
        raise DomainError(
            "offer_over", _("Dit aanbod is voorbij. Schrijf je opnieuw in; dan sta je weer op de wachtlijst.")
        )

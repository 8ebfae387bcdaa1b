"""What the API's addresses name, for the permission walk (see tests/permissions/makers.py)."""

from __future__ import annotations

from datetime import timedelta

from academy.common import clock
from academy.common.identifiers import secret_token
from academy.gatherings.enums import LeadRole, OfferState, SeatState
from academy.gatherings.models import Lead, Seat, SeatOffer
from certificates.domain.recognition import recognise
from tests import factories
from tests.credits.factories import trained
from tests.gatherings.factories import make_gathering
from tests.permissions.makers import Try, maker, subject


@maker
def api_unknown(world, person, cell, inside):
    return Try({"rest": "v1/niets"})


@maker
def api_gathering(world, person, cell, inside):
    return Try({"public_id": make_gathering().public_id})


def _led(person, cell, *, inside):
    """Over since a day, led by ``person`` when she is inside."""
    gathering = make_gathering(starts_in=timedelta(days=-1))
    if inside and cell == "lead":
        Lead.objects.create(gathering=gathering, person=person, role=LeadRole.GIVES, starts_at=gathering.starts_at)
    return gathering


@maker
def api_led_gathering(world, person, cell, inside):
    return Try({"public_id": _led(person, cell, inside=inside).public_id})


@maker
def api_session(world, person, cell, inside):
    session = _led(person, cell, inside=inside).sessions.get()
    return Try({"public_id": session.public_id}, {"rows": []})


def _seat(person, state):
    moment = clock.now()
    return Seat.objects.create(
        gathering=make_gathering(capacity=1),
        person=person,
        state=state,
        queue_key=1,
        requested_at=moment,
        changed_at=moment,
        confirmed_at=moment,
    )


@maker
def api_own_seat(world, person, cell, inside):
    """The address names a gathering; the seat is always the caller's own."""
    mine = person is not None and inside and cell != "-"
    seat = _seat(person if mine else factories.make_person(), SeatState.CONFIRMED)
    return Try({"public_id": seat.gathering.public_id})


@maker
def api_offer(world, person, cell, inside):
    seat = _seat(subject(world, person, cell, inside=inside), SeatState.OFFERED)
    offer = SeatOffer.objects.create(
        seat=seat, state=OfferState.OPEN, made_at=clock.now(), deadline=clock.now() + timedelta(days=1)
    )
    return Try({"public_id": offer.public_id})


@maker
def api_certificate(world, person, cell, inside):
    holder = subject(world, person, cell, inside=inside)
    if cell == "Y":
        factories.make_membership(holder, organisation=world.own, approved_at=clock.now())
    achievement = trained(holder, source_key=f"seat:{secret_token()[:16]}")
    return Try({"code": recognise(achievement=achievement, by=None).certificate.code})

"""Objects for the addresses of the kernel; see ``tests.permissions.makers``."""

from __future__ import annotations

from datetime import timedelta

from academy.common import clock
from academy.gatherings.enums import LeadRole, SeatState, VenueKind
from academy.gatherings.models import Lead, Seat, SeatOffer
from tests.gatherings.factories import make_gathering, make_offering, make_venue
from tests.permissions.makers import Try, maker, subject


@maker
def offering(world, person, cell, inside):
    return Try({"slug": make_offering().slug})


@maker
def open_run(world, person, cell, inside):
    return Try({"public_id": make_gathering().public_id})


def _seated(person, gathering):
    """A row of its own: the cast takes part in more at the same hour than the domain lets anybody do."""
    moment = clock.now()
    return Seat.objects.create(
        gathering=gathering,
        person=person,
        state=SeatState.CONFIRMED,
        queue_key=1,
        requested_at=moment,
        changed_at=moment,
        confirmed_at=moment,
    )


def _seat(world, person, cell, *, inside):
    return _seated(subject(world, person, cell, inside=inside), make_gathering())


@maker
def seat(world, person, cell, inside):
    return Try({"public_id": _seat(world, person, cell, inside=inside).public_id}, {"email": "a@voorbeeld.example"})


@maker
def seat_offer(world, person, cell, inside):
    held = _seat(world, person, cell, inside=inside)
    Seat.objects.filter(pk=held.pk).update(state=SeatState.OFFERED)
    moment = clock.now()
    made = SeatOffer.objects.create(seat=held, made_at=moment, deadline=moment + timedelta(days=1))
    return Try({"public_id": made.public_id})


@maker
def closed_session(world, person, cell, inside):
    """Inside: she takes part, or leads it. Outside: somebody else does."""
    gathering = make_gathering(starts_in=timedelta(days=1))
    gathering.sessions.update(venue=make_venue(kind=VenueKind.CLOSED))
    if inside and person is not None and cell == "lead":
        Lead.objects.create(gathering=gathering, person=person, role=LeadRole.GIVES, starts_at=clock.now())
    elif inside and person is not None and cell == "mem":
        _seated(person, gathering)
    return Try({"public_id": gathering.sessions.get().public_id})

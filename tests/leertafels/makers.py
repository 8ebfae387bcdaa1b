"""Objects for the addresses of leertafels; see ``tests.permissions.makers``."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Gathering
from tests import factories
from tests.leertafels.factories import make_table
from tests.permissions.makers import Try, maker

# Every table at an hour of its own: the cast takes part in more than anybody could.
_hours = count(0, 3)


def _table(person=None, cell="", *, inside=False, **values) -> Gathering:
    """A table ahead, led by ``person`` when ``cell`` asks for that; never at the hour of another one."""
    table = make_table(sessions=1, starts_in=timedelta(days=30, hours=next(_hours)), **values)
    if inside and cell == "lead":
        assign_lead(gathering=table.gathering, person=person, role=LeadRole.FACILITATES, by=None)
    return table.gathering


@maker
def leertafel(world, person, cell, inside):
    return Try({"public_id": _table().public_id})


@maker
def leertafel_led(world, person, cell, inside):
    return Try({"public_id": _table(person, cell, inside=inside).public_id})


@maker
def leertafel_evening(world, person, cell, inside):
    gathering = _table(person, cell, inside=inside)
    return Try({"public_id": gathering.public_id, "session_id": gathering.sessions.get().public_id})


@maker
def leertafel_with_seat(world, person, cell, inside):
    gathering = _table()
    sits = person if inside and cell == "mem" else factories.make_person()
    take_seat(person=sits, gathering=gathering, by=None)
    return Try({"public_id": gathering.public_id}, {"version": 1, "agrees": "on"})


@maker
def leertafel_request(world, person, cell, inside):
    gathering = _table(person, cell, inside=inside, approval="lead")
    seat = take_seat(person=factories.make_person(), gathering=gathering, by=None).seat
    return Try({"public_id": gathering.public_id, "seat_id": seat.public_id, "answer": "afwijzen"})

"""Objects of the desk for the permission walk: groups, dates, seats, corrections, places."""

from __future__ import annotations

from academy.common import clock
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Correction, Seat, Venue
from academy.people.enums import Role
from academy.people.rules import has_role
from tests import factories
from tests.gatherings.factories import make_gathering
from tests.permissions.makers import Try, maker


def _run(world, person, cell, inside):
    """A group ahead, led by ``person`` when ``cell`` asks for that."""
    gathering = make_gathering()
    if inside and cell == "lead":
        assign_lead(gathering=gathering, person=person, role=LeadRole.GIVES, by=None)
    return gathering


@maker
def group_run(world, person, cell, inside):
    return Try({"public_id": _run(world, person, cell, inside).public_id})


@maker
def group_own_run(world, person, cell, inside):
    """``lead.stand_in`` says Y for who leads groups, and means her own."""
    wanted = "lead" if cell == "Y" and not has_role(person, Role.OFFICE) else cell
    return Try({"public_id": _run(world, person, wanted, inside).public_id})


@maker
def group_stand_in(world, person, cell, inside):
    wanted = "lead" if cell == "Y" and not has_role(person, Role.OFFICE) else cell
    gathering = _run(world, person, wanted, inside)
    lead = assign_lead(gathering=gathering, person=factories.make_person(), role=LeadRole.STANDS_IN, by=None)
    return Try({"public_id": gathering.public_id, "number": lead.pk})


@maker
def group_session(world, person, cell, inside):
    gathering = _run(world, person, cell, inside)
    return Try({"public_id": gathering.public_id, "session_id": gathering.sessions.get().public_id})


@maker
def group_seat(world, person, cell, inside):
    gathering = _run(world, person, cell, inside)
    other = factories.make_person()
    take_seat(person=other, gathering=gathering, by=None)
    session = gathering.sessions.get().public_id
    return Try({"public_id": gathering.public_id, "session_id": session, "person_id": other.public_id})


@maker
def group_stuck_seat(world, person, cell, inside):
    found = group_seat(world, person, cell, inside)
    seat = Seat.objects.get(gathering__public_id=found.arguments["public_id"])
    return Try({"public_id": seat.gathering.public_id, "seat_id": seat.public_id})


@maker
def group_correction(world, person, cell, inside):
    gathering = _run(world, person, cell, inside)
    correction = Correction.objects.create(
        session=gathering.sessions.get(),
        person=factories.make_person(),
        status="absent",
        minutes=0,
        reason="proef",
        asked_by=factories.make_person(),
        asked_at=clock.now(),
    )
    return Try({"public_id": correction.public_id, "answer": "afwijzen"})


@maker
def office_session(world, person, cell, inside):
    return Try({"public_id": _run(world, person, cell, inside).sessions.get().public_id})


@maker
def office_seat(world, person, cell, inside):
    taken = take_seat(person=factories.make_person(), gathering=_run(world, person, cell, inside), by=None)
    return Try({"public_id": taken.seat.public_id})


@maker
def office_request(world, person, cell, inside):
    found = office_seat(world, person, cell, inside)
    return Try({**found.arguments, "answer": "bevestigen"})


@maker
def office_venue(world, person, cell, inside):
    return Try({"number": Venue.objects.create(name="Zaal").pk})

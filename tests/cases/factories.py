"""A table that takes cases, and what lies on it."""

from __future__ import annotations

from datetime import timedelta

from academy.common import clock
from academy.gatherings.enums import LeadRole, SeatState
from academy.gatherings.models import Lead, Seat
from leertafels.cases.domain.bringing import bring_in, set_case_rules
from leertafels.cases.domain.texts import Content
from tests import factories
from tests.gatherings.factories import make_gathering

QUESTION = "Hoe begin ik het gesprek als de partner erbij blijft zitten?"


def make_table(*, asks_text=False, starts_in=timedelta(days=1), **values):
    """A leertafel with one meeting, inside the days in which everybody at it may read."""
    gathering = make_gathering(kind="leertafel", starts_in=starts_in, **values)
    set_case_rules(gathering=gathering, asks_text=asks_text, by=None)
    return gathering


def seat(gathering, person=None, *, state=SeatState.CONFIRMED, approved=True):
    """``person`` with a place at the table; her organisation knows her."""
    person = person or factories.make_person()
    if approved:
        factories.make_membership(person, approved_at=clock.now())
    moment = clock.now()
    Seat.objects.create(
        gathering=gathering,
        person=person,
        state=state,
        queue_key=Seat.objects.filter(gathering=gathering).count() + 1,
        requested_at=moment,
        changed_at=moment,
        confirmed_at=moment,
    )
    return person


def lead(gathering, person=None, role=LeadRole.FACILITATES):
    person = person or factories.make_person()
    Lead.objects.create(gathering=gathering, person=person, role=role, starts_at=clock.now() - timedelta(days=1))
    return person


def make_case(gathering=None, by=None, *, question=QUESTION, session=None, **parts):
    """Something on the table, brought in by ``by`` or by somebody new there."""
    gathering = gathering or make_table()
    by = by or seat(gathering)
    session = session or gathering.sessions.order_by("starts_at").first()
    return bring_in(session=session, content=Content(question, **parts), by=by).case

"""Cases and their tables for the permission walk; see ``tests.permissions.makers``."""

from __future__ import annotations

from academy.common import clock
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Lead
from leertafels.cases.domain.breaches import report_traceable
from tests.cases.factories import make_case, make_table, seat
from tests.permissions.makers import Try, maker


def _join(person, gathering, cell, inside):
    """What the cell gives this person at the table."""
    if not inside or person is None:
        return
    if cell == "lead":
        Lead.objects.create(gathering=gathering, person=person, role=LeadRole.FACILITATES, starts_at=clock.now())
    elif cell == "mem":
        seat(gathering, person, approved=False)


@maker
def case_session(world, person, cell, inside):
    gathering = make_table()
    _join(person, gathering, cell, inside)
    return Try({"public_id": gathering.sessions.get().public_id}, {"learning_question": "Hoe begin ik het gesprek?"})


@maker
def case_on_table(world, person, cell, inside):
    """Of somebody else, on a table where she sits or that she leads."""
    case = make_case()
    _join(person, case.session.gathering, cell, inside)
    return Try({"public_id": case.public_id})


@maker
def case_taken(world, person, cell, inside):
    """Her own, or one on a table that she leads."""
    case = make_case()
    _join(person, case.session.gathering, cell, inside)
    if inside and cell == "own" and person is not None:
        case.presenter = person
        case.save(update_fields=["presenter"])
    return Try({"public_id": case.public_id}, {"learning_question": "Hoe begin ik?", "untraceable": "on"})


@maker
def breach_record(world, person, cell, inside):
    case = make_case()
    return Try({"public_id": report_traceable(case=case, by=case.presenter).public_id}, {"measures": "gebeld"})


@maker
def case_text(world, person, cell, inside):
    return Try({}, {"text": "Hoe begin ik het gesprek?"})

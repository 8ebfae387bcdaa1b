"""Questionnaires for the permission walk."""

from __future__ import annotations

from academy.evaluations.domain.asking import open_evaluation
from academy.gatherings.models import Attendance
from tests.evaluations.factories import make_closed
from tests.permissions.makers import Try, maker


@maker
def evaluation(world, person, cell, inside):
    """A questionnaire for ``person`` when ``cell`` says that she was there."""
    gathering, there, _absent = make_closed(1, absent=0)
    if inside and cell == "mem":
        Attendance.objects.filter(person=there[0]).update(person=person)
    asked = open_evaluation(gathering=gathering)
    answers = {"recognising": 3, "discussing": 3, "acting": 3, "score": 7}
    return Try({"public_id": asked.public_id}, answers)


@maker
def evaluation_results(world, person, cell, inside):
    gathering, _there, _absent = make_closed(1, absent=0)
    open_evaluation(gathering=gathering)
    return Try({"public_id": gathering.public_id})

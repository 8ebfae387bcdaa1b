"""Gatherings that are over, with people who were there."""

from __future__ import annotations

from academy.evaluations.domain.answering import Opinion, answer
from academy.evaluations.domain.asking import open_evaluation
from academy.evaluations.enums import Applied, Occasion
from academy.evaluations.questionnaires import AFTERWARDS
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering
from academy.people.enums import Role
from tests.factories import make_with_role
from tests.gatherings.factories import make_gathering
from tests.portal.desk import in_the_past, seat


def make_closed(number: int = 6, absent: int = 1):
    """A run that was closed just now: the gathering and who was there, then who was not."""
    gathering = make_gathering()
    members = seat(gathering, number + absent)
    in_the_past(gathering)
    rows = [Row(person, "present" if place < number else "absent") for place, person in enumerate(members)]
    session, office = gathering.sessions.get(), make_with_role(Role.OFFICE)
    record_attendance(session=session, rows=rows, by=office, version=None)
    close_gathering(gathering=gathering, by=office)
    gathering.refresh_from_db()
    return gathering, members[:number], members[number:]


def make_evaluation(number: int = 6, answers: int = 0, asked=AFTERWARDS):
    """A questionnaire that opened now, with as many answers."""
    gathering, there, _absent = make_closed(number)
    evaluation = open_evaluation(gathering=gathering, asked=asked)
    fill_in(evaluation, there[:answers])
    return evaluation, there


def fill_in(evaluation, people):
    """Everybody answers; eight weeks later one in three did not use it yet."""
    for place, person in enumerate(people):
        given = opinion(remark=f"woord {place}")
        if evaluation.occasion == Occasion.TRANSFER:
            given = Opinion(applied=Applied.NOT_YET if place % 3 == 0 else Applied.ONCE, remark=f"later {place}")
        answer(evaluation=evaluation, opinion=given, by=person)


def opinion(**values) -> Opinion:
    return Opinion(**{"recognising": 4, "discussing": 3, "acting": 2, "score": 8, **values})

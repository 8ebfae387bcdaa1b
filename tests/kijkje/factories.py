"""Kijkjes, visits, people who are ready for one, and newcomers."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from academy.common import clock
from academy.common.identifiers import public_id
from academy.gatherings.domain.placing import promise_of
from academy.gatherings.domain.planning import Plan
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Gathering, Seat
from courses.kijkje.domain.preparing import begin_preparation, sign_statement
from courses.kijkje.domain.visits import plan_visit
from courses.kijkje.models import Announcement, KijkjePage
from courses.learning.domain.lessons import finish_lesson
from tests.courses.factories import lesson, make_catalogue
from tests.factories import make_person, make_team
from tests.planting import plant

_number = count(1)
QUESTIONS = ("Wat verraste je?", "Wat ga je anders doen?")


def make_kijkje(*, live=True, lessons=("l1", "l2"), questions=QUESTIONS, **values) -> KijkjePage:
    """A Kijkje with two lessons of twenty minutes and a statement to sign."""
    number = next(_number)
    values = {
        "title": f"Kijkje {number}",
        "slug": f"kijkje-{public_id()}",
        "teaching": [lesson(key, minutes=20) for key in lessons],
        "statement": "Ik zwijg over wie ik zie.",
        "debrief_questions": [{"type": "question", "value": question} for question in questions],
        "form": "visit",
        "live": live,
        **values,
    }
    return plant(make_catalogue(), KijkjePage(**values))


def session_plan(*, starts_in=timedelta(days=20), lasts=timedelta(hours=3), venue=None) -> Plan:
    start = (clock.now() + starts_in).replace(second=0, microsecond=0)
    return Plan(start, start + lasts, venue=venue)


def make_visit(page=None, *, host=None, visitors=2, venue=None, starts_in=timedelta(days=20), **values) -> Gathering:
    """A visit that people can book; one with ``starts_in`` below zero is over."""
    visit = plan_visit(
        page=page or make_kijkje(),
        session=session_plan(starts_in=starts_in, venue=venue),
        host=host or make_person(),
        visitors=visitors,
        by=None,
        allow_past=True,
        **values,
    )
    return Gathering.objects.select_related("offering").get(pk=visit.pk)


def prepared(page, person=None):
    """Somebody who did the lessons."""
    person = person or make_person()
    seat = begin_preparation(page=page, by=person)
    for one in page.material.lessons:
        finish_lesson(seat=seat, lesson=one.id, by=person)
    return person


def ready(page, person=None):
    """Somebody who did the lessons and signed."""
    person = prepared(page, person)
    sign_statement(page=page, version=page.statement_version, by=person)
    return person


def seated(gathering, person=None) -> Seat:
    """A confirmed seat, whatever stands in the way of one."""
    moment = clock.now()
    return Seat.objects.create(
        gathering=gathering,
        person=person or make_person(),
        state=SeatState.CONFIRMED,
        queue_key=Seat.objects.filter(gathering=gathering).count() + 1,
        requested_at=moment,
        changed_at=moment,
        confirmed_at=moment,
        promise=promise_of(gathering),
    )


def make_announcement(**values) -> Announcement:
    number = next(_number)
    values.setdefault("team", None)
    values["team"] = values["team"] or make_team()
    return Announcement.objects.create(
        **{
            "name": f"Nieuwe {number}",
            "email": f"nieuw{number}@voorbeeld.example",
            "starts_on": clock.today(),
            "announced_at": clock.now(),
            **values,
        }
    )

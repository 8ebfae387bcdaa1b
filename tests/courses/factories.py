"""Courses with lessons and a test, their runs, and somebody with a seat in one."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from academy.common import clock
from academy.common.identifiers import public_id
from academy.gatherings.domain.planning import Plan, open_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.domain.section import prepare_catalogue
from academy.gatherings.models import Accreditation, CataloguePage, Seat
from certificates.credits.models import Chamber
from courses.domain.runs import plan_run
from courses.models import CoursePage, Run
from tests.factories import make_person
from tests.planting import plant

_number = count(1)


def answer(key, text, *, right=False):
    return {"type": "item", "id": key, "value": {"text": text, "is_right": right}}


def question(key, *answers, multiple=False, explanation=""):
    """``question("v1", ("a", True), ("b", False))``"""
    rows = [answer(f"{key}-{name}", f"Antwoord {name}", right=right) for name, right in answers]
    value = {"text": f"Vraag {key}?", "is_multiple": multiple, "answers": rows, "explanation": explanation}
    return {"type": "item", "id": key, "value": value}


def lesson(key, *questions, minutes=30, title=""):
    text = {"type": "text", "id": f"{key}-tekst", "value": f"<p>Tekst van {key}</p>"}
    value = {"title": title or f"Les {key}", "minutes": minutes, "body": [text], "questions": list(questions)}
    return {"type": "lesson", "id": key, "value": value}


def loose(key, *questions):
    return {"type": "questions", "id": key, "value": {"questions": list(questions)}}


def two_lessons():
    """Two lessons of half an hour and four questions; 75 % is three of them right."""
    return [
        lesson("l1", question("v1", ("a", True), ("b", False)), question("v2", ("a", False), ("b", True))),
        lesson(
            "l2",
            question("v3", ("a", True), ("b", True), ("c", False), multiple=True, explanation="Omdat het zo is."),
            question("v4", ("a", True), ("b", False)),
        ),
    ]


RIGHT = {"v1": ["v1-a"], "v2": ["v2-b"], "v3": ["v3-a", "v3-b"], "v4": ["v4-a"]}
WRONG = {"v1": ["v1-b"], "v2": ["v2-a"], "v3": ["v3-a"], "v4": ["v4-a"]}


def make_catalogue() -> CataloguePage:
    return CataloguePage.objects.first() or prepare_catalogue()


def make_course(*, live=True, **values) -> CoursePage:
    number = next(_number)
    values = {"title": f"Training {number}", "slug": f"training-{public_id()}", "live": live, **values}
    return plant(make_catalogue(), CoursePage(**values))


def make_e_learning(**values) -> CoursePage:
    return make_course(**{"form": "e_learning", "teaching": two_lessons(), "pass_pct": 75, **values})


def accredited(course, *, points=2, **values) -> Accreditation:
    """Points of SKJ for the chamber JGP, for a year around today."""
    chamber = Chamber.objects.with_code("SKJ:JGP").get()
    today = clock.today()
    return Accreditation.objects.create(
        **{
            "offering": course,
            "register": chamber.register,
            "chamber": chamber,
            "number": "DEMO-1",
            "requirement": "FORMAL",
            "points": points,
            "valid_from": today - timedelta(days=365),
            "valid_to": today + timedelta(days=365),
            **values,
        }
    )


def plans(number=1, *, starts_in=timedelta(days=30), lasts=timedelta(hours=2)):
    first = (clock.now() + starts_in).replace(second=0, microsecond=0)
    moments = [first + timedelta(weeks=week) for week in range(number)]
    return [Plan(starts_at=moment, ends_at=moment + lasts) for moment in moments]


def make_run(course=None, *, sessions=1, open_=True, starts_in=timedelta(days=30), lasts=timedelta(hours=2), **values):
    """An open run of a course, of an e-learning without sessions."""
    course = course or make_course()
    number = 0 if course.form == "e_learning" else sessions
    planned = plans(number, starts_in=starts_in, lasts=lasts)
    run: Run = plan_run(course=course, sessions=planned, by=None, allow_past=True, **values)
    if open_:
        open_gathering(gathering=run.gathering, by=None)
    return Run.objects.select_related("gathering").get(pk=run.pk)


def seated(run, person=None) -> Seat:
    person = person or make_person()
    return take_seat(person=person, gathering=run.gathering, by=person).seat


def learner(**values) -> Seat:
    """Somebody with a seat in an e-learning of her own."""
    return seated(make_run(make_e_learning(**values)))

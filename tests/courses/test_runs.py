"""Planning runs, and what stands between somebody and a seat in one."""

import pytest
from django.core.exceptions import ValidationError

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.eligibility import reasons
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Gathering
from academy.people.enums import Role
from courses.domain.runs import change_run, plan_run
from courses.learning.domain.lessons import finish_lesson
from courses.models import Run
from tests.courses.factories import lesson, make_course, make_e_learning, make_run, plans, seated, two_lessons
from tests.factories import make_person, make_with_role
from tests.gatherings.factories import make_offering

pytestmark = pytest.mark.django_db


def plan(course, number=1, **values):
    return plan_run(course=course, sessions=plans(number), by=None, **values)


def refused(course, number=1):
    with pytest.raises(DomainError) as error:
        plan(course, number)
    assert Gathering.objects.count() == 0
    return error.value.code


def test_plan_run_takes_the_terms_of_the_course():
    run = plan(make_course(audience="internal"), group=" Almere ", remarks="Neem je laptop mee.", capacity=12)
    assert (run.group, run.remarks, str(run)) == ("Almere", "Neem je laptop mee.", "Almere")
    gathering = run.gathering
    assert (gathering.kind, gathering.state, gathering.audience, gathering.capacity) == ("run", "draft", "internal", 12)
    assert kind_of(gathering).url(gathering) == f"/uitvoering/{gathering.public_id}/"


def test_e_learning_is_a_run_without_sessions():
    run = plan(make_e_learning(), 0)
    assert (run.gathering.starts_at, run.gathering.capacity, str(run)) == (None, None, str(run.pk))
    test_only = [{"type": "questions", "value": {"questions": two_lessons()[0]["value"]["questions"]}}]
    assert plan(make_e_learning(teaching=test_only), 0).pk


@pytest.mark.parametrize(
    ("values", "number", "code"),
    [
        ({"form": "e_learning", "teaching": two_lessons()}, 1, "no_sessions"),
        ({"form": "e_learning"}, 0, "no_lessons"),
        ({"form": "classroom"}, 0, "sessions_missing"),
        ({"form": "blended"}, 1, "no_lessons"),
        ({"form": "classroom", "sessions_needed": 3}, 2, "sessions_short"),
    ],
)
def test_run_that_does_not_fit_its_course_is_refused(values, number, code):
    assert refused(make_course(**values), number) == code


def test_run_that_fits_exactly():
    assert plan(make_course(sessions_needed=2), 2).pk
    assert plan(make_course(form="blended", teaching=two_lessons())).pk


def test_change_run_changes_only_what_is_given():
    run, office = make_run(group="Almere", remarks="Lunch"), make_with_role(Role.OFFICE)
    run = change_run(run=run, by=office, group="Lelystad")
    assert (run.group, run.remarks) == ("Lelystad", "Lunch")
    change_run(run=run, by=office, remarks="")
    assert Run.objects.get().remarks == ""


def test_change_run_is_for_who_plans():
    run = make_run()
    with pytest.raises(NotAllowedError):
        change_run(run=run, by=make_person(), group="X")
    with pytest.raises(ValidationError):
        change_run(run=run, by=make_with_role(Role.OFFICE), group="X" * 81)
    assert Run.objects.get().group == ""


def codes(person, run):
    return [reason.code for reason in reasons(person=person, gathering=run.gathering)]


def test_course_that_comes_first():
    first = make_e_learning(title="Meldcode", teaching=[lesson("l1")])
    run = make_run(make_course(requires=first))
    person = make_person()
    (reason,) = [one for one in reasons(person=person, gathering=run.gathering) if one.refuses]
    assert (reason.code, reason.message) == (
        "prerequisite",
        "Rond eerst “Meldcode” af; daarna kun je je hier inschrijven.",
    )
    seat = seated(make_run(first), person)
    assert codes(person, run) == ["prerequisite"]
    finish_lesson(seat=seat, lesson="l1", by=person)
    assert codes(person, run) == []


def test_run_of_another_offering_asks_nothing():
    gathering = Gathering(kind="run", offering=make_offering())
    assert kind_of(gathering).reasons(make_person(), gathering) == ()


def test_only_a_run_with_something_to_learn_leads_to_the_lessons():
    def steps(course):
        seat = seated(make_run(course))
        return seat, kind_of(seat.gathering).steps(seat)

    seat, (step,) = steps(make_e_learning())
    assert (step.label, step.url) == ("Naar de lessen", f"/leren/{seat.gathering.public_id}/")
    assert steps(make_course())[1] == ()


def test_course_cannot_require_itself():
    course = make_course()
    course.requires = course
    with pytest.raises(ValidationError, match="zichzelf"):
        course.save()

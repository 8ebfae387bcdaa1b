"""Handing in a test: what counts, what is refused, and what passing does."""

import pytest

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.seats import cancel_seat
from academy.outbox.models import Job
from academy.people.enums import Role
from certificates.credits.models import AchievementRecord
from certificates.models import Certificate
from courses.learning.domain.lessons import finish_lesson
from courses.learning.domain.standing import standing_of
from courses.learning.domain.testing import give_attempt, hand_in
from courses.learning.models import Attempt, ExtraAttempt, LessonDone
from courses.models import CoursePage
from tests.courses.factories import RIGHT, WRONG, learner, lesson, loose, make_course, make_run, question, seated
from tests.factories import make_person, make_with_role

pytestmark = pytest.mark.django_db


def read_everything(seat):
    for one in standing_of(seat).material.lessons:
        finish_lesson(seat=seat, lesson=one.id, by=seat.person)
    return seat


def ready(**values):
    return read_everything(learner(**values))


def try_(seat, answers=None, *, number=1, by=None):
    return hand_in(seat=seat, answers=answers or RIGHT, number=number, by=by or seat.person)


def refused(seat, answers=None, **values):
    with pytest.raises(DomainError) as error:
        try_(seat, answers, **values)
    return error.value


def test_pass_is_recognised_at_once_with_a_certificate():
    seat = ready()
    attempt = try_(seat)
    assert (attempt.right, attempt.asked, attempt.passed) == (4, 4, True)
    record = AchievementRecord.objects.get()
    assert (record.source_key, record.minutes, record.form) == (f"seat:{seat.public_id}", 60, "e_learning")
    assert Certificate.objects.get().kind == "completion"
    assert Job.objects.filter(kind="certificates.render").count() == 1


def test_pass_mark_is_a_least_share():
    three = {**RIGHT, "v4": ["v4-b"]}
    assert try_(ready(pass_pct=75), three).passed is True
    assert try_(ready(pass_pct=76), three).passed is False


def test_several_right_answers_count_only_together():
    for chosen in (["v3-a"], ["v3-a", "v3-b", "v3-c"]):
        assert try_(ready(), {**RIGHT, "v3": chosen}).right == 3
    assert try_(ready(), {**RIGHT, "v3": ["v3-b", "v3-a", "v3-a"]}).right == 4


def test_failing_keeps_what_was_asked_and_which_lesson_it_was_about():
    attempt = try_(ready(), WRONG)
    assert (attempt.right, attempt.passed) == (1, False)
    assert attempt.outcome == [
        {"question": "v1", "text": "Vraag v1?", "right": False, "lesson": "l1"},
        {"question": "v2", "text": "Vraag v2?", "right": False, "lesson": "l1"},
        {"question": "v3", "text": "Vraag v3?", "right": False, "lesson": "l2"},
        {"question": "v4", "text": "Vraag v4?", "right": True, "lesson": "l2"},
    ]
    assert AchievementRecord.objects.count() == 0


def test_fail_once_then_pass():
    seat = ready()
    try_(seat, WRONG)
    assert standing_of(seat).attempts_left == 2
    try_(seat, number=2)
    assert [one.passed for one in Attempt.objects.all()] == [False, True]
    assert AchievementRecord.objects.count() == 1


def test_twice_the_same_is_once():
    seat = ready()
    first = try_(seat)
    assert try_(seat).pk == first.pk
    assert (Attempt.objects.count(), AchievementRecord.objects.count(), Certificate.objects.count()) == (1, 1, 1)


def test_twice_with_other_answers_keeps_the_first():
    seat = ready()
    try_(seat, WRONG)
    assert refused(seat, RIGHT).code == "handed_in"
    assert Attempt.objects.get().passed is False


def test_after_passing_there_is_no_more():
    seat = ready()
    try_(seat)
    assert refused(seat, number=2).code == "passed"


def test_after_the_last_attempt_there_is_no_more():
    seat = ready(max_attempts=2)
    try_(seat, WRONG)
    assert standing_of(seat).attempts_left == 1
    try_(seat, WRONG, number=2)
    last = refused(seat, number=3)
    assert (last.code, last.message) == (
        "no_attempts",
        "Je pogingen zijn op. Vraag je trainer of het bureau om een extra poging.",
    )
    assert Attempt.objects.count() == 2


def test_without_a_limit_there_is_always_one_more():
    seat = ready(max_attempts=None)
    for number in range(1, 6):
        try_(seat, WRONG, number=number)
    assert standing_of(seat).attempts_left is None
    assert try_(seat, number=6).passed is True


def test_nobody_answers_for_somebody_else():
    seat = ready()
    for other in (make_person(), make_with_role(Role.OFFICE)):
        with pytest.raises(NotAllowedError):
            try_(seat, by=other)
        with pytest.raises(NotAllowedError):
            finish_lesson(seat=seat, lesson="l1", by=other)
    assert Attempt.objects.count() == 0


def test_cancelled_seat_gives_no_access():
    seat = ready()
    cancel_seat(seat=seat, by=seat.person)
    assert refused(seat).code == "no_seat"


def test_lessons_come_first():
    seat = learner()
    finish_lesson(seat=seat, lesson="l1", by=seat.person)
    early = refused(seat)
    assert (early.code, early.message) == ("lessons_left", "Rond eerst de lessen af. Ga verder bij les 2.")


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({key: value for key, value in RIGHT.items() if key != "v2"}, "question:v2"),
        ({**RIGHT, "v3": []}, "question:v3"),
        ({**RIGHT, "v1": ["v1-a", "v1-b"]}, "question:v1"),
        ({**RIGHT, "v4": ["v1-a"]}, "question:v4"),
    ],
)
def test_unfinished_answers_are_no_attempt(answers, code):
    seat = ready()
    unfinished = refused(seat, answers)
    assert unfinished.code == "incomplete"
    assert [reason.code for reason in unfinished.reasons] == [code]
    assert Attempt.objects.count() == 0


def test_answers_to_an_older_version_are_no_attempt():
    seat = ready()
    assert refused(seat, {**RIGHT, "weg": ["weg-a"]}).code == "changed"


@pytest.mark.parametrize("number", [0, 2])
def test_number_that_is_not_the_next_is_refused(number):
    assert refused(ready(), number=number).code == "wrong_attempt"


def test_course_without_questions_has_no_test():
    seat = ready(teaching=[lesson("l1")])
    assert refused(seat).code == "no_test"
    assert Certificate.objects.get().kind == "participation"


def test_offering_without_a_screen_has_no_test():
    seat = seated(make_run(make_course()))
    assert refused(seat).code == "no_test"


def test_questions_without_a_lesson_send_nobody_back_to_one():
    seat = ready(teaching=[lesson("l1"), loose("t", question("v9", ("a", True), ("b", False)))])
    assert try_(seat, {"v9": ["v9-b"]}).outcome[0]["lesson"] == ""


def test_finish_lesson_twice_is_once():
    seat = learner()
    finish_lesson(seat=seat, lesson="l1", by=seat.person)
    assert finish_lesson(seat=seat, lesson="l1", by=seat.person).lessons_done == 1
    assert LessonDone.objects.count() == 1


def test_unknown_lesson_is_refused():
    seat = learner()
    with pytest.raises(DomainError, match="Deze les is er niet meer"):
        finish_lesson(seat=seat, lesson="l9", by=seat.person)


def test_lesson_that_was_added_reopens_the_way_to_the_test():
    seat = ready()
    course = CoursePage.objects.get()
    course.teaching = [*course.teaching.raw_data, lesson("l3")]
    course.save()
    seat = type(seat).objects.get(pk=seat.pk)
    assert standing_of(seat).next_lesson.id == "l3"
    assert standing_of(seat).completed_on is None


def used_up(**values):
    seat = ready(max_attempts=1, **values)
    try_(seat, WRONG)
    return seat


def test_give_attempt_by_the_office():
    seat = used_up()
    give_attempt(seat=seat, by=make_with_role(Role.OFFICE))
    assert standing_of(seat).attempts_left == 1
    assert try_(seat, number=2).passed is True


def test_give_attempt_is_not_for_oneself_or_anybody():
    seat = used_up()
    for other in (make_person(), seat.person, make_with_role(Role.TRAINER)):
        with pytest.raises(NotAllowedError):
            give_attempt(seat=seat, by=other)
    assert ExtraAttempt.objects.count() == 0


def test_give_attempt_only_when_needed():
    office = make_with_role(Role.OFFICE)
    passed = ready(max_attempts=1)
    try_(passed)
    for seat in (ready(), passed, seated(make_run(make_course()))):
        with pytest.raises(DomainError, match="niet nodig"):
            give_attempt(seat=seat, by=office)

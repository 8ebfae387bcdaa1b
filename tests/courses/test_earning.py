"""When a run is completed, and what is handed down then."""

from datetime import timedelta
from decimal import Decimal

import pytest

from academy.common import clock
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.corrections import ask_correction, confirm_correction
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.models import Gathering, Seat, Session
from academy.people.enums import Role
from certificates.credits.domain.registrations import register
from certificates.credits.models import AchievementRecord, Chamber, CreditEntry
from certificates.models import Certificate
from courses.domain.earning import achievements
from courses.learning.domain.lessons import finish_lesson
from courses.learning.domain.testing import hand_in
from courses.models import CoursePage
from tests.courses.factories import (
    RIGHT,
    accredited,
    learner,
    make_course,
    make_e_learning,
    make_run,
    seated,
    two_lessons,
)
from tests.factories import make_organisation, make_with_role
from tests.gatherings.factories import make_gathering

pytestmark = pytest.mark.django_db


def held(course=None, *, sessions=1, present=(120,), read=False, **values):
    """A seat in a run that is over, with the minutes present per session; not closed yet."""
    run = make_run(course or make_course(), sessions=sessions, starts_in=timedelta(days=1), **values)
    seat = seated(run)
    if read:
        do_everything(seat)
    gathering = run.gathering
    past = clock.now() - timedelta(days=60)
    for place, session in enumerate(gathering.sessions.order_by("starts_at")):
        start = past + timedelta(weeks=place)
        Session.objects.filter(pk=session.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))
    Gathering.objects.filter(pk=gathering.pk).update(starts_at=past, ends_at=start + timedelta(hours=2))
    office = make_with_role(Role.OFFICE)
    for session, minutes in zip(gathering.sessions.order_by("starts_at"), present, strict=True):
        row = Row(seat.person, "present", minutes) if minutes else Row(seat.person, "absent")
        record_attendance(session=session, rows=[row], by=office, version=None)
    return fresh(seat), office


def fresh(seat):
    return Seat.objects.select_related("gathering__offering", "person").get(pk=seat.pk)


def closed(*args, **values):
    seat, office = held(*args, **values)
    close_gathering(gathering=seat.gathering, by=office)
    return fresh(seat)


def do_everything(seat):
    for key in ("l1", "l2"):
        finish_lesson(seat=seat, lesson=key, by=seat.person)
    hand_in(seat=seat, answers=RIGHT, number=1, by=seat.person)


def only(seat):
    (achievement,) = achievements(seat)
    return achievement


def test_closing_gives_proof_of_participation():
    seat = closed(make_course(title="Intieme terreur", provider=make_organisation(name="Blijf Groep")))
    earned = only(seat)
    assert (earned.title, earned.provider, earned.form) == ("Intieme terreur", "Blijf Groep", "training")
    assert (earned.minutes, earned.planned_minutes, earned.attended_pct) == (120, 120, 100)
    assert earned.test_passed_on is None
    assert Certificate.objects.get().kind == "participation"


def test_nothing_is_earned_before_closing():
    seat, _office = held()
    assert achievements(seat) == ()
    assert AchievementRecord.objects.count() == 0


@pytest.mark.parametrize(("minutes", "paper"), [(96, "participation"), (95, None)])
def test_proof_asks_the_promised_share_of_the_minutes(minutes, paper):
    seat = closed(make_course(certificate_min_pct=80), present=(minutes,))
    assert only(seat).certificate == paper
    assert AchievementRecord.objects.get().minutes == minutes


def test_promise_of_the_seat_holds_when_the_course_changes():
    seat, office = held(make_course(certificate_min_pct=50, form="workshop"), present=(60,))
    CoursePage.objects.update(certificate_min_pct=100, form="classroom")
    close_gathering(gathering=seat.gathering, by=office)
    earned = only(fresh(seat))
    assert (earned.certificate, earned.form) == ("participation", "workshop")


def test_who_was_not_there_earned_nothing():
    assert achievements(closed(present=(0,))) == ()
    assert AchievementRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("needed", "present", "paper", "planned"),
    [
        (None, (120, 120, 0), None, 360),
        (2, (120, 120, 0), "participation", 240),
        (2, (120, 0, 96), "participation", 240),
        (2, (120, 0, 95), None, 240),
        (2, (120, 0, 0), None, 120),
        (3, (120, 120, 120), "participation", 360),
    ],
)
def test_all_sessions_or_a_number_of_them(needed, present, paper, planned):
    seat = closed(make_course(sessions_needed=needed), sessions=3, present=present)
    earned = only(seat)
    assert (earned.certificate, earned.planned_minutes) == (paper, planned)
    assert earned.minutes == sum(present)


def blended():
    return make_course(form="blended", teaching=two_lessons(), pass_pct=75)


def test_blended_is_attendance_and_lessons_and_test():
    seat = closed(blended(), read=True)
    earned = only(seat)
    assert (earned.form, earned.minutes, earned.planned_minutes) == ("blended", 180, 180)
    assert [part.minutes for part in earned.sessions] == [120, 60]
    assert earned.test_passed_on == clock.today()
    assert Certificate.objects.get().kind == "completion"


def test_blended_without_the_test_waits_for_it_after_closing():
    seat = closed(blended())
    assert AchievementRecord.objects.count() == 0
    do_everything(seat)
    assert Certificate.objects.get().kind == "completion"


def test_e_learning_counts_its_lessons():
    seat = learner()
    do_everything(seat)
    earned = only(fresh(seat))
    assert (earned.minutes, earned.sessions[0].minutes) == (60, 60)
    assert earned.first_day == earned.completed_on == clock.today()
    assert earned.provider == "Blijf Groeien Academie"


def test_days_of_an_e_learning_run_from_the_first_step_to_the_last(at):
    seat = learner()
    with at("2027-03-01 23:30"):
        finish_lesson(seat=seat, lesson="l1", by=seat.person)
    with at("2027-03-09 00:30"):
        finish_lesson(seat=seat, lesson="l2", by=seat.person)
        hand_in(seat=seat, answers=RIGHT, number=1, by=seat.person)
    earned = only(fresh(seat))
    assert (f"{earned.first_day}", f"{earned.completed_on}") == ("2027-03-01", "2027-03-09")


def test_e_learning_with_a_test_only_has_no_minutes():
    course = make_e_learning(teaching=[])
    course.teaching = [{"type": "questions", "value": {"questions": two_lessons()[0]["value"]["questions"]}}]
    course.save()
    seat = seated(make_run(course))
    hand_in(seat=seat, answers={key: RIGHT[key] for key in ("v1", "v2")}, number=1, by=seat.person)
    assert (only(fresh(seat)).minutes, only(fresh(seat)).sessions) == (0, ())


def test_e_learning_whose_lessons_were_taken_away_earns_nothing():
    seat = learner()
    CoursePage.objects.update(teaching=[])
    assert achievements(fresh(seat)) == ()


def test_other_offerings_and_lost_seats_earn_nothing():
    gathering = make_gathering()
    assert achievements(Seat(gathering=gathering, state="confirmed")) == ()
    assert achievements(Seat(gathering=make_run().gathering, state="cancelled")) == ()


def test_points_follow_the_promise():
    course = make_e_learning()
    accredited(course, points=2)
    seat = seated(make_run(course))
    begun = clock.today() - timedelta(days=365)
    register(person=seat.person, chamber=Chamber.objects.with_code("SKJ:JGP").get(), number="", starts_on=begun)
    do_everything(seat)
    entry = CreditEntry.objects.get()
    assert (entry.points_expected, entry.reason, entry.accreditation) == (Decimal("2.00"), "", "DEMO-1")


def test_certificate_names_who_gave_it_but_not_the_expert_by_experience():
    seat, office = held()
    trainer, expert = make_with_role(Role.TRAINER), make_with_role(Role.EXPERT)
    assign_lead(gathering=seat.gathering, person=trainer, role="gives", by=office)
    assign_lead(gathering=seat.gathering, person=expert, role="co_trains", by=office)
    close_gathering(gathering=seat.gathering, by=office)
    assert only(fresh(seat)).led_by == (trainer.full_name,)


def test_correction_after_closing_follows():
    seat = closed(present=(60,))
    assert Certificate.objects.count() == 0
    first, second = make_with_role(Role.OFFICE), make_with_role(Role.OFFICE)
    correction = ask_correction(
        session=seat.gathering.sessions.get(), row=Row(seat.person, "present", 120), reason="Zij was er.", by=first
    )
    confirm_correction(correction=correction, by=second)
    assert Certificate.objects.get().status == "valid"

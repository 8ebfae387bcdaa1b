"""Who is asked, when, and once."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from academy.common import clock
from academy.evaluations.domain.asking import OPEN_FOR, ask_opinions, due, forget_respondents, open_evaluation
from academy.evaluations.enums import Occasion
from academy.evaluations.models import Evaluation, Respondent
from academy.evaluations.questionnaires import AFTERWARDS, TRANSFER
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_session
from academy.gatherings.domain.planning import cancel_gathering
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Attendance, Lead, Session
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS
from academy.outbox.rendering.mail import compose
from academy.people.domain.leaving import leave
from academy.people.enums import Role
from academy.portal.domain.erasing import erase_person
from tests.evaluations.factories import make_closed, make_evaluation
from tests.factories import make_with_role
from tests.gatherings.factories import make_gathering
from tests.portal.desk import in_the_past, seat

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ASKED, LATER = AFTERWARDS.trigger, TRANSFER.trigger


def later(days: float):
    return clock.frozen(clock.now() + timedelta(days=days))


def asked_people(trigger=ASKED):
    return {message.person for message in Message.objects.filter(trigger=trigger)}


def test_one_day_after_closing_everybody_who_was_there_is_asked_once():
    gathering, there, _absent = make_closed(2)
    with later(0.9):
        assert ask_opinions() == 0
    with later(1.1):
        assert ask_opinions() == 2
        assert ask_opinions() == 0
        evaluation = Evaluation.objects.get()
        assert open_evaluation(gathering=gathering) == evaluation
    assert asked_people() == set(there)
    assert (evaluation.asked, evaluation.closes_at - evaluation.opens_at) == (2, OPEN_FOR)


def test_nobody_is_asked_about_what_is_open_cancelled_or_long_ago():
    in_the_past(make_gathering(), ago=3 * DAY)
    cancelled = make_gathering()
    cancel_gathering(gathering=cancelled, by=make_with_role(Role.OFFICE))
    make_closed(1)
    with later(16):
        assert list(due(AFTERWARDS)) == []
        assert ask_opinions() == 0


def test_a_table_is_asked_after_its_last_session():
    table = make_gathering(kind="leertafel", sessions=2)
    (person,) = seat(table, 1)
    in_the_past(table, ago=9 * DAY)
    lead = make_with_role(Role.FACILITATOR)
    Lead.objects.create(gathering=table, person=lead, role=LeadRole.FACILITATES, starts_at=clock.now())
    first, second = table.sessions.order_by("starts_at")
    for session in (first, second):
        with later(2):
            assert not due(AFTERWARDS).exists()
        record_attendance(session=session, rows=[Row(person, "present")], by=lead, version=None)
        close_session(session=session, by=lead)
    with later(1.1):
        assert list(due(AFTERWARDS)) == [table]
    Session.objects.filter(pk=second.pk).update(closed_at=None, closed_by=None, cancelled_at=clock.now())
    with later(1.1):
        assert list(due(AFTERWARDS)) == [table]


def test_mail_names_neither_place_nor_others_and_leads_to_the_questions():
    evaluation, _there = make_evaluation(1)
    subject, text, html = compose(Message.objects.get(trigger=ASKED))
    assert subject == f"Wat vond je ervan? {evaluation.gathering.title}"
    for body in (text, html):
        assert f"/evaluatie/{evaluation.public_id}/" in body
        assert "Je naam staat er niet bij." in body
    assert "tot en met" in text


def test_mail_is_dropped_for_who_answered_was_not_there_after_all_or_is_too_late():
    evaluation, (one, two, three) = make_evaluation(3)
    wanted = MAIL_KINDS[ASKED].still_wanted
    mail = {message.person: message for message in Message.objects.filter(trigger=ASKED).select_related("person")}
    Respondent.objects.create(evaluation=evaluation, person=one)
    Attendance.objects.filter(person=two).update(status="absent", minutes=0)
    assert [wanted(mail[person]) for person in (one, two, three)] == [False, False, True]
    with later(14.1):
        assert wanted(mail[three]) is False
    mail[three].person = None
    assert wanted(mail[three]) is False


def test_who_answered_is_forgotten_when_the_questions_close():
    evaluation, there = make_evaluation(6, answers=5)
    cache.clear()
    assert (forget_respondents(), Respondent.objects.count()) == (0, 5)
    with later(14.1):
        assert forget_respondents() == 5
    assert not Respondent.objects.exists()
    assert evaluation.answers.shown().count() == 5
    assert len(there) == 6


def test_eight_weeks_later_who_was_there_is_asked_once_whether_it_was_used():
    _gathering, there, _absent = make_closed(3)
    with later(1.1):
        assert ask_opinions() == 3
    with later(55.9):
        assert ask_opinions() == 0
    with later(56.1):
        assert ask_opinions() == 3
        assert ask_opinions() == 0
    assert asked_people(LATER) == set(there)
    assert [one.occasion for one in Evaluation.objects.order_by("opens_at")] == [Occasion.AFTERWARDS, Occasion.TRANSFER]
    assert Message.objects.filter(trigger=LATER).count() == 3


def test_later_question_is_asked_also_when_the_first_was_missed_and_not_after_its_two_weeks():
    make_closed(1)
    with later(57):
        assert (ask_opinions(), asked_people()) == (1, set())
    _gathering, there, _absent = make_closed(1)
    with later(70.1):
        assert ask_opinions() == 0
    assert there[0] not in asked_people(LATER)


def test_who_left_or_erased_her_data_since_is_not_asked_whether_it_was_used():
    _gathering, (left, erased, stays), _absent = make_closed(3)
    leave(person=left, by=make_with_role(Role.OFFICE))
    erase_person(person=erased, by=erased)
    with later(56.1):
        assert ask_opinions() == 1
    assert asked_people(LATER) == {stays}


def test_mail_of_the_later_question_is_dropped_for_who_leaves_before_it_goes_out():
    evaluation, (leaves, stays) = make_evaluation(2, asked=TRANSFER)
    leave(person=leaves, by=make_with_role(Role.OFFICE))
    wanted = MAIL_KINDS[LATER].still_wanted
    mail = {one.person: one for one in Message.objects.filter(trigger=LATER).select_related("person")}
    assert [wanted(mail[person]) for person in (leaves, stays)] == [False, True]
    subject, text, html = compose(mail[stays])
    assert subject == f"Gebruik je het al? {evaluation.gathering.title}"
    for body in (text, html):
        assert f"/evaluatie/{evaluation.public_id}/" in body
        assert "Acht weken geleden was je bij" in body

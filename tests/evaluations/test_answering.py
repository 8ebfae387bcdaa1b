"""Answering once, and being nobody in what is shown."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.evaluations.domain.answering import TOGETHER, Opinion, answer
from academy.evaluations.domain.results import overall, results_of
from academy.evaluations.enums import Applied
from academy.evaluations.models import Answer, Evaluation, Respondent
from academy.evaluations.questionnaires import TRANSFER
from academy.gatherings.models import Attendance
from academy.people.models import AuditEntry
from tests.evaluations.factories import fill_in, make_evaluation, opinion
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_second_answer_changes_nothing():
    evaluation, (person, *_others) = make_evaluation()
    assert answer(evaluation=evaluation, opinion=opinion(), by=person) is True
    assert answer(evaluation=evaluation, opinion=opinion(score=1), by=person) is False
    assert [one.score for one in Answer.objects.all()] == [8]


def test_only_who_was_there_answers():
    evaluation, (person, *_others) = make_evaluation()
    Attendance.objects.filter(person=person).update(status="absent", minutes=0)
    for stranger in (person, make_person()):
        with pytest.raises(NotAllowedError):
            answer(evaluation=evaluation, opinion=opinion(), by=stranger)
    assert not Answer.objects.exists()


def test_closed_questions_refuse():
    evaluation, (person, *_others) = make_evaluation()
    with clock.frozen(evaluation.closes_at), pytest.raises(DomainError, match="gesloten"):
        answer(evaluation=evaluation, opinion=opinion(), by=person)
    with clock.frozen(evaluation.closes_at - timedelta(seconds=1)):
        assert answer(evaluation=evaluation, opinion=opinion(), by=person)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"recognising": 0}, "recognising"),
        ({"discussing": 6}, "discussing"),
        ({"acting": -1}, "acting"),
        ({"score": 0}, "score"),
        ({"score": 11}, "score"),
        ({"remark": "x" * 301}, "remark"),
        ({"remark": "nul\0"}, "remark"),
        ({"score": None}, "score"),
        ({"applied": Applied.ONCE}, "applied"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(values, field):
    evaluation, (person, *_others) = make_evaluation()
    with pytest.raises(DomainError) as refused:
        answer(evaluation=evaluation, opinion=opinion(**values), by=person)
    assert refused.value.field == field
    assert not Respondent.objects.exists()


def test_database_refuses_what_stands_on_no_scale():
    evaluation, _there = make_evaluation()
    good = {"recognising": 4, "discussing": 3, "acting": 2, "score": 8}
    for bad in ({"acting": 6}, {"score": 11}, {"score": None}, {"applied": Applied.ONCE}, {"applied": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(evaluation=evaluation, **good | bad)


def test_nothing_is_shown_below_five_and_then_only_five_at_a_time():
    evaluation, there = make_evaluation(11)
    seen = []
    for place, person in enumerate(there):
        answer(evaluation=evaluation, opinion=opinion(score=place % 10 + 1, remark=f"woord {place}"), by=person)
        results = results_of(evaluation)
        seen.append(results.number if results else 0)
    assert seen == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10]
    assert set(results.remarks) == {f"woord {place}" for place in range(10)}
    assert TOGETHER == 5


def test_results_after_closing_hold_no_leftover():
    """Five answers today and six in a fortnight would tell what the sixth person thought."""
    evaluation, _there = make_evaluation(6, answers=6)
    with clock.frozen(evaluation.closes_at + timedelta(days=1)):
        assert results_of(evaluation).number == 5


def test_mean_and_spread():
    evaluation, there = make_evaluation(5)
    for person, score, dares in zip(there, (6, 7, 8, 9, 10), (1, 5, 5, 4, 5), strict=True):
        answer(evaluation=evaluation, opinion=opinion(score=score, recognising=dares), by=person)
    results = results_of(evaluation)
    recognising = results.spreads[0]
    assert (recognising.label, recognising.mean) == ("Herkennen", Decimal(4))
    assert [step.number for step in recognising.steps] == [1, 0, 0, 1, 3]
    assert [step.width for step in recognising.steps] == ["20.00", "0.00", "0.00", "20.00", "60.00"]
    assert recognising.steps[4].label == "helemaal"
    assert (results.score.mean, results.remarks) == (Decimal(8), ())
    total = overall(Evaluation.objects.all())
    assert (total.number, total.mean, total.recommend) == (5, Decimal(8), Decimal("0.2"))


def test_overall_says_nothing_below_five():
    make_evaluation(6, answers=4)
    assert overall(Evaluation.objects.all()) is None


def test_an_answer_leads_to_nobody():
    """No person, no moment, no order: neither in the row, nor in the trail, nor in how rows lie."""
    evaluation, there = make_evaluation(5)
    before = AuditEntry.objects.count()
    for person in there[:4]:
        answer(evaluation=evaluation, opinion=opinion(remark=f"{person.pk}"), by=person)
    assert AuditEntry.objects.count() == before
    fields = {field.name for field in (*Answer._meta.get_fields(), *Respondent._meta.get_fields())}
    assert fields == {
        *("id", "evaluation", "recognising", "discussing", "acting", "score", "applied", "remark", "is_shown"),
        "person",
    }
    kept = {one.pk for one in Answer.objects.all()}
    answer(evaluation=evaluation, opinion=opinion(), by=there[4])
    assert kept.isdisjoint({one.pk for one in Answer.objects.all()})


def test_remarks_stand_in_no_order():
    orders = {results_of(make_evaluation(5, answers=5)[0]).remarks for _ in range(4)}
    assert len(orders) > 1  # by chance the same four times: once in 1.7 million


def test_remark_loses_its_line_breaks():
    evaluation, (person, *_others) = make_evaluation()
    answer(evaluation=evaluation, opinion=opinion(remark=" goed \n\n gesprek "), by=person)
    assert Answer.objects.get().remark == "goed gesprek"


def test_later_question_is_answered_by_itself_and_shown_from_five_on():
    evaluation, there = make_evaluation(6, answers=4, asked=TRANSFER)
    assert results_of(evaluation) is None
    for given in (opinion(), Opinion(applied=5), Opinion()):
        with pytest.raises(DomainError):
            answer(evaluation=evaluation, opinion=given, by=there[4])
    fill_in(evaluation, there[4:])
    results = results_of(evaluation)
    assert (results.number, results.score, results.applied.used) == (5, None, Decimal("0.4"))
    assert [step.number for step in results.applied.steps] == [0, 3, 2, 0]


def test_later_answers_leave_the_score_of_the_first_alone():
    make_evaluation(5, answers=5)
    assert overall(Evaluation.objects.all()).used is None
    make_evaluation(5, answers=5, asked=TRANSFER)
    total = overall(Evaluation.objects.all())
    assert (total.number, total.mean, total.asked_later, total.used) == (5, Decimal(8), 5, Decimal("0.6"))

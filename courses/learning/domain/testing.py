"""Handing in a closing test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError, Reason
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.domain.recognising import recognise_seats
from academy.gatherings.domain.seats import locked_seat
from academy.people.domain.audit import record
from courses.learning.domain.access import locked_for
from courses.learning.domain.standing import standing_of
from courses.learning.models import Attempt, ExtraAttempt
from courses.learning.rules import can_give_attempt

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from academy.gatherings.models import Seat
    from academy.people.models import User
    from courses.learning.domain.standing import Standing
    from courses.learning.material import Question

Answers = dict[str, list[str]]


@transaction.atomic
def hand_in(*, seat: Seat, answers: Mapping[str, Sequence[str]], number: int, by: User) -> Attempt:
    """Mark the answers (per id of a question the ids chosen) and keep the result as attempt ``number``.

    The same answers under the same number again return that attempt. Passing an e-learning is recognised at once.
    Raises DomainError, with a reason per question whose code is ``question:<id>`` when an answer is missing or wrong
    in form; nothing counts as an attempt then.
    """
    seat = locked_for(seat, by)
    standing = standing_of(seat)
    given = {question: sorted(set(chosen)) for question, chosen in answers.items()}
    held = next((attempt for attempt in standing.attempts if attempt.number == number), None)
    if held is not None:
        if held.answers == given:
            return held
        raise DomainError("handed_in", _("Deze poging is al ingeleverd. Bekijk je uitslag."))
    _check_open(standing, number)
    questions = standing.material.questions
    _check_answers(questions, given)
    attempt = _mark(questions, given, standing.pass_pct)
    attempt.seat, attempt.number, attempt.submitted_at = seat, number, clock.now()
    attempt.save()
    if attempt.passed:
        recognise_seats([seat], by=None)
    return attempt


@transaction.atomic
def give_attempt(*, seat: Seat, by: User) -> ExtraAttempt:
    """One more attempt for somebody who used them all.

    Raises DomainError when there is no need: the test is passed, or an attempt is left.
    """
    seat = locked_seat(seat, lock_gathering(seat.gathering_id))
    if not can_give_attempt(by, seat):
        raise NotAllowedError("not_allowed", _("Een extra poging geeft de trainer of het bureau."))
    standing = standing_of(seat)
    if not standing.has_test or standing.passed is not None or standing.attempts_left != 0:
        raise DomainError("not_needed", _("Een extra poging is niet nodig: er is er nog een, of de toets is gehaald."))
    record(action="test.give_attempt", by=by, subject=seat.person, target=seat.public_id)
    return ExtraAttempt.objects.create(seat=seat, given_by=by, given_at=clock.now())


def _check_open(standing: Standing, number: int) -> None:
    if not standing.has_test:
        raise DomainError("no_test", _("Hier hoort geen toets bij."))
    if standing.passed is not None:
        raise DomainError("passed", _("Je hebt deze toets al gehaald."))
    if standing.next_lesson is not None:
        raise DomainError(
            "lessons_left",
            _("Rond eerst de lessen af. Ga verder bij les %(number)d.") % {"number": standing.next_lesson.number},
        )
    if standing.attempts_left == 0:
        raise DomainError("no_attempts", _("Je pogingen zijn op. Vraag je trainer of het bureau om een extra poging."))
    if number != standing.next_attempt:
        raise DomainError("wrong_attempt", _("Open de toets opnieuw; deze bladzijde is verouderd."))


def _check_answers(questions: Sequence[Question], given: Answers) -> None:
    known = {question.id for question in questions}
    if given.keys() - known:
        raise DomainError("changed", _("De toets is intussen aangepast. Open hem opnieuw en kijk je antwoorden na."))
    reasons = tuple(
        Reason(f"question:{question.id}", problem)
        for question in questions
        if (problem := _problem(question, given.get(question.id, [])))
    )
    if reasons:
        raise DomainError("incomplete", _("Beantwoord alle vragen."), reasons=reasons)


def _problem(question: Question, chosen: list[str]) -> str:
    if not chosen:
        return _("Kies een antwoord.") if not question.is_multiple else _("Kies minstens een antwoord.")
    if set(chosen) - {answer.id for answer in question.answers}:
        return _("Dit antwoord is er niet meer. Kies opnieuw.")
    if len(chosen) > 1 and not question.is_multiple:
        return _("Kies een antwoord; hier is er maar een goed.")
    return ""


def _mark(questions: Sequence[Question], given: Answers, pass_pct: int) -> Attempt:
    outcome: list[dict[str, Any]] = [
        {
            "question": question.id,
            "text": question.text,
            "right": frozenset(given[question.id]) == question.right,
            "lesson": question.lesson.id if question.lesson else "",
        }
        for question in questions
    ]
    right = sum(one["right"] for one in outcome)
    passed = right * 100 >= pass_pct * len(questions)
    return Attempt(right=right, asked=len(questions), passed=passed, answers=given, outcome=outcome)

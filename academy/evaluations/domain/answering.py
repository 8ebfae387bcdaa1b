"""Answering, once, in a way that nobody can tell afterwards whose answer is whose."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import SystemRandom
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.evaluations.enums import MOST_CHARACTERS, Occasion
from academy.evaluations.models import Answer, Evaluation, Respondent
from academy.evaluations.questionnaires import QUESTIONNAIRES
from academy.evaluations.rules import may_answer

if TYPE_CHECKING:
    from academy.evaluations.questionnaires import Questionnaire
    from academy.people.models import User

# What may be asked, each by one questionnaire.
ASKED = ("recognising", "discussing", "acting", "score", "applied")
# Answers are shown by so many at once: a result never differs from an earlier one by fewer people.
TOGETHER = 5


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody filled in; None for what the questionnaire does not ask."""

    recognising: int | None = None
    discussing: int | None = None
    acting: int | None = None
    score: int | None = None
    applied: int | None = None
    remark: str = ""


@transaction.atomic
def answer(*, evaluation: Evaluation, opinion: Opinion, by: User) -> bool:
    """Put an opinion with the others; False, and nothing changes, for who answered already.

    Raises DomainError when the questionnaire is closed or the opinion does not fit it. Nothing is written to the
    trail: it would say when somebody answered.
    """
    # What everybody's answer passes through one at a time.
    evaluation = Evaluation.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=evaluation.pk)
    if not may_answer(by, evaluation.gathering):
        raise NotAllowedError("not_there", _("Deze vragen zijn voor wie erbij was."))
    if evaluation.closes_at <= clock.now():
        raise DomainError("closed", _("Deze evaluatie is gesloten. Zeg het de begeleider als je nog iets kwijt wilt."))
    _check(opinion, QUESTIONNAIRES[Occasion(evaluation.occasion)])
    _respondent, is_new = Respondent.objects.get_or_create(evaluation=evaluation, person=by)
    if is_new:
        _shuffle_in(evaluation, opinion)
    return is_new


def _shuffle_in(evaluation: Evaluation, opinion: Opinion) -> None:
    """Write every answer that waits anew, in an order that says nothing, and show them when there are enough.

    The order of rows, which a database keeps, would otherwise be the order in which people answered.
    """
    waiting = list(Answer.objects.waiting().filter(evaluation=evaluation).select_for_update())
    Answer.objects.filter(pk__in=[one.pk for one in waiting]).delete()
    waiting.append(
        Answer(
            evaluation=evaluation,
            recognising=opinion.recognising,
            discussing=opinion.discussing,
            acting=opinion.acting,
            score=opinion.score,
            applied=opinion.applied,
            remark=" ".join(opinion.remark.split()),
        )
    )
    SystemRandom().shuffle(waiting)
    enough = len(waiting) >= TOGETHER
    for one in waiting:
        one.pk, one.is_shown = uuid4(), enough
    Answer.objects.bulk_create(waiting)


def _check(opinion: Opinion, asked: Questionnaire) -> None:
    """Every question of the questionnaire has one of its answers, and nothing else was answered."""
    for name in ASKED:
        question, value = asked.question(name), getattr(opinion, name)
        fits = value is None if question is None else value in dict(question.scale)
        if not fits:
            raise DomainError("invalid", _("Kies een van de antwoorden."), field=name)
    if len(opinion.remark) > MOST_CHARACTERS or "\0" in opinion.remark:
        raise DomainError(
            "invalid",
            _("Houd je opmerking korter: hoogstens %(most)d tekens, gewone tekst.") % {"most": MOST_CHARACTERS},
            field="remark",
        )

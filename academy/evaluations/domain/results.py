"""What people thought, counted over five or more answers at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from academy.evaluations.enums import USED, Occasion
from academy.evaluations.models import Answer
from academy.evaluations.questionnaires import QUESTIONNAIRES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.evaluations.models import Evaluation
    from academy.evaluations.questionnaires import Question

# Who gives such a score would recommend it, or would not (domain.md M16).
PROMOTERS_FROM, CRITICS_UP_TO = 9, 6


@dataclass(frozen=True, slots=True)
class Step:
    """How many chose one answer; ``share`` is between 0 and 1."""

    value: int
    label: str
    number: int
    share: Decimal

    @property
    def width(self) -> str:
        """The length of its bar on a hundred, with a point whatever the language, as SVG wants it."""
        return f"{self.share * 100:.2f}"


@dataclass(frozen=True, slots=True)
class Spread:
    """How the answers to one question are spread, and their mean."""

    field: str
    label: str
    question: str
    mean: Decimal
    steps: tuple[Step, ...]

    @property
    def used(self) -> Decimal:
        """Of the question whether it was applied: the share that did."""
        return sum((step.share for step in self.steps if step.value in USED), Decimal())


@dataclass(frozen=True, slots=True)
class Results:
    """All that a lead gets to see. ``remarks`` stand in an order that says nothing."""

    number: int
    spreads: tuple[Spread, ...]
    remarks: tuple[str, ...]

    @property
    def score(self) -> Spread | None:
        return self._of("score")

    @property
    def applied(self) -> Spread | None:
        return self._of("applied")

    def _of(self, field: str) -> Spread | None:
        return next((spread for spread in self.spreads if spread.field == field), None)


@dataclass(frozen=True, slots=True)
class Overall:
    """Satisfaction over several gatherings; ``recommend`` is the share of 9-10 minus that of 1-6.

    ``used`` is the share of ``asked_later`` answers that say it was applied eight weeks later; None without any.
    """

    number: int
    mean: Decimal
    recommend: Decimal
    asked_later: int
    used: Decimal | None


def results_of(evaluation: Evaluation) -> Results | None:
    """What the answers that are shown add up to; None while there are fewer than five."""
    # The key is random: that is the shuffling.
    shown = list(Answer.objects.shown().filter(evaluation=evaluation).order_by("pk"))
    if not shown:
        return None
    questions = QUESTIONNAIRES[Occasion(evaluation.occasion)].questions
    return Results(
        number=len(shown),
        spreads=tuple(_spread(question, [getattr(one, question.field) for one in shown]) for question in questions),
        remarks=tuple(one.remark for one in shown if one.remark),
    )


def overall(evaluations: Iterable[Evaluation]) -> Overall | None:
    """M15, M16 and M18 over what is shown of these evaluations; None when nobody gave a score."""
    counted = Answer.objects.shown().filter(evaluation__in=evaluations)
    sums = counted.aggregate(
        number=Count("score"),
        asked_later=Count("applied"),
        used=Count("pk", filter=Q(applied__in=USED)),
        total=Sum("score"),
        promoters=Count("pk", filter=Q(score__gte=PROMOTERS_FROM)),
        critics=Count("pk", filter=Q(score__lte=CRITICS_UP_TO)),
    )
    number = sums["number"]
    if not number:
        return None
    recommend = Decimal(sums["promoters"] - sums["critics"]) / number
    later = sums["asked_later"]
    used = Decimal(sums["used"]) / later if later else None
    return Overall(number, Decimal(sums["total"]) / number, recommend, later, used)


def _spread(question: Question, values: list[int]) -> Spread:
    counted, number = Counter(values), len(values)
    return Spread(
        field=question.field,
        label=str(question.word),
        question=str(question.text),
        mean=Decimal(sum(values)) / number,
        steps=tuple(
            Step(value, str(word), counted[value], Decimal(counted[value]) / number) for value, word in question.scale
        ),
    )

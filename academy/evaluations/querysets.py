"""What may be asked of evaluations and of answers that nobody gave."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Avg, Case, Count, Q, When

from academy.common import clock
from academy.evaluations.enums import USED

if TYPE_CHECKING:
    from datetime import datetime


class EvaluationQuerySet(models.QuerySet):
    def open(self, at: datetime | None = None) -> Self:
        return self.filter(closes_at__gt=at or clock.now())

    def over(self, at: datetime | None = None) -> Self:
        return self.filter(closes_at__lte=at or clock.now())

    def with_results(self) -> Self:
        """Add ``number``, ``mean_score`` and ``used`` (the share that applied it) of the answers that are shown.

        One query, however many evaluations.
        """
        shown = Q(answers__is_shown=True)
        has_used = Case(When(answers__applied__in=USED, then=1.0), default=0.0)
        return self.annotate(
            number=Count("answers", filter=shown),
            mean_score=Avg("answers__score", filter=shown),
            used=Avg(has_used, filter=shown & Q(answers__applied__isnull=False)),
        )


class AnswerQuerySet(models.QuerySet):
    def shown(self) -> Self:
        return self.filter(is_shown=True)

    def waiting(self) -> Self:
        """Answers that are not shown yet, for there are fewer than five of them."""
        return self.filter(is_shown=False)

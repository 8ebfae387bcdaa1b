"""What may be asked of progress."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from academy.people.models import User


class AttemptQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Only one's own: nobody else sees how somebody answered."""
        return self.filter(seat__person=user)

    def passed(self) -> Self:
        return self.filter(passed=True)

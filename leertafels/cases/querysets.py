"""What may be asked of the tables of what is brought in. Visibility is a method here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from academy.common import clock
from academy.gatherings.models import Lead, Seat
from academy.gatherings.rules import LEADING
from leertafels.cases.enums import CaseState

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User


class CaseQuerySet(models.QuerySet):
    def live(self) -> Self:
        """What still has a text."""
        return self.exclude(state=CaseState.DESTROYED)

    def due(self, at: datetime | None = None) -> Self:
        """What must be destroyed now: its day came, or its meeting was closed."""
        return self.live().filter(Q(destroy_at__lte=at or clock.now()) | Q(session__closed_at__isnull=False))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Cases of which ``user`` may know that they exist; whether she may read one is for ``rules`` to say.

        Her own, and those of a meeting that she leads or has a confirmed seat in as long as they lie on its table.
        """
        if not user.is_authenticated:
            return self.none()
        here = {"gathering": OuterRef("session__gathering"), "person": user}
        seats = Seat.objects.confirmed().filter(**here)
        leads = Lead.objects.current().filter(role__in=LEADING, **here)
        at_table = Exists(seats) | Exists(leads)
        return self.filter(Q(presenter=user) | (Q(state=CaseState.BROUGHT_IN) & at_table))


class BreachQuerySet(models.QuerySet):
    def open_first(self) -> Self:
        """What waits for a judgement, the nearest deadline first; then what was closed, newest first."""
        return self.order_by(F("closed_at").desc(nulls_first=True), "reported_at", "pk")

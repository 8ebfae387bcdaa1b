"""What may be asked of the tables of partners."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models

from academy.common import clock
from academy.partners.enums import RequestState
from academy.people.models import Municipality, Organisation
from academy.people.querysets import DatedQuerySet

if TYPE_CHECKING:
    from datetime import date

WEEK = timedelta(days=7)


def with_predecessors(thing: Municipality | Organisation) -> set[int]:
    """The keys of ``thing`` and of everything that merged into it, however long ago."""
    rows = type(thing).objects.filter(successor__isnull=False).values_list("successor_id", "pk")
    merged: dict[int, list[int]] = {}
    for into, key in rows:
        merged.setdefault(into, []).append(key)
    found, waiting = set(), [thing.pk]
    while waiting:
        found.add(key := waiting.pop())
        waiting += [before for before in merged.get(key, []) if before not in found]
    return found


class PartnerQuerySet(models.QuerySet):
    """Rows about a municipality or an organisation."""

    def of(self, partner: Municipality | Organisation) -> Self:
        """What is about ``partner``; the history of what merged into it comes along."""
        name = "municipality" if isinstance(partner, Municipality) else "organisation"
        return self.filter(**{f"{name}__in": with_predecessors(partner)})


class AgreementQuerySet(PartnerQuerySet, DatedQuerySet):
    """Agreements are dated too."""


class OutreachQuerySet(PartnerQuerySet):
    def with_open_step(self) -> Self:
        """Whose next step still waits; what is due first stands first."""
        return self.filter(due_on__isnull=False, done_at__isnull=True).order_by("due_on", "pk")

    def overdue(self, on: date | None = None) -> Self:
        return self.with_open_step().filter(due_on__lt=on or clock.today())

    def due_this_week(self, on: date | None = None) -> Self:
        """Due today or in the six days after it."""
        day = on or clock.today()
        return self.with_open_step().filter(due_on__gte=day, due_on__lt=day + WEEK)


class InformationRequestQuerySet(PartnerQuerySet):
    def waiting(self) -> Self:
        """New ones; who asked first stands first."""
        return self.filter(state=RequestState.NEW).order_by("received_at", "pk")

    def to_round_off(self, on: date | None = None) -> Self:
        """Planned for a day that is over: was it given?"""
        return self.filter(state=RequestState.PLANNED, planned_for__lt=on or clock.today()).order_by(
            "planned_for", "pk"
        )

"""What may be asked of announced newcomers. Visibility is a method here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, Subquery

from academy.common import clock
from academy.gatherings.enums import GatheringState, SeatState
from academy.gatherings.models import Seat
from academy.people.enums import Role, TeamKind
from academy.people.models import Membership
from academy.people.rules import coordinated_organisations, has_role, role_assignments
from certificates.credits.models import AchievementRecord
from courses.kijkje.enums import LOOK_WITHIN, VISIT

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User


class AnnouncementQuerySet(models.QuerySet):
    """``with_looks`` adds ``visit_at`` (the first visit with a confirmed seat) and ``looked_on`` (proof of a visit)."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The office sees all; others see whom they announced, and who begins in what they manage or coordinate.

        From the day somebody's place there has ended only the office sees her.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if has_role(user, Role.OFFICE):
            return self
        teams = [held.team_id for held in role_assignments(user) if held.role == Role.TEAM_MANAGER and held.team_id]
        own = Q(team__in=teams) | Q(team__organisation__in=coordinated_organisations(user))
        if has_role(user, Role.TEAM_MANAGER, Role.COORDINATOR):
            own |= Q(announced_by=user.pk)
        return self.filter(own).exclude(pk__in=self._gone())

    def _gone(self) -> Self:
        """Whose account had a place in the organisation of the team, and has none from today on."""
        places = Membership.objects.filter(person=OuterRef("person"), organisation=OuterRef("team__organisation"))
        return self.filter(Exists(places), ~Exists(places.overlapping(clock.today(), None)))

    def with_looks(self) -> Self:
        seats = Seat.objects.filter(
            person=OuterRef("person"),
            state=SeatState.CONFIRMED,
            gathering__kind=VISIT,
            gathering__state__in=(GatheringState.OPEN, GatheringState.CLOSED),
        )
        proofs = AchievementRecord.objects.in_force().filter(
            subject__person=OuterRef("person"), form="kijkje", certificate__isnull=False
        )
        return self.annotate(
            visit_at=Subquery(seats.order_by("gathering__starts_at").values("gathering__starts_at")[:1]),
            looked_on=Subquery(proofs.order_by("completed_on").values("completed_on")[:1]),
        )

    def starters_due(self, first: date, last: date) -> Self:
        """New people of local teams whose ninetieth day lies in the period: the denominator of M22."""
        return self.filter(
            team__kind=TeamKind.LOCAL, starts_on__gte=first - LOOK_WITHIN, starts_on__lte=last - LOOK_WITHIN
        )

    def looked_in_time(self) -> Self:
        """Who completed a Kijkje within ninety days of beginning: the numerator of M22."""
        last = ExpressionWrapper(F("starts_on") + LOOK_WITHIN, output_field=models.DateField())
        return self.with_looks().filter(looked_on__lte=last)

    def without_look(self, on: date | None = None) -> Self:
        """Who has begun ninety days ago or more, and never booked a Kijkje."""
        began = (on or clock.today()) - LOOK_WITHIN
        return self.with_looks().filter(starts_on__lte=began, visit_at__isnull=True, looked_on__isnull=True)

    def to_invite(self, on: date | None = None) -> Self:
        """Who begins today or began, and was not invited yet."""
        return self.filter(invited_at__isnull=True, starts_on__lte=on or clock.today())

"""What may be asked of the tables of people. Visibility is a method here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from academy.common import clock
from academy.common.periods import current

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User


class DatedQuerySet(models.QuerySet):
    """Rows that hold from one date until another (``starts_on`` included, ``ends_on`` not)."""

    def current(self, on: date | None = None) -> Self:
        return self.filter(current(on or clock.today(), start="starts_on", end="ends_on"))

    def overlapping(self, start: date, end: date | None) -> Self:
        """Rows that hold on at least one day of the period from ``start`` until (not including) ``end``."""
        begun = Q() if end is None else Q(starts_on__lt=end)
        return self.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gt=start))


def _approvable_by(user: User | AnonymousUser) -> Q:
    """Rows of organisations whose people ``user`` may confirm."""
    from academy.people import rules  # noqa: PLC0415 -- rules import the models, which import this module

    everywhere = rules.can_approve_anywhere(user)
    return Q() if everywhere else Q(organisation__in=rules.coordinated_organisations(user))


class MembershipQuerySet(DatedQuerySet):
    def to_confirm(self) -> Self:
        """Places at a partner that go on and that nobody confirmed yet."""
        return self._of_partners().filter(approved_at__isnull=True)

    def to_renew(self) -> Self:
        """Places at a partner that go on and were confirmed so long ago that it is time to ask again."""
        from academy.people.models.membership import ASKED_AGAIN_AFTER  # noqa: PLC0415 -- models import this module

        return self._of_partners().filter(approved_at__lte=clock.now() - ASKED_AGAIN_AFTER)

    def waiting_for(self, user: User | AnonymousUser) -> Self:
        """Those of :meth:`to_confirm` that ``user`` may confirm."""
        return self.to_confirm().filter(_approvable_by(user)).exclude(person=user.pk)

    def renewable_by(self, user: User | AnonymousUser) -> Self:
        """Those of :meth:`to_renew` that ``user`` may confirm."""
        return self.to_renew().filter(_approvable_by(user)).exclude(person=user.pk)

    def _of_partners(self) -> Self:
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today()), organisation__is_own=False, person__is_active=True
        )


class OrganisationRequestQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(answered_at__isnull=True, person__is_active=True)


class InvitationQuerySet(models.QuerySet):
    def unanswered(self) -> Self:
        """Neither accepted nor withdrawn; the link may be too old."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def running(self) -> Self:
        return self.unanswered().filter(expires_at__gt=clock.now())

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Invitations to organisations whose people ``user`` may confirm."""
        return self.filter(_approvable_by(user))


class ActiveQuerySet(models.QuerySet):
    """Things that begin and end by date but are never deleted: organisations, teams, municipalities."""

    def active(self, on: date | None = None) -> Self:
        return self.filter(current(on or clock.today(), start="active_from", end="active_to"))


class ConsentQuerySet(models.QuerySet):
    def not_withdrawn(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def in_force(self, on: date | None = None) -> Self:
        """What the works council agreed to and holds on a day (today)."""
        return self.not_withdrawn().filter(current(on or clock.today(), start="agreed_on", end="ends_on"))


class RoleAssignmentQuerySet(models.QuerySet):
    def not_ended(self) -> Self:
        """Roles that hold now or will; one that was taken away before it began never will."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now()) & Q(ends_at__gt=F("starts_at")))

    def current(self, at: datetime | None = None) -> Self:
        return self.filter(current(at or clock.now(), start="starts_at", end="ends_at"))


class UserQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_role(self, *roles: str, **scope: Any) -> Self:
        """People who hold one of these roles now, in whatever scope or in exactly this one (``organisation=org``)."""
        from academy.people.models import RoleAssignment  # noqa: PLC0415 -- models import this module

        held = RoleAssignment.objects.current().filter(person=OuterRef("pk"), role__in=roles, **scope)
        return self.filter(Exists(held))

    def internal(self) -> Self:
        """People who belong to one of our own organisations today."""
        from academy.people.models import Membership  # noqa: PLC0415 -- models import this module

        own = Membership.objects.current().filter(person=OuterRef("pk"), organisation__is_own=True)
        return self.filter(Exists(own))

    def in_team_of(self, manager: User) -> Self:
        """People whose membership today names ``manager`` as their manager."""
        from academy.people.models import Membership  # noqa: PLC0415 -- models import this module

        reports = Membership.objects.current().filter(person=OuterRef("pk"), manager=manager)
        return self.filter(Exists(reports))

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """People whose minimal profile (shown name, organisation) ``user`` may see: ``person.profile_minimal``.

        Office, HR, privacy officer and administrator see everybody. Own staff, and whoever trains, facilitates, hosts,
        edits or manages a team, see everybody who has not left. A coordinator sees the own organisation. Whoever else
        is logged in sees herself; who shares a gathering with her is for ``academy.gatherings`` to add.
        """
        from academy.people import rules  # noqa: PLC0415 -- rules import the models, which import this module

        if not user.is_authenticated or not user.is_active:
            return self.none()
        if rules.sees_everybody(user):
            return self
        if rules.sees_colleagues(user):
            return self.filter(Q(pk=user.pk) | Q(is_active=True))
        return self.filter(Q(pk=user.pk) | self._coordinated_by(user))

    def fully_visible_to(self, user: User | AnonymousUser) -> Self:
        """People whose whole profile (address, telephone, places, roles) ``user`` may see: ``person.profile_full``."""
        from academy.people import rules  # noqa: PLC0415 -- rules import the models, which import this module

        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if rules.sees_full_profiles(user) else self.filter(pk=user.pk)

    def _coordinated_by(self, user: User | AnonymousUser) -> Exists:
        from academy.people import rules  # noqa: PLC0415 -- rules import the models, which import this module
        from academy.people.models import Membership  # noqa: PLC0415 -- models import this module

        own = rules.coordinated_organisations(user)
        return Exists(Membership.objects.current().filter(person=OuterRef("pk"), organisation__in=own))

    def search(self, words: str) -> Self:
        """People whose name or address holds every word (an office tool; not a public search)."""
        found = self
        for word in words.split()[:6]:
            found = found.filter(Q(full_name__icontains=word) | Q(email__icontains=word))
        return found

"""Predicates: who may do what at a leertafel, and who may not sit together. The user comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.common import clock
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Lead, Seat
from academy.gatherings.rules import leads
from academy.people.enums import Role
from academy.people.models import Membership
from academy.people.rules import has_role, is_approved
from leertafels.models import Agreement

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Gathering
    from academy.people.models import User


def can_plan_tables(user: User | AnonymousUser) -> bool:
    """``leertafel.plan``: facilitators plan their own tables, the office plans any."""
    return has_role(user, Role.FACILITATOR, Role.OFFICE)


def has_signed(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """Whether ``user`` signed the agreements of this table as they read now."""
    return user.is_authenticated and Agreement.objects.in_force(gathering).filter(person_id=user.pk).exists()


def can_sign(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``leertafel.sign``: whoever asked for a place, has one, or leads."""
    if not user.is_authenticated:
        return False
    return Seat.objects.active().filter(gathering=gathering, person_id=user.pk).exists() or leads(user, gathering)


def can_read_members(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``leertafel.members_read``: who leads; and who has a place, signed, and works where she says."""
    if leads(user, gathering):
        return True
    if not user.is_authenticated or not is_approved(user) or not has_signed(user, gathering):
        return False
    held = Seat.objects.filter(gathering=gathering, person_id=user.pk, state=SeatState.CONFIRMED)
    return held.exists()


def has_authority_with(person: User, others: Collection[int]) -> bool:
    """Whether ``person`` manages one of ``others`` today or is managed by one, whichever membership says so."""
    return is_managed_by_one_of(person, others) or manages_one_of(person, others)


def is_managed_by_one_of(person: User, others: Collection[int]) -> bool:
    """Whether one of ``others`` is manager of ``person`` today."""
    return Membership.objects.current().filter(person=person, manager__in=others).exists()


def manages_one_of(person: User, others: Collection[int]) -> bool:
    """Whether ``person`` is manager of one of ``others`` today."""
    return Membership.objects.current().filter(manager=person, person__in=others).exists()


def seated_at(gathering: Gathering) -> list[int]:
    """Keys of the people who hold a place."""
    return list(Seat.objects.holding().filter(gathering=gathering).values_list("person_id", flat=True))


def leading_at(gathering: Gathering) -> list[int]:
    """Keys of the people who lead now or will."""
    held = Lead.objects.filter(gathering=gathering).exclude(ends_at__lte=clock.now())
    return list(held.values_list("person_id", flat=True))

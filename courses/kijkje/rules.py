"""Predicates: who may plan and read visits, and who may announce a newcomer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.gatherings.rules import can_take_seat
from academy.people.enums import Role
from academy.people.rules import coordinates, has_role, manages

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import Team, User

# Roles that look on from outside: what happens in a visit is none of their business.
NOT_FOR = (Role.MUNICIPALITY, Role.AUDITOR)


def can_read_visits(user: User | AnonymousUser) -> bool:
    """``kijkje.slot_read``: everybody with an account, except who only looks on."""
    return user.is_authenticated and user.is_active and not has_role(user, *NOT_FOR)


def can_book(user: User | AnonymousUser) -> bool:
    """``kijkje.book``: prepare, sign and take a seat, for oneself."""
    return can_take_seat(user)


def can_plan_visits(user: User | AnonymousUser) -> bool:
    """``kijkje.slot_plan``: who receives visitors herself, and the office."""
    return has_role(user, Role.HOST, Role.FACILITATOR, Role.TRAINER) or picks_hosts(user)


def picks_hosts(user: User | AnonymousUser) -> bool:
    """Who may plan a visit that somebody else receives."""
    return has_role(user, Role.OFFICE, Role.ADMIN)


def can_announce(user: User | AnonymousUser) -> bool:
    """``kijkje.announce``: whether there are teams for which ``user`` may announce somebody."""
    return has_role(user, Role.TEAM_MANAGER, Role.COORDINATOR, Role.OFFICE)


def can_announce_in(user: User | AnonymousUser, team: Team) -> bool:
    """The manager of that team, the coordinator of its organisation, or the office."""
    return has_role(user, Role.OFFICE) or manages(user, team) or coordinates(user, team.organisation)

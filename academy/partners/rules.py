"""Predicates: who may see and keep what stands about partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.people.enums import Role
from academy.people.rules import has_role, role_assignments

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User


def keeps_partners(user: User | AnonymousUser) -> bool:
    """``partners.read``, ``partners.edit`` and ``partners.report_make`` in the permission table."""
    return has_role(user, Role.PARTNERSHIP)


def sees_municipalities(user: User | AnonymousUser) -> bool:
    """``municipality.dashboard``: the partnership manager everywhere, a municipality contact for the own one."""
    return has_role(user, Role.PARTNERSHIP, Role.MUNICIPALITY)


def own_municipalities(user: User | AnonymousUser) -> list[int]:
    """The keys of the municipalities that ``user`` speaks for."""
    return [
        held.municipality_id
        for held in role_assignments(user)
        if held.role == Role.MUNICIPALITY and held.municipality_id is not None
    ]

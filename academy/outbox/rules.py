"""Who may see and restart background work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.people.enums import Role
from academy.people.rules import has_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User


def can_see_jobs(user: User | AnonymousUser) -> bool:
    """Parked jobs, bounced mail and the details of the health check."""
    return has_role(user, Role.OFFICE, Role.ADMIN)


def can_retry_jobs(user: User | AnonymousUser) -> bool:
    """Start a parked job or bounced mail again."""
    return can_see_jobs(user)

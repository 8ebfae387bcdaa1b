"""What may be asked of leerroutes. Visibility is a method here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from wagtail.query import PageQuerySet

from academy.gatherings.enums import Audience
from academy.gatherings.querysets import audiences_seen_by
from academy.pages.querysets import visible
from academy.people.rules import is_internal, memberships

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User


class PathQuerySet(PageQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Published leerroutes for an audience that ``user`` may read about."""
        return visible(self, user).filter(audience__in=audiences_seen_by(user))

    def meant_for(self, person: User) -> Self:
        """Those for the audience and a function that ``person`` has today; nobody's without a place of work."""
        held = memberships(person)
        if not held:
            return self.none()
        audiences = (Audience.EVERYONE, Audience.INTERNAL if is_internal(person) else Audience.EXTERNAL)
        functions = [one.job_function_id for one in held if one.job_function_id is not None]
        fitting = Q(functions__isnull=True) | Q(functions__in=functions)
        return self.visible_to(person).filter(fitting, audience__in=audiences).distinct()

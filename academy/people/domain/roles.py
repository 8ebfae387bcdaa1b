"""Giving and taking roles: the only writers of ``RoleAssignment`` and of the CMS groups that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group
from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.audit import record
from academy.people.enums import IN_A_SECTION, SCOPE_OF, Role
from academy.people.models import RoleAssignment, User

if TYPE_CHECKING:
    from datetime import datetime

    from wagtail.models import Page

    from academy.people.models import Municipality, Organisation, Team

# Roles that work in the CMS, with the name of the group that carries their page and image permissions.
CMS_GROUPS = {Role.EDITOR: "Redactie", Role.TRAINER: "Auteurs", Role.ADMIN: "Beheer"}


@transaction.atomic
def assign_role(
    *,
    person: User,
    role: Role | str,
    by: User | None,
    organisation: Organisation | None = None,
    team: Team | None = None,
    municipality: Municipality | None = None,
    section: Page | None = None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> RoleAssignment:
    """Give ``person`` a role from ``starts_at`` (now) until ``ends_at`` (open). It holds from the next request.

    A second call with a role that runs already returns that row and changes nothing. Raises DomainError for somebody
    who left, and for a scope that the role lacks or has no use for (it would then hold everywhere).
    """
    if User.objects.select_for_update().get(pk=person.pk).left_at is not None:
        raise DomainError("left", f"{person.full_name} is uit dienst gemeld en kan geen rol meer krijgen.")
    scope = {"organisation": organisation, "team": team, "municipality": municipality, "section": section}
    _check_scope(Role(role), scope)
    held: RoleAssignment | None = RoleAssignment.objects.filter(
        person=person, role=role, ends_at__isnull=True, **scope
    ).first()
    if held is not None:
        return held
    assignment = RoleAssignment(
        person=person, role=role, starts_at=starts_at or clock.now(), ends_at=ends_at, assigned_by=by, **scope
    )
    assignment.full_clean(exclude=["assigned_by"])
    assignment.save()
    keep_groups(person=person)
    record(action="role.assign", by=by, subject=person, target=assignment.public_id, data={"role": str(role)})
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, by: User | None, at: datetime | None = None) -> RoleAssignment:
    """End a role ``at`` a moment (now). One that ends by then already is returned unchanged."""
    assignment = RoleAssignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=assignment.pk)
    moment = max(at or clock.now(), assignment.starts_at)
    if assignment.ends_at is not None and assignment.ends_at <= moment:
        return assignment
    assignment.ends_at = moment
    assignment.ended_by = by
    assignment.save(update_fields=["ends_at", "ended_by"])
    keep_groups(person=assignment.person)
    record(
        action="role.end", by=by, subject=assignment.person, target=assignment.public_id, data={"role": assignment.role}
    )
    return assignment


def keep_groups(*, person: User) -> None:
    """Make the CMS groups of ``person`` follow from the roles held now (the sweep calls it when a date passes)."""
    held = RoleAssignment.objects.current().filter(person=person, role__in=CMS_GROUPS).select_related("section")
    person.groups.set({_cms_group(Role(row.role), row.section).pk for row in held})


def keep_section_groups() -> None:
    """Give every group of a section the rights that its role has today (after an upgrade)."""
    held = RoleAssignment.objects.current().filter(role__in=CMS_GROUPS, section__isnull=False).select_related("section")
    for row in held:
        _cms_group(Role(row.role), row.section)


def _check_scope(role: Role, scope: dict[str, Any]) -> None:
    needed = SCOPE_OF.get(role)
    if needed is not None and scope[needed] is None:
        raise DomainError("scope_needed", "Kies waarvoor deze rol geldt.", field=needed)
    useful = {needed, "section" if role in IN_A_SECTION else None}
    for name, thing in scope.items():
        if thing is not None and name not in useful:
            raise DomainError("scope_unused", "Deze rol heeft dit niet nodig; laat het leeg.", field=name)


def _cms_group(role: Role, section: Page | None) -> Any:
    """The group of a role; in a section a group of its own, with the same rights but only on those pages.

    Wagtail gives groups their rights on pages and collections by relations that the types do not know.
    """
    whole: Any = Group.objects.get_or_create(name=CMS_GROUPS[role])[0]
    if section is None:
        return whole
    group: Any = Group.objects.get_or_create(name=f"{whole.name} in deel {section.pk}")[0]
    group.permissions.set(whole.permissions.all())
    for right in whole.page_permissions.all():
        group.page_permissions.get_or_create(page=section, permission_id=right.permission_id)
    for right in whole.collection_permissions.all():
        group.collection_permissions.get_or_create(collection_id=right.collection_id, permission_id=right.permission_id)
    return group

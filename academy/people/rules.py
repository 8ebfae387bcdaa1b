"""Predicates: who may do what with people. Each takes the user first and answers True or False, nothing else.

Roles are read from the database once per user object, which lives as long as one request: a role that is given or
ended works on the next request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from academy.common import clock
from academy.common.questions import written_once
from academy.people.enums import Role
from academy.people.models import Membership, RoleAssignment

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from academy.people.models import Organisation, Team, User


def role_assignments(user: User | AnonymousUser) -> list[RoleAssignment]:
    """The roles ``user`` holds now, read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return []
    cache = vars(user)
    if "_held_roles" not in cache:
        cache["_held_roles"] = _roles_held(person=user.pk, at=clock.now())
    held: list[RoleAssignment] = cache["_held_roles"]
    return held


@written_once
def _roles_held(*, person: int, at: datetime) -> QuerySet[Any]:
    return RoleAssignment.objects.current(at).filter(person=person)


def memberships(user: User | AnonymousUser) -> list[Membership]:
    """Where ``user`` works today, with organisation, team and function, read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return []
    cache = vars(user)
    if "_held_memberships" not in cache:
        cache["_held_memberships"] = _places_held(person=user.pk, on=clock.today())
    held: list[Membership] = cache["_held_memberships"]
    return held


@written_once
def _places_held(*, person: int, on: date) -> QuerySet[Any]:
    held = Membership.objects.current(on).filter(person=person)
    return held.select_related("organisation", "team", "job_function")


def has_role(user: User | AnonymousUser, *roles: Role) -> bool:
    """Whether ``user`` holds one of these roles now, in whatever scope."""
    return any(held.role in roles for held in role_assignments(user))


def has_role_for(user: User | AnonymousUser, *roles: Role, **scope: Any) -> bool:
    """Whether ``user`` holds one of these roles everywhere or in exactly this scope, e.g. ``organisation=org``."""
    ((kind, thing),) = scope.items()
    return any(
        held.role in roles
        and (
            getattr(held, f"{kind}_id") == thing.pk
            or not any((held.organisation_id, held.team_id, held.municipality_id, held.section_id))
        )
        for held in role_assignments(user)
    )


def is_internal(user: User | AnonymousUser) -> bool:
    """Whether ``user`` belongs to one of our own organisations today."""
    return any(held.organisation.is_own for held in memberships(user))


def is_approved(user: User | AnonymousUser) -> bool:
    """Whether an organisation (or the office) confirmed that ``user`` works there, and not too long ago."""
    return any(held.organisation.is_own or held.is_confirmed for held in memberships(user))


def is_introduced(user: User | AnonymousUser) -> bool:
    """Whether ``user`` said where she works, passed that over, or was given a place or role by others."""
    return (
        not user.is_authenticated
        or user.introduced_at is not None
        or bool(role_assignments(user))
        or Membership.objects.filter(person_id=user.pk).exists()
    )


def is_manager_of(user: User | AnonymousUser, person: User) -> bool:
    """Whether a membership of ``person`` today names ``user`` as manager."""
    return user.is_authenticated and Membership.objects.current().filter(person=person, manager_id=user.pk).exists()


def coordinates(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """Whether ``user`` is contactpersoon opleidingen of ``organisation``."""
    return has_role_for(user, Role.COORDINATOR, organisation=organisation)


def manages(user: User | AnonymousUser, team: Team) -> bool:
    """Whether ``user`` manages ``team``."""
    return has_role_for(user, Role.TEAM_MANAGER, team=team)


def can_assign_roles(user: User | AnonymousUser) -> bool:
    """``user.role_assign`` in the permission table."""
    return has_role(user, Role.ADMIN)


def coordinated_organisations(user: User | AnonymousUser) -> list[int]:
    """The keys of the organisations that ``user`` is contactpersoon opleidingen of."""
    return [
        held.organisation_id
        for held in role_assignments(user)
        if held.role == Role.COORDINATOR and held.organisation_id is not None
    ]


def sees_everybody(user: User | AnonymousUser) -> bool:
    """``person.profile_minimal`` with Y whoever it is about, also of people who left."""
    return has_role(user, Role.OFFICE, Role.HR, Role.PRIVACY, Role.ADMIN)


def sees_colleagues(user: User | AnonymousUser) -> bool:
    """``person.profile_minimal`` with Y for everybody who has an active account."""
    roles = (Role.TRAINER, Role.FACILITATOR, Role.HOST, Role.EXPERT, Role.EDITOR, Role.TEAM_MANAGER)
    return is_internal(user) or has_role(user, *roles)


def sees_full_profiles(user: User | AnonymousUser) -> bool:
    """``person.profile_full`` in the permission table; everybody sees the own one besides."""
    return has_role(user, Role.OFFICE, Role.HR, Role.ADMIN)


def can_change_organisations(user: User | AnonymousUser) -> bool:
    """Organisations and teams are kept by the office and the administrator."""
    return has_role(user, Role.OFFICE, Role.ADMIN)


def can_approve_anywhere(user: User | AnonymousUser) -> bool:
    """``account.approve`` with Y: the office, HR and the administrator."""
    return has_role(user, Role.OFFICE, Role.HR, Role.ADMIN)


def can_approve(user: User | AnonymousUser, organisation: Organisation) -> bool:
    """``account.approve`` in the permission table: those, and the organisation's own coordinator."""
    return can_approve_anywhere(user) or coordinates(user, organisation)


def may_approve(user: User | AnonymousUser) -> bool:
    """Whether there are organisations whose people ``user`` may confirm."""
    return bool(coordinated_organisations(user)) or can_approve_anywhere(user)


def can_answer_requests(user: User | AnonymousUser) -> bool:
    """Organisations that are not there yet are for the office (``organisation.edit``)."""
    return can_change_organisations(user)


def sees_own_access_log(user: User | AnonymousUser) -> bool:
    """``person.own_access_log``: everybody but the inspector of the register, whose account is nobody's file."""
    return user.is_authenticated and not has_role(user, Role.AUDITOR)


def has_own_file(user: User | AnonymousUser) -> bool:
    """``person.avg_export`` and ``person.avg_erase_request``: the same, about everything that is kept."""
    return sees_own_access_log(user)


def can_report_leaver(user: User | AnonymousUser) -> bool:
    """``person.leaver`` in the permission table."""
    return has_role(user, Role.OFFICE, Role.HR)


def can_record_consent(user: User | AnonymousUser) -> bool:
    """``settings.consent_record`` in the permission table."""
    return has_role(user, Role.HR, Role.PRIVACY)


def can_reset_second_factor(user: User | AnonymousUser) -> bool:
    """``user.mfa_reset`` in the permission table; a second colleague confirms."""
    return has_role(user, Role.OFFICE, Role.ADMIN)


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Every role above participant needs one, except the municipality contact (design.md 4)."""
    return any(held.role != Role.MUNICIPALITY for held in role_assignments(user))

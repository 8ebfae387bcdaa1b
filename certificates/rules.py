"""Predicates: who may do what with certificates and points. Each takes the user first and answers True or False.

Who may see which rows is ``visible_to``; leads of a gathering are known one layer up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from academy.people.enums import Role
from academy.people.models import RoleAssignment, User
from academy.people.rules import has_role, memberships

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from certificates.models import Certificate


def can_withdraw(user: User | AnonymousUser) -> bool:
    """``certificate.withdraw`` in the permission table; a second colleague confirms."""
    return has_role(user, Role.OFFICE, Role.HR)


def can_approve_withdrawal(user: User | AnonymousUser) -> bool:
    """``certificate.approve_withdraw`` in the permission table."""
    return has_role(user, Role.HR, Role.ADMIN)


def can_correct_credits(user: User | AnonymousUser) -> bool:
    """``credits.correct`` in the permission table."""
    return has_role(user, Role.HR)


Led = Callable[["User", str], bool]
_led: list[Led] = []


def register_led(predicate: Led) -> None:
    """A package above says with ``predicate(user, source_key)`` whether ``user`` leads what that was earned in."""
    _led.append(predicate)


def can_withdraw_this(user: User | AnonymousUser, certificate: Certificate) -> bool:
    """``certificate.withdraw``, with the cell ``lead``: also whoever leads the gathering; nobody her own."""
    if not user.is_authenticated or certificate.person == user:
        return False
    return can_withdraw(user) or any(led(user, certificate.record.source_key) for led in _led)


def can_open(user: User | AnonymousUser, certificate: Certificate) -> bool:
    """See all that stands on it: who may see the person's record, and an inspector for as long as the role lasts."""
    return has_role(user, Role.AUDITOR) or type(certificate).objects.visible_to(user).filter(pk=certificate.pk).exists()


def can_download(user: User | AnonymousUser, certificate: Certificate) -> bool:
    """``certificate.download``: the holder, HR and the inspector. A municipality's contact takes part in nothing."""
    if user.is_authenticated and certificate.person == user:
        return not has_role(user, Role.MUNICIPALITY) or bool(memberships(user))
    return has_role(user, Role.HR, Role.AUDITOR) and can_open(user, certificate)


def approvers() -> QuerySet[User]:
    """Everybody who may confirm a withdrawal today."""
    roles = RoleAssignment.objects.current().filter(role__in=(Role.HR, Role.ADMIN))
    return User.objects.filter(is_active=True, pk__in=roles.values("person"))

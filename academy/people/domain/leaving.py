"""Somebody leaves: the one function that closes an account, and the hook for what other packages must do then."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain.audit import record
from academy.people.domain.joining import end_membership
from academy.people.domain.roles import end_role, keep_groups
from academy.people.enums import Role
from academy.people.models import AccessToken, Membership, RoleAssignment, User
from academy.people.rules import can_report_leaver

if TYPE_CHECKING:
    from datetime import date


class Step(Protocol):
    """What a package does when somebody leaves."""

    def __call__(self, *, person: User, by: User | None, on: date) -> object:
        """Called inside the transaction, so it may refuse all of it."""


_STEPS: dict[str, Step] = {}


def register_step(name: str, function: Step) -> None:
    """Have ``function(person=, by=, on=)`` called for everybody who leaves (from ``AppConfig.ready``).

    It must be safe to call twice. The same name again takes the place of the first.
    """
    _STEPS[name] = function


@transaction.atomic
def leave(*, person: User, by: User | None, on: date | None = None) -> User:
    """``person`` works with us no more from the day ``on`` (today): roles, places, sessions and keys end at once.

    The account stays with what was achieved, but nobody can log in to it. Everything happens or nothing; a second call
    changes nothing. An external professional who changes employers does not leave: use ``end_membership``.

    Raises NotAllowedError when ``by`` is neither office nor HR or is the person herself; DomainError for a day to come
    and for the last administrator.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if by is not None and (by.pk == person.pk or not can_report_leaver(by)):
        raise NotAllowedError("not_allowed", "Alleen het bureau of HR kan een collega uit dienst melden.")
    if person.left_at is not None:
        return person
    on = on or clock.today()
    if on > clock.today():
        raise DomainError(
            "future",
            "Deze dag moet nog komen. Zet tot die tijd een einddatum bij de plek van deze persoon.",
            field="on",
        )
    close_account(person=person, by=by, on=on)
    record(action="person.leave", by=by, subject=person, data={"on": on.isoformat()})
    return person


def close_account(*, person: User, by: User | None, on: date) -> None:
    """End roles, places, sessions and keys of a locked ``person``, and let every package take its step.

    Raises DomainError for the last administrator and for what a step refuses.
    """
    _keep_an_administrator(person)
    for membership in Membership.objects.filter(person=person).overlapping(on, None):
        end_membership(membership=membership, on=max(on, membership.starts_on), by=by)
    for assignment in RoleAssignment.objects.filter(person=person).not_ended():
        end_role(assignment=assignment, by=by)
    keep_groups(person=person)
    for function in _STEPS.values():
        function(person=person, by=by, on=on)
    AccessToken.objects.filter(person=person, revoked_at__isnull=True).update(revoked_at=clock.now())
    person.is_active, person.left_at = False, clock.now()
    person.save(update_fields=["is_active", "left_at"])
    end_sessions(person=person)


def end_sessions(*, person: User) -> int:
    """Log ``person`` out everywhere; how many sessions that were. Sessions of before allauth kept count go too."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    known = set(UserSession.objects.filter(user=person).values_list("session_key", flat=True))
    for session in Session.objects.filter(expire_date__gt=clock.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(person.pk):
            known.add(session.session_key)
    for key in known:
        store(key).delete()
    UserSession.objects.filter(user=person).delete()
    return len(known)


def _keep_an_administrator(person: User) -> None:
    administrators = User.objects.get_queryset().active().with_role(Role.ADMIN)
    if administrators.filter(pk=person.pk).exists() and not administrators.exclude(pk=person.pk).exists():
        raise DomainError("last_admin", "Dit is de laatste beheerder. Geef eerst een collega de rol beheerder.")

"""Somebody is forgotten: the account is closed and emptied, and every package forgets what it must.

What tables hold is for :mod:`academy.portal.domain.erasing`, which knows them all and calls this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from allauth.account.models import EmailAddress

from academy.common import clock
from academy.common.errors import NotAllowedError
from academy.people.domain.audit import record
from academy.people.domain.leaving import close_account
from academy.people.models import PersonalInvitation, User

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY = "Verwijderd account"
# A domain that can never receive mail (RFC 2606).
NOWHERE = "gewist.invalid"


class Step(Protocol):
    """What a package does for somebody who is forgotten, beyond its tables."""

    def __call__(self, *, person: User) -> object:
        """Called inside the transaction."""


_STEPS: dict[str, Step] = {}


def register_step(name: str, function: Step) -> None:
    """Have ``function(person=)`` called for everybody who is forgotten (from ``AppConfig.ready``); may be called twice.

    It runs before the tables are emptied. The same name again takes the place of the first.
    """
    _STEPS[name] = function


def close_for_good(*, person: User, by: User | None) -> User:
    """Close the account of a locked ``person`` and let the packages forget her; answers her row.

    Raises NotAllowedError when ``by`` is somebody else, DomainError for the last administrator and for who leads
    something alone.
    """
    if by is not None and by.pk != person.pk:
        raise NotAllowedError("not_allowed", "Alleen jijzelf kunt je account wissen.")
    if person.is_active:
        close_account(person=person, by=by, on=clock.today())
    for function in _STEPS.values():
        function(person=person)
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    PersonalInvitation.objects.filter(email__in=addresses).delete()
    return person


def empty_account(*, person: User, personal: Iterable[str]) -> User:
    """Take out of the row whatever says who it was; ``personal`` are the fields that an erasure empties."""
    for name in personal:
        field: Any = User._meta.get_field(name)
        if field.many_to_many:
            getattr(person, name).clear()
        elif field.null:
            setattr(person, name, None)
        elif field.has_default():
            setattr(person, name, field.get_default())
        else:
            setattr(person, name, "")
    person.full_name, person.email = NOBODY, f"{person.public_id}@{NOWHERE}"
    person.is_active, person.erased_at = False, clock.now()
    person.left_at = person.left_at or person.erased_at
    person.set_unusable_password()
    person.save()
    record(action="person.erase", by=None, target=person.public_id)
    return person

"""The one place where a gathering is locked. Lock order: gathering, person, seat, ledger head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from academy.common.questions import written_once
from academy.gatherings.models import Gathering, Session
from academy.people.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


def lock_gathering(gathering: Gathering | int) -> Gathering:
    """The gathering as it is now, held until the end of the transaction. Seats are counted after this, never before.

    Raises Gathering.DoesNotExist when it is gone.
    """
    if isinstance(gathering, int):
        return _found(_gathering_with_offering(pk=gathering))
    if not Gathering.offering.is_cached(gathering):
        return _found(_gathering_with_offering(pk=gathering.pk))
    locked = _found(_gathering(pk=gathering.pk))
    # The lock is not about the offering; who read it already keeps it.
    locked.offering = gathering.offering
    return locked


def lock_person(person: User) -> None:
    """Two gatherings at the same hour are two locks; the person is the one they share."""
    _person(pk=person.pk)


def _found(rows: list[Gathering]) -> Gathering:
    if not rows:
        raise Gathering.DoesNotExist("De bijeenkomst is er niet meer.")
    return rows[0]


def _held() -> QuerySet[Any]:
    return Gathering.objects.select_for_update(of=("self",)).order_by()


@written_once
def _gathering(*, pk: int) -> QuerySet[Any]:
    return _held().filter(pk=pk)


@written_once
def _gathering_with_offering(*, pk: int) -> QuerySet[Any]:
    return _held().select_related("offering").filter(pk=pk)


@written_once
def _person(*, pk: int) -> QuerySet[Any]:
    return User.objects.select_for_update().order_by().filter(pk=pk).values_list("pk")


def lock_session(session: Session) -> tuple[Gathering, Session]:
    """The gathering first, then its session."""
    gathering = lock_gathering(session.gathering_id)
    return gathering, Session.objects.select_for_update().get(pk=session.pk)

"""The one place where a gathering is locked. Lock order: gathering, person, seat, ledger head."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from academy.common.questions import written_once
from academy.gatherings.models import Gathering, Session
from academy.people.models import User

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet


def lock_gathering(gathering: Gathering | int) -> Gathering:
    """The gathering as it is now, held until the end of the transaction. Seats are counted after this, never before.

    Raises Gathering.DoesNotExist when it is gone.
    """
    locked: Gathering
    if isinstance(gathering, int) or not Gathering.offering.is_cached(gathering):
        pk = gathering if isinstance(gathering, int) else gathering.pk
        locked = _only(Gathering, _gathering_with_offering(pk=pk))
        return locked
    locked = _only(Gathering, _gathering(pk=gathering.pk))
    # The lock is not about the offering; who read it already keeps it.
    locked.offering = gathering.offering
    return locked


def lock_person(person: User) -> None:
    """Two gatherings at the same hour are two locks; the person is the one they share."""
    _only(User, _person(pk=person.pk))


def _only(model: type[Model], rows: list[Any]) -> Any:
    """What ``get`` would have found; raises DoesNotExist as it does."""
    if not rows:
        raise model.DoesNotExist  # type: ignore[attr-defined]
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

"""The one place where a gathering is locked. Lock order: gathering, person, seat, ledger head."""

from __future__ import annotations

from academy.gatherings.models import Gathering, Session
from academy.people.models import User


def lock_gathering(gathering: Gathering | int) -> Gathering:
    """The gathering as it is now, held until the end of the transaction. Seats are counted after this, never before."""
    rows = Gathering.objects.select_for_update(of=("self",)).order_by()
    locked: Gathering
    if isinstance(gathering, int) or not Gathering.offering.is_cached(gathering):
        pk = gathering if isinstance(gathering, int) else gathering.pk
        locked = rows.select_related("offering").get(pk=pk)
        return locked
    locked = rows.get(pk=gathering.pk)
    # The lock is not about the offering; who read it already keeps it.
    locked.offering = gathering.offering
    return locked


def lock_person(person: User) -> None:
    """Two gatherings at the same hour are two locks; the person is the one they share."""
    User.objects.select_for_update().order_by().values_list("pk").get(pk=person.pk)


def lock_session(session: Session) -> tuple[Gathering, Session]:
    """The gathering first, then its session."""
    gathering = lock_gathering(session.gathering_id)
    return gathering, Session.objects.select_for_update().get(pk=session.pk)

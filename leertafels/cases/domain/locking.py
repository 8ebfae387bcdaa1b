"""The one place where a case is locked. Lock order: gathering, case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.models import Session
from leertafels.cases.models import Case

if TYPE_CHECKING:
    from academy.gatherings.models import Gathering


def lock_case(case: Case) -> Case:
    """The case as it is now, with its meeting, held until the end of the transaction."""
    gathering: Gathering = lock_gathering(Session.objects.only("gathering_id").get(pk=case.session_id).gathering_id)
    locked: Case = Case.objects.select_for_update(of=("self",)).select_related("session", "presenter").get(pk=case.pk)
    locked.session.gathering = gathering
    return locked

"""What becomes of cases when their meeting or their presenter goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.gatherings.meetings import Change
from leertafels.cases.domain.bringing import give_back
from leertafels.cases.domain.destroying import wipe
from leertafels.cases.enums import CaseState, DestroyedBecause, GivenBack
from leertafels.cases.models import Case

if TYPE_CHECKING:
    from datetime import date

    from academy.gatherings.models import Session
    from academy.people.models import User


def follow_meeting(*, session: Session, change: Change, by: User | None) -> None:
    """A closed meeting destroys its cases; one that moves or is off gives them back, their last day unchanged."""
    cases = Case.objects.live().filter(session=session).select_for_update(of=("self",)).select_related("presenter")
    if change is Change.CLOSED:
        for case in cases:
            wipe(case, DestroyedBecause.CLOSED, by=by)
        return
    why = GivenBack.MOVED if change is Change.MOVED else GivenBack.CANCELLED
    for case in cases.filter(state=CaseState.BROUGHT_IN, hidden_at__isnull=True):
        give_back(case, why, by=by)


def leave_cases(*, person: User, by: User | None, on: date) -> None:
    """Whoever leaves leaves no text behind. ``on`` changes nothing: the account closes now."""
    del on
    for case in Case.objects.live().filter(presenter=person).select_for_update(of=("self",)):
        case.presenter = person
        wipe(case, DestroyedBecause.LEFT, by=by)

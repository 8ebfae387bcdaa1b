"""What the page of a table shows about what is brought in for one of its meetings: never a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from academy.common import clock
from academy.gatherings.enums import GatheringState
from leertafels.cases import rules
from leertafels.cases.models import Case, CaseRules, Conflict

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Session
    from academy.people.models import User


@dataclass(frozen=True, slots=True)
class Line:
    """One case: whose it is and whether this person may open it now."""

    case: Case
    mine: bool
    conflict: bool
    can_open: bool


@dataclass(frozen=True, slots=True)
class Panel:
    session: Session
    moments: rules.Moments
    asks_text: bool
    leads: bool
    can_bring_in: bool
    opens_now: bool
    over: bool
    lines: tuple[Line, ...]

    @property
    def mine(self) -> Line | None:
        return next((line for line in self.lines if line.mine), None)

    @property
    def others(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if not line.mine)

    @property
    def number(self) -> int:
        """How many the others brought in."""
        return len(self.others)


def panel_for(user: User | AnonymousUser, session: Session) -> Panel | None:
    """None for a table that takes nothing and for who is not at it. As many queries for one case as for ten."""
    agreed: CaseRules | None = rules.takes_cases(session.gathering)
    if agreed is None or not user.is_authenticated:
        return None
    leads = rules.leads_table(user, session.gathering)
    if not leads and rules.seat_at(user, session.gathering) is None:
        return None
    now, when = clock.now(), rules.moments(session)
    opens_now = now >= when.for_leads if leads else when.for_members <= now < when.shuts
    over = session.closed_at is not None or session.cancelled_at is not None
    conflicts = set(Conflict.objects.filter(case__session=session, person=user).values_list("case_id", flat=True))
    cases = Case.objects.live().visible_to(user).filter(session=session).select_related("presenter")
    lines = tuple(
        Line(
            case=case,
            mine=case.presenter_id == user.pk,
            conflict=case.pk in conflicts,
            can_open=opens_now and not case.is_hidden and case.pk not in conflicts,
        )
        for case in cases
        if case.destroy_at > now
    )
    has_one = any(line.mine and not line.case.is_given_back and not line.case.is_hidden for line in lines)
    coming = session.gathering.state == GatheringState.OPEN and now < session.starts_at and not over
    return Panel(session, when, agreed.asks_text, leads, coming and not has_one, opens_now, over, lines)

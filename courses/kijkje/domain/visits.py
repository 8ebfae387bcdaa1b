"""Planning visits, and looking back on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.domain.planning import open_gathering, plan_gathering
from academy.gatherings.domain.seats import locked_seat
from academy.gatherings.enums import GatheringState, LeadRole, SeatState
from courses.kijkje.domain.kinds import page_of
from courses.kijkje.enums import MOST_VISITORS, VISIT
from courses.kijkje.models import Debrief, Visit
from courses.kijkje.rules import can_plan_visits, picks_hosts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.gatherings.domain.planning import Plan
    from academy.gatherings.models import Seat
    from academy.people.models import User
    from courses.kijkje.models import KijkjePage


@transaction.atomic
def plan_visit(
    *,
    page: KijkjePage,
    session: Plan,
    host: User,
    by: User | None,
    visitors: int = 2,
    back_up: User | None = None,
    expert: User | None = None,
    remarks: str = "",
    allow_past: bool = False,
    **terms: Any,
) -> Visit:
    """A visit that people can book at once, received by ``host`` and, if she cannot, by ``back_up``.

    ``expert`` is an expert by experience who comes along. ``terms`` are those of ``plan_gathering``. Raises DomainError
    for more than four visitors, a host who stands in for herself, and whatever planning refuses.
    """
    _check_may_plan(by, host)
    if not 1 <= visitors <= MOST_VISITORS:
        words = _("Een bezoek is voor 1 tot %(most)d bezoekers.") % {"most": MOST_VISITORS}
        raise DomainError("too_many", words, field="visitors")
    if back_up == host:
        raise DomainError("same_host", _("Kies als invaller iemand anders dan de ontvanger."), field="back_up")
    gathering = plan_gathering(
        kind=VISIT, offering=page, sessions=[session], by=by, allow_past=allow_past, capacity=visitors, **terms
    )
    visit = Visit(gathering=gathering, visitors=visitors, remarks=remarks.strip())
    visit.full_clean(exclude=["gathering"])
    visit.save()
    guides = ((host, LeadRole.HOSTS), (back_up, LeadRole.STANDS_IN), (expert, LeadRole.CO_TRAINS))
    for person, role in guides:
        if person is not None:
            assign_lead(gathering=gathering, person=person, role=role, by=None)
    visit.gathering = open_gathering(gathering=gathering, by=None)
    return visit


def _check_may_plan(by: User | None, host: User) -> None:
    if by is None or picks_hosts(by):
        return
    if not can_plan_visits(by) or by.pk != host.pk:
        raise NotAllowedError("not_allowed", _("Je plant bezoeken die je zelf ontvangt. De rest plant het bureau."))


@transaction.atomic
def write_debrief(*, seat: Seat, note: str, answers: Sequence[str], by: User) -> Debrief:
    """Keep how somebody looks back on her visit; writing again takes the place of what stood there.

    ``answers`` go with the questions of the page, in their order. Raises DomainError while the visit is not over.
    """
    if seat.person_id != by.pk:
        raise NotAllowedError("not_yours", _("Terugkijken doe je op je eigen bezoek."))
    seat = locked_seat(seat, lock_gathering(seat.gathering_id))
    gathering = seat.gathering
    held = seat.state == SeatState.CONFIRMED and gathering.state in {GatheringState.OPEN, GatheringState.CLOSED}
    if not held or gathering.ends_at is None or gathering.ends_at > clock.now():
        raise DomainError("too_early", _("Terugkijken kan na je bezoek."))
    questions = page_of(gathering).questions
    given = [
        {"question": question, "answer": answer.strip()}
        for question, answer in zip(questions, answers, strict=False)
        if answer.strip()
    ]
    debrief, _is_new = Debrief.objects.update_or_create(
        seat=seat, defaults={"note": note.strip(), "answers": given, "written_at": clock.now()}
    )
    return debrief

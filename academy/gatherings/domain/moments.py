"""The moments that follow from dates: until when one may cancel, answer, object."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock, workdays
from academy.gatherings.models import Session

if TYPE_CHECKING:
    from datetime import datetime

    from academy.gatherings.domain.engagements import Engagement
    from academy.gatherings.models import Gathering

OFFER_WORKING_DAYS = 2
OBJECTION_WORKING_DAYS = 3
# An offer must be answered this long before the start, so that the place can still be given to the next.
LAST_ANSWER = timedelta(hours=2)


def next_start(gathering: Gathering) -> datetime | None:
    """When the next session begins; None when there is none to come."""
    starts: datetime | None = (
        Session.objects.upcoming()
        .filter(gathering=gathering)
        .order_by("starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )
    return starts


def counted_start(gathering: Gathering) -> datetime | None:
    """The start that cut-offs count from: the first session, or the next one where people join as it runs."""
    return next_start(gathering) if gathering.closes_per_session else gathering.starts_at


def cut_off(gathering: Gathering) -> datetime | None:
    """Until when cancelling is free; None means always."""
    start = counted_start(gathering)
    return None if start is None else workdays.before(start, gathering.cut_off_working_days)


def offer_deadline(gathering: Gathering) -> datetime | None:
    """Until when an offer made now may be answered; None when there is no time left to offer anything."""
    moment = clock.now()
    noon = workdays.noon_after(moment, OFFER_WORKING_DAYS)
    if gathering.starts_at is None:
        return noon
    start = counted_start(gathering)
    if start is None or start - LAST_ANSWER <= moment:
        return None
    return min(noon, start - LAST_ANSWER)


def objection_deadline() -> datetime:
    return workdays.end_after(clock.now(), OBJECTION_WORKING_DAYS)


def is_over(gathering: Gathering | Engagement, at: datetime | None = None) -> bool:
    """Whether the last session ended at ``at``; what is done in one's own pace never is over."""
    return gathering.ends_at is not None and gathering.ends_at <= (at or clock.now())


def has_begun(gathering: Gathering) -> bool:
    """Whether it is too late to come in: the first session began, or the last one ended where one may join later."""
    last = gathering.ends_at if gathering.closes_per_session else gathering.starts_at
    return last is not None and last <= clock.now()

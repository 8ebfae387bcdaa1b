"""Two things at once: a room, or somebody who leads, in two places at the same hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from academy.common.errors import DomainError
from academy.gatherings.enums import GOING_ON
from academy.gatherings.models import Lead, Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.gatherings.domain.engagements import Engagement
    from academy.gatherings.models import Gathering
    from academy.people.models import User


def check_no_clash(session: Session) -> None:
    """Raises DomainError when the place, a lead or the gathering itself is taken at that time."""
    others = (
        Session.objects.overlapping(session.starts_at, session.ends_at)
        .exclude(pk=session.pk)
        .filter(gathering__state__in=GOING_ON)
        .select_related("gathering")
    )
    own = others.filter(gathering_id=session.gathering_id).first()
    if own is not None:
        raise DomainError("overlap", _("Er is dan al een andere sessie van deze groep."), field="starts_at")
    if session.venue_id is not None:
        there = others.filter(venue_id=session.venue_id).first()
        if there is not None:
            raise DomainError(
                "venue_taken",
                _("%(venue)s is dan bezet door %(title)s.") % {"venue": session.venue, "title": there.gathering.title},
                field="venue",
            )
    for lead in Lead.objects.current().filter(gathering_id=session.gathering_id).select_related("person"):
        busy = others.filter(_led_by(lead.person)).first()
        if busy is not None:
            raise DomainError(
                "lead_busy",
                _("%(person)s heeft dan %(title)s. Kies een ander moment of een invaller.")
                % {"person": lead.person, "title": busy.gathering.title},
                field="starts_at",
            )


def sessions_clashing(gathering: Gathering, engagements: Iterable[Engagement]) -> list[tuple[Session, Session]]:
    """Pairs of a session of ``gathering`` still to come and one of what somebody is in already, at the same time."""
    if gathering.starts_at is None or gathering.ends_at is None:
        return []
    others = (other for other in engagements if other.takes_time and other.gathering_id != gathering.pk)
    around = {other.gathering_id for other in others if _at_once(gathering, other)}
    if not around:
        return []
    nearby = Session.objects.overlapping(gathering.starts_at, gathering.ends_at).filter(gathering__in=around).order_by()
    busy = list(nearby.select_related("gathering").only("starts_at", "ends_at", "gathering__title"))
    return [
        (one, other)
        for one in (Session.objects.upcoming().filter(gathering=gathering) if busy else ())
        for other in busy
        if _at_once(one, other)
    ]


def _at_once(one: Any, other: Any) -> bool:
    """Whether two things with hours share a moment: ``Session.objects.overlapping`` for what was read already."""
    return bool(one.starts_at < other.ends_at and other.starts_at < one.ends_at)


def _led_by(person: User) -> Q:
    return Q(gathering__in=Lead.objects.not_ended().filter(person=person).values("gathering"))

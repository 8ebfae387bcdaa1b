"""What a seat in a visit or in its preparation has earned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from academy.gatherings.domain.recognising import promised_accreditations
from academy.gatherings.enums import GatheringState, LeadRole, SeatState
from academy.gatherings.models import Session
from certificates.achievement import Achievement, CertificateKind, SessionFacts
from courses.domain.earning import attended, leads_of, source_key
from courses.kijkje.domain.kinds import page_of
from courses.learning.domain.standing import standing_of

if TYPE_CHECKING:
    from academy.gatherings.models import Seat
    from courses.kijkje.models import KijkjePage

FORM = "kijkje"
# Whose names stand on the certificate; an expert by experience who comes along is shielded.
NAMED = (LeadRole.HOSTS, LeadRole.STANDS_IN)


def visited(seat: Seat) -> tuple[Achievement, ...]:
    """Proof of the visit once it is closed, without points unless a register granted them."""
    sessions = list(Session.objects.held().filter(gathering=seat.gathering).order_by("starts_at", "pk"))
    if seat.state != SeatState.CONFIRMED or seat.gathering.state != GatheringState.CLOSED or not sessions:
        return ()
    page = page_of(seat.gathering)
    presence = attended(seat, sessions, min_pct=page.certificate_min_pct)
    if not presence.minutes:
        return ()
    return _earned(
        seat,
        page,
        first_day=min(presence.days),
        last_day=max(presence.days),
        completed_on=max(presence.days),
        minutes=presence.minutes,
        planned_minutes=presence.planned,
        sessions=presence.sessions,
        accreditations=promised_accreditations(seat),
        led_by=leads_of(seat, NAMED),
        certificate=CertificateKind.PARTICIPATION if presence.is_enough else None,
    )


def prepared(seat: Seat) -> tuple[Achievement, ...]:
    """The time of the lessons, without a paper, once everything on the screen is done."""
    standing = standing_of(seat)
    if seat.state != SeatState.CONFIRMED or standing.completed_on is None:
        return ()
    minutes, last = standing.material.minutes, standing.completed_on
    return _earned(
        seat,
        page_of(seat.gathering),
        first_day=standing.begun_on or last,
        last_day=last,
        completed_on=last,
        minutes=minutes,
        planned_minutes=minutes,
        sessions=(SessionFacts(on=last, minutes=minutes),),
    )


def _earned(seat: Seat, page: KijkjePage, **facts: Any) -> tuple[Achievement, ...]:
    """What both have in common: whose it is, what it is called and who gave it."""
    return (
        Achievement(
            person=seat.person.public_id,
            source_key=source_key(seat),
            form=FORM,
            title=seat.gathering.title,
            provider=str(page.provider or settings.WAGTAIL_SITE_NAME),
            **facts,
        ),
    )

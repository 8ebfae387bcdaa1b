"""What the page of an offering and the page of a gathering say to one person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from academy.common import clock
from academy.gatherings.catalogue import coming, dates_of, registrations_of
from academy.gatherings.domain.eligibility import reasons, refusals
from academy.gatherings.domain.moments import cut_off, is_over
from academy.gatherings.domain.seats import position_of
from academy.gatherings.enums import GatheringState, LeadRole, SeatState
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Gathering, Lead, Seat, SeatOffer, Session
from academy.gatherings.rules import can_take_seat, leads
from academy.gatherings.situations import Points, Situation, points, situation, when
from academy.knowledge.listing import related
from academy.people.rules import is_approved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from academy.common.errors import Reason
    from academy.gatherings.catalogue import Date
    from academy.gatherings.kinds import Step
    from academy.gatherings.models import Offering
    from academy.people.models import User
    from certificates.credits.models import Registration

MOST_DATES = 24
MOST_SIBLINGS = 4
# What stands on the page by itself, as a state of one's seat or of the gathering.
SAID_ELSEWHERE = {"full", "late_cancel", "past", "not_open_yet", "window_closed"}
# What holds for one date only.
OF_ONE_DATE = SAID_ELSEWHERE | {"overlap", "duplicate"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line under "data en plekken"; ``seat`` is one's own, if any."""

    url: str
    title: str
    when: str
    situation: Situation
    points: Points | None
    seat: Seat | None


def offering_facts(offering: Offering, user: User | AnonymousUser) -> dict[str, Any]:
    """What stands beside the text: dates, points, what keeps ``user`` away, and articles on the same themes."""
    at, themes = clock.now(), list(offering.themes.all())
    gatherings = list(
        coming(user, at).filter(offering=offering).with_places(at).order_by("starts_at", "pk")[:MOST_DATES]
    )
    accreditations, registrations = list(offering.accreditations.select_related("register")), registrations_of(user)
    return {
        "themes": themes,
        "rows": _rows(gatherings, user, accreditations, registrations, at),
        "points": points(accreditations, registrations),
        "reasons": _of_every_date(gatherings, user),
        "related": related(offering, user, themes),
    }


def _rows(
    gatherings: Sequence[Gathering],
    user: User | AnonymousUser,
    accreditations: Sequence[Any],
    registrations: Sequence[Registration],
    at: datetime,
) -> list[Row]:
    seats: dict[int, Seat] = {}
    if user.is_authenticated:
        own = Seat.objects.active().filter(person_id=user.pk, gathering__in=[one.pk for one in gatherings])
        seats = {seat.gathering_id: seat for seat in own}
    return [
        Row(
            url=kind_of(one).url(one),
            title=one.title,
            when=when(one),
            situation=situation(one, at),
            points=points(accreditations, registrations, last_day(one)),
            seat=seats.get(one.pk),
        )
        for one in gatherings
    ]


def _of_every_date(gatherings: Sequence[Gathering], user: User | AnonymousUser) -> list[Reason]:
    """What holds whatever date one picks, told by the first that is open."""
    first = next((one for one in gatherings if situation(one).joinable), None)
    if first is None or not user.is_authenticated:
        return []
    return [reason for reason in reasons(person=user, gathering=first) if reason.code not in OF_ONE_DATE]


def last_day(gathering: Gathering) -> Any:
    """The day on which points are decided; today for what has no dates."""
    return (gathering.ends_at or clock.now()).astimezone(clock.AMSTERDAM).date()


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session as one person may see it. A closed place is never in it, only where it can be opened."""

    session: Session
    place: str
    directions: str
    is_closed: bool
    can_open: bool
    online_url: str


@dataclass(frozen=True, slots=True)
class Mine:
    """One's own seat. ``offer`` waits for an answer; ``free_until`` is when cancelling begins to count as late."""

    seat: Seat
    position: int | None
    offer: SeatOffer | None
    free_until: datetime | None
    is_late: bool
    can_leave: bool
    can_swap: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The drawing of the seats."""

    taken: int
    held: int
    free: int
    waiting: int


def gathering_facts(gathering: Gathering, user: User | AnonymousUser) -> dict[str, Any]:
    """What the page of a ``gathering`` with its places says to ``user``."""
    at = clock.now()
    mine = _mine(gathering, user, at)
    meetings = _meetings(gathering, user, mine)
    guides = list(Lead.objects.current(at).filter(gathering=gathering).select_related("person"))
    stands = situation(gathering, at)
    found: tuple[Reason, ...] = ()
    if user.is_authenticated and mine is None and can_take_seat(user):
        found = reasons(person=user, gathering=gathering)
    accreditations = list(gathering.offering.accreditations.select_related("register"))
    return {
        "gathering": gathering,
        "when": when(gathering),
        "situation": stands,
        "meetings": meetings,
        "number_of_meetings": len(meetings),
        "guides": guides if user.is_authenticated else [],
        "co_trainer": LeadRole.CO_TRAINS,
        "points": points(accreditations, registrations_of(user), last_day(gathering)),
        "table": _table(gathering),
        "mine": mine,
        "siblings": _siblings(gathering, user, at),
        "reasons": [reason for reason in found if reason.code not in SAID_ELSEWHERE],
        "queues": any(reason.code == "full" for reason in found),
        "can_join": stands.joinable and can_take_seat(user) and mine is None and not refusals(found),
        "asks_log_in": stands.joinable and not user.is_authenticated,
        "free_until": cut_off(gathering) if stands.joinable else None,
        "now": at,
    }


def _mine(gathering: Gathering, user: User | AnonymousUser, at: datetime) -> Mine | None:
    if not user.is_authenticated:
        return None
    seat = Seat.objects.active().filter(gathering=gathering, person_id=user.pk).first()
    if seat is None:
        return None
    seat.gathering = gathering
    free_until, goes_on = cut_off(gathering), gathering.state == GatheringState.OPEN
    begun = gathering.starts_at is not None and gathering.starts_at <= at
    confirmed = seat.state == SeatState.CONFIRMED
    return Mine(
        seat=seat,
        position=position_of(seat),
        offer=SeatOffer.objects.open().filter(seat=seat, deadline__gt=at).first(),
        free_until=free_until,
        is_late=confirmed and free_until is not None and free_until <= at,
        can_leave=goes_on and not is_over(gathering, at),
        can_swap=confirmed and goes_on and not begun,
        steps=kind_of(gathering).steps(seat) if confirmed else (),
    )


def _meetings(gathering: Gathering, user: User | AnonymousUser, mine: Mine | None) -> list[Meeting]:
    """The sessions; where it is stands there for who is logged in, how to come in online for who takes part."""
    sessions = list(Session.objects.filter(gathering=gathering).select_related("venue"))
    guides = leads(user, gathering)
    takes_part = guides or (mine is not None and mine.seat.state == SeatState.CONFIRMED)
    found = []
    for session in sessions:
        venue = session.venue if user.is_authenticated else None
        shown = venue is not None and not venue.is_closed
        is_closed = session.venue is not None and session.venue.is_closed
        found.append(
            Meeting(
                session=session,
                place=", ".join(part for part in (venue.name, venue.address) if part) if venue and shown else "",
                directions=venue.directions if venue and shown else "",
                is_closed=is_closed,
                can_open=is_closed and (guides or (takes_part and is_approved(user))),
                online_url=session.online_url if takes_part else "",
            )
        )
    return found


def _siblings(gathering: Gathering, user: User | AnonymousUser, at: datetime) -> list[Date]:
    """Other dates of the same offering with a place, when this one has none."""
    if gathering.capacity is None or (gathering.seats_taken < gathering.capacity and not gathering.waiting):
        return []
    others = Gathering.objects.visible_to(user).open(at).filter(offering=gathering.offering_id).exclude(pk=gathering.pk)
    others = others.with_places(at).filter(
        Q(capacity__isnull=True) | Q(capacity__gt=F("seats_held") + F("places_kept"), waiting=0)
    )
    return list(dates_of(others.order_by("starts_at", "pk")[:MOST_SIBLINGS], at))


def _table(gathering: Gathering) -> Table | None:
    """None where there is room for everybody."""
    if gathering.capacity is None:
        return None
    offered = Seat.objects.filter(gathering=gathering, state=SeatState.OFFERED).count()
    return Table(
        taken=gathering.seats_held - offered,
        held=offered + gathering.places_kept,
        free=max(gathering.capacity - gathering.seats_taken, 0),
        waiting=gathering.waiting,
    )

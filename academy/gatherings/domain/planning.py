"""Planning, changing and cancelling gatherings and their sessions."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain import placing
from academy.gatherings.domain.clashes import check_no_clash
from academy.gatherings.domain.locking import lock_gathering, lock_session
from academy.gatherings.domain.offers import fill_free_places
from academy.gatherings.domain.telling import instead_facts, tell
from academy.gatherings.enums import EndReason, GatheringState, KeptFor, SeatState
from academy.gatherings.kinds import KINDS, kind_of
from academy.gatherings.meetings import Change, announce
from academy.gatherings.models import Gathering, Invitation, KeptPlace, Seat, Session
from academy.gatherings.rules import can_plan
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from academy.gatherings.models import Offering, Venue
    from academy.people.models import Municipality, User


@dataclass(frozen=True, slots=True)
class Plan:
    """One session to be planned. Make the moments with ``clock.amsterdam(day, time)``: it refuses an hour that the
    change to summer time skips.
    """

    starts_at: datetime
    ends_at: datetime
    title: str = ""
    venue: Venue | None = None
    online_url: str = ""


# What may be changed of a gathering and of a session once it is planned.
GATHERING_TERMS = frozenset(
    {
        "title",
        "capacity",
        "minimum",
        "opens_at",
        "closes_at",
        "audience",
        "approval",
        "cut_off_working_days",
        "needs_approved_account",
    }
)
SESSION_TERMS = frozenset(field.name for field in fields(Plan))
# A change of these is told to the people who have a seat.
TOLD = frozenset({"starts_at", "ends_at", "venue", "online_url"})
MOMENTS = frozenset({"starts_at", "ends_at"})


@transaction.atomic
def plan_gathering(
    *, kind: str, offering: Offering, sessions: Sequence[Plan], by: User | None, allow_past: bool = False, **terms: Any
) -> Gathering:
    """A gathering in draft with its sessions, on the terms of the offering unless ``terms`` says otherwise.

    ``allow_past`` is for imports and demo data. Raises DomainError for a past date or a place that is taken, with the
    number of the session in ``row``.
    """
    _check_terms(terms, GATHERING_TERMS)
    gathering = Gathering(
        kind=kind,
        offering=offering,
        closes_per_session=KINDS[kind].closes_per_session,
        created_at=clock.now(),
        **{
            "title": offering.title,
            "audience": offering.audience,
            "approval": offering.approval,
            "cut_off_working_days": offering.cut_off_working_days,
            **terms,
        },
    )
    gathering.full_clean()
    gathering.save()
    for number, plan in enumerate(sessions):
        try:
            _add(gathering, plan, allow_past=allow_past)
        except DomainError as refused:
            refused.row = number
            raise
    keep_span(gathering)
    record(action="gathering.plan", by=by, target=gathering.public_id)
    return gathering


@transaction.atomic
def open_gathering(*, gathering: Gathering, by: User | None) -> Gathering:
    """Let people in from the start of the window. One that is open already is returned unchanged."""
    gathering = _locked(gathering, by)
    if gathering.state == GatheringState.OPEN:
        return gathering
    if gathering.state != GatheringState.DRAFT:
        raise DomainError("over", _("Wat geannuleerd of afgesloten is, gaat niet meer open. Plan een nieuwe."))
    gathering.state = GatheringState.OPEN
    gathering.save(update_fields=["state"])
    return gathering


@transaction.atomic
def change_gathering(*, gathering: Gathering, by: User | None, **terms: Any) -> Gathering:
    """Change what was agreed for those who come from now on; promises to people with a seat stay as they were.

    More room goes to who waits, at once. Raises DomainError with the names when there are more seats than room.
    """
    _check_terms(terms, GATHERING_TERMS)
    gathering = _running(gathering, by)
    for name, value in terms.items():
        setattr(gathering, name, value)
    gathering.full_clean(exclude=["offering", "closed_by"])
    _check_room(gathering)
    gathering.save()
    kind_of(gathering).terms_changed(gathering)
    fill_free_places(gathering)
    record(action="gathering.change", by=by, target=gathering.public_id, data={"terms": sorted(terms)})
    return gathering


@transaction.atomic
def keep_places(
    *,
    gathering: Gathering,
    kept_for: KeptFor | str,
    places: int,
    by: User | None,
    municipality: Municipality | None = None,
    until: datetime | None = None,
) -> KeptPlace:
    """Keep ``places`` for a group, instead of what was kept for it before; 0 lets them go. Seats keep their place."""
    gathering = _running(gathering, by)
    kept, _created = KeptPlace.objects.get_or_create(
        gathering=gathering, kept_for=kept_for, municipality=municipality, defaults={"places": places, "until": until}
    )
    kept.places, kept.until = places, until
    kept.full_clean(exclude=["gathering", "municipality"])
    kept.save()
    total = sum(one.places for one in gathering.kept_places.all())
    if gathering.capacity is not None and total > gathering.capacity:
        raise DomainError("kept_too_many", _("Je bewaart meer plekken dan er zijn."), field="places")
    fill_free_places(gathering)
    return kept


@transaction.atomic
def invite(*, gathering: Gathering, people: Iterable[User], by: User) -> int:
    """Let ``people`` take a seat although it is by invitation; how many were not invited yet."""
    gathering = _running(gathering, by)
    moment = clock.now()
    return sum(
        Invitation.objects.get_or_create(
            gathering=gathering, person=person, defaults={"invited_by": by, "invited_at": moment}
        )[1]
        for person in people
    )


@transaction.atomic
def add_session(*, gathering: Gathering, plan: Plan, by: User | None, allow_past: bool = False) -> Session:
    """One more date; people with a seat are told."""
    gathering = _running(gathering, by)
    session = _add(gathering, plan, allow_past=allow_past)
    keep_span(gathering)
    _tell_change(gathering)
    return session


@transaction.atomic
def change_session(*, session: Session, by: User | None, allow_past: bool = False, **terms: Any) -> Session:
    """Move a session in time or place; its number for calendars goes up and people with a seat are told."""
    _check_terms(terms, SESSION_TERMS)
    gathering, session = _running_session(session, by)
    told = any(getattr(session, name) != terms[name] for name in TOLD & terms.keys())
    moved = any(getattr(session, name) != terms[name] for name in MOMENTS & terms.keys())
    for name, value in terms.items():
        setattr(session, name, value)
    if TOLD & terms.keys():
        _check_dates(session, allow_past=allow_past)
    session.full_clean(exclude=["gathering", "venue", "closed_by"])
    check_no_clash(session)
    if told:
        session.sequence += 1
    session.save()
    keep_span(gathering)
    if moved:
        announce(session, Change.MOVED, by=by)
    if told:
        _tell_change(gathering)
    return session


@transaction.atomic
def cancel_session(*, session: Session, by: User | None) -> Session:
    """One date is off, the rest stands. The last one that is left: cancel the gathering instead."""
    gathering = _locked(lock_gathering(session.gathering_id), by)
    session = Session.objects.select_for_update().get(pk=session.pk)
    if session.cancelled_at is not None:
        return session
    gathering, session = _running_session(session, by)
    others = Session.objects.held().filter(gathering=gathering).exclude(pk=session.pk)
    if not others.exists():
        raise DomainError("last_session", _("Dit is de enige sessie. Annuleer dan de hele bijeenkomst."))
    session.cancelled_at, session.sequence = clock.now(), session.sequence + 1
    session.save(update_fields=["cancelled_at", "sequence"])
    announce(session, Change.CANCELLED, by=by)
    keep_span(gathering)
    _tell_change(gathering)
    return session


@transaction.atomic
def cancel_gathering(*, gathering: Gathering, by: User | None, instead: Gathering | None = None) -> Gathering:
    """It is off: every seat ends, nobody is late, everybody is told. A repeat returns it unchanged.

    ``instead`` is another group of the same offering that the mail points to; people choose for themselves.
    """
    gathering = _locked(gathering, by)
    if gathering.state == GatheringState.CANCELLED:
        return gathering
    if gathering.state == GatheringState.CLOSED or gathering.sessions.filter(closed_at__isnull=False).exists():
        raise DomainError("closed", _("Er is al iets afgesloten. Annuleer dan alleen de sessies die nog komen."))
    if instead is not None and (instead.offering_id != gathering.offering_id or instead.state != GatheringState.OPEN):
        raise DomainError("cannot_move", _("Kies een groep van hetzelfde aanbod die open is."), field="instead")
    other = instead_facts(instead) if instead is not None else {}
    moment = clock.now()
    gathering.state, gathering.cancelled_at = GatheringState.CANCELLED, moment
    gathering.sequence += 1
    gathering.save(update_fields=["state", "cancelled_at", "sequence"])
    for seat in Seat.objects.active().filter(gathering=gathering).select_related("person").order_by("queue_key"):
        seat.gathering = gathering
        tell(seat, "cancelled", **other)
        placing.end(seat, SeatState.CANCELLED, EndReason.GATHERING_CANCELLED, by=by)
    for session in Session.objects.held().filter(gathering=gathering):
        session.cancelled_at, session.sequence = moment, session.sequence + 1
        session.save(update_fields=["cancelled_at", "sequence"])
        announce(session, Change.CANCELLED, by=by)
    record(action="gathering.cancel", by=by, target=gathering.public_id)
    return gathering


def keep_span(gathering: Gathering) -> None:
    """Have the gathering span its sessions; without any left it keeps the span it had."""
    span = Session.objects.held().filter(gathering=gathering).aggregate(first=Min("starts_at"), last=Max("ends_at"))
    if span["first"] is not None:
        gathering.starts_at, gathering.ends_at = span["first"], span["last"]
        gathering.save(update_fields=["starts_at", "ends_at"])


def _add(gathering: Gathering, plan: Plan, *, allow_past: bool) -> Session:
    session = Session(
        gathering=gathering,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        title=plan.title,
        venue=plan.venue,
        online_url=plan.online_url,
    )
    _check_dates(session, allow_past=allow_past)
    session.full_clean(exclude=["gathering", "venue"])
    check_no_clash(session)
    session.save()
    return session


def _check_dates(session: Session, *, allow_past: bool) -> None:
    if not allow_past and session.starts_at <= clock.now():
        raise DomainError(
            "past", _("Deze dag of dit uur is al voorbij. Kies een moment dat nog komt."), field="starts_at"
        )


def _check_room(gathering: Gathering) -> None:
    holding = Seat.objects.holding().filter(gathering=gathering).select_related("person").order_by("queue_key")
    names = [seat.person.full_name for seat in holding]
    if gathering.capacity is not None and len(names) > gathering.capacity:
        last = ", ".join(names[gathering.capacity :])
        raise DomainError(
            "too_small",
            _("Er zijn al %(taken)d plekken bezet. Te veel zijn, in volgorde van aanmelding: %(names)s.")
            % {"taken": len(names), "names": last},
            field="capacity",
        )


def _check_terms(terms: dict[str, Any], known: frozenset[str]) -> None:
    if unknown := terms.keys() - known:
        raise TypeError(f"Niet te wijzigen: {', '.join(sorted(unknown))}")


def _locked(gathering: Gathering, by: User | None) -> Gathering:
    gathering = lock_gathering(gathering)
    if by is not None and not can_plan(by, gathering):
        raise NotAllowedError("not_allowed", _("Plannen doet de begeleider of het bureau."))
    return gathering


def _running(gathering: Gathering, by: User | None) -> Gathering:
    gathering = _locked(gathering, by)
    if gathering.state in (GatheringState.CANCELLED, GatheringState.CLOSED):
        raise DomainError("over", _("Dit is geannuleerd of afgesloten; er is niets meer te plannen."))
    return gathering


def _running_session(session: Session, by: User | None) -> tuple[Gathering, Session]:
    gathering = _running(lock_gathering(session.gathering_id), by)
    session = lock_session(session)[1]
    if session.closed_at is not None or session.cancelled_at is not None:
        raise DomainError("over", _("Deze sessie is afgesloten of geannuleerd."))
    return gathering, session


def _tell_change(gathering: Gathering) -> None:
    gathering.sequence += 1
    gathering.save(update_fields=["sequence"])
    for seat in Seat.objects.confirmed().filter(gathering=gathering).select_related("person"):
        seat.gathering = gathering
        tell(seat, "changed", occurrence=str(gathering.sequence))

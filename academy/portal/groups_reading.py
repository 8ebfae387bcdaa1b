"""What the pages of a group read: my groups, who comes, what still has to be done before closing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, OuterRef, Prefetch, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common import clock
from academy.gatherings import rules
from academy.gatherings.enums import DerivedState, GatheringState, SeatState
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Attendance, Correction, Gathering, Lead, Seat, Session
from academy.people.models import Membership, User
from academy.portal.tables_reading import notes_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_FOUND = 20
WEEK = timedelta(days=7)
OVER = (GatheringState.CLOSED, GatheringState.CANCELLED)
# The kind of ``{% status %}``; what is not here is quiet.
KINDS_OF_STATUS = {
    DerivedState.TO_CLOSE: "late",
    DerivedState.RUNNING: "soon",
    DerivedState.FULL: "soon",
    DerivedState.OPEN: "done",
    DerivedState.CLOSED: "done",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One group in a list."""

    gathering: Gathering
    url: str
    heading: str
    status: str
    status_word: str
    notes: tuple[tuple[str, str], ...] = ()


def with_next(groups: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """Groups with their counts, the next session and who leads; what waits for closing comes first."""
    moment = clock.now()
    held = Session.objects.held().filter(gathering=OuterRef("pk"))
    ahead = held.filter(ends_at__gt=moment).order_by("starts_at")
    before = held.filter(ends_at__lte=moment).order_by("-starts_at")
    seats = Seat.objects.confirmed().filter(gathering=OuterRef("pk")).order_by().values("gathering")
    return (
        groups.with_counts()
        .annotate(
            next_start=Subquery(ahead.values("starts_at")[:1]),
            next_end=Subquery(ahead.values("ends_at")[:1]),
            last_start=Subquery(before.values("starts_at")[:1]),
            confirmed=Coalesce(Subquery(seats.annotate(total=Count("pk")).values("total")), 0),
            urgency=Case(When(derived_state=DerivedState.TO_CLOSE, then=Value(0)), default=Value(1)),
        )
        .select_related("run", "leertafel")
        .prefetch_related(
            Prefetch("leads", Lead.objects.current().select_related("person"), to_attr="current_leads"),
        )
    )


def coming(groups: QuerySet[Gathering]) -> QuerySet[Gathering]:
    return (
        with_next(groups)
        .exclude(state__in=OVER)
        .order_by("urgency", F("next_start").asc(nulls_last=True), "starts_at", "pk")
    )


def over(groups: QuerySet[Gathering]) -> QuerySet[Gathering]:
    return with_next(groups).filter(state__in=OVER).order_by(F("starts_at").desc(nulls_last=True), "-pk")


def row_of(gathering: Gathering, user: User) -> Row:
    """The group with the heading of a list by week under which it belongs.

    Who gives along without keeping the list is led to the page that participants see.
    """
    leading = any(lead.person_id == user.pk and lead.role in rules.LEADING for lead in gathering.current_leads)
    if leading or rules.can_use_desk(user):
        url = reverse("group", args=(gathering.public_id,))
    else:
        url = kind_of(gathering).url(gathering)
    state = DerivedState(gathering.derived_state)
    if state in OVER:
        heading = _("Afgerond")
    elif state == DerivedState.TO_CLOSE:
        heading = _("Wacht op afsluiten")
    elif gathering.next_start is None:
        heading = _("Zonder datum")
    elif gathering.next_start < clock.now() + WEEK:
        heading = _("Deze week")
    else:
        heading = _("Later")
    return Row(gathering, url, heading, *status_of(gathering), notes_of(gathering))


def status_of(gathering: Gathering) -> tuple[str, str]:
    """The kind and the word of the status mark of a group with counts."""
    state = DerivedState(gathering.derived_state)
    return KINDS_OF_STATUS.get(state, "quiet"), str(state.label)


def sessions_of(gathering: Gathering) -> list[Session]:
    """Every session with ``sheet`` (its attendance), ``expected`` (how many) and ``recorded`` (how many of those)."""
    sheet = Attendance.objects.select_related("person").order_by("person__full_name", "pk")
    seats = Seat.objects.expected_at(gathering, OuterRef("ends_at")).order_by()
    people = Seat.objects.expected_at(gathering, OuterRef("session__ends_at")).values("person")
    recorded = Attendance.objects.filter(session=OuterRef("pk"), person__in=people).order_by()
    return list(
        gathering.sessions.select_related("venue")
        .prefetch_related(Prefetch("attendance", sheet, to_attr="sheet"))
        .annotate(
            expected=Coalesce(Subquery(seats.values("gathering").annotate(total=Count("pk")).values("total")), 0),
            recorded=Coalesce(Subquery(recorded.values("session").annotate(total=Count("pk")).values("total")), 0),
        )
        .order_by("starts_at", "pk")
    )


@dataclass(frozen=True, slots=True)
class People:
    """Who has to do with a group."""

    confirmed: list[Seat]
    offered: list[Seat]
    waiting: list[Seat]
    requested: list[Seat]
    leads: list[Lead]


def people_of(gathering: Gathering) -> People:
    """In order of name; the waiting list in order of the line.

    Each person has ``places`` (team and organisation) and each seat the ``marks`` of its kind.
    """
    places = Prefetch(
        "person__memberships", Membership.objects.current().select_related("organisation", "team"), to_attr="places"
    )
    seats = Seat.objects.active().filter(gathering=gathering).select_related("person").prefetch_related(places)
    found = list(seats.order_by("person__full_name", "pk"))
    for seat in found:
        seat.gathering = gathering
    marks = kind_of(gathering).marks(found)
    for seat in found:
        seat.marks = marks.get(seat.pk, ())

    def in_state(state: SeatState) -> list[Seat]:
        return [seat for seat in found if seat.state == state]

    return People(
        confirmed=in_state(SeatState.CONFIRMED),
        offered=in_state(SeatState.OFFERED),
        waiting=sorted(in_state(SeatState.WAITLISTED), key=lambda seat: seat.queue_key),
        requested=in_state(SeatState.REQUESTED),
        leads=list(gathering.leads.current().select_related("person").order_by("starts_at", "pk")),
    )


def corrections_waiting(gathering: Gathering) -> list[Correction]:
    waiting = Correction.objects.waiting().filter(session__gathering=gathering)
    return list(waiting.select_related("session", "person", "asked_by").order_by("asked_at", "pk"))


def candidates(user: User, words: str) -> list[User]:
    """The first people whom ``user`` may find by these words, each with ``places``; none without words."""
    if not words.strip():
        return []
    places = Prefetch("memberships", Membership.objects.current().select_related("organisation", "team"), "places")
    found = User.objects.get_queryset().visible_to(user).active().search(words).prefetch_related(places)
    return list(found.order_by("full_name", "pk")[:MOST_FOUND])

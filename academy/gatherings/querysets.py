"""What may be asked of the tables of the kernel. Visibility is a method here and nowhere else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest
from wagtail.models import PageQuerySet

from academy.common import clock
from academy.common.periods import current
from academy.common.questions import written_once
from academy.gatherings.enums import (
    ACTIVE_SEATS,
    HOLDING_SEATS,
    Audience,
    DerivedState,
    GatheringState,
    OfferState,
    SeatState,
)
from academy.pages.querysets import visible
from academy.people.enums import Role
from academy.people.rules import has_role, is_internal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Gathering
    from academy.people.models import User

# Roles that read offers for our own staff besides that staff itself (permissions.csv: catalogue.internal_read).
READ_INTERNAL = (
    Role.TRAINER,
    Role.FACILITATOR,
    Role.HOST,
    Role.EXPERT,
    Role.EDITOR,
    Role.TEAM_MANAGER,
    Role.COORDINATOR,
    Role.OFFICE,
    Role.HR,
    Role.PARTNERSHIP,
    Role.PRIVACY,
    Role.ADMIN,
)
# Roles that see every gathering in every state.
SEE_ALL = (Role.OFFICE, Role.HR)


def audiences_seen_by(user: User | AnonymousUser) -> tuple[str, ...]:
    """For whom something may be meant that ``user`` may read about."""
    shown: tuple[str, ...] = (Audience.EVERYONE, Audience.EXTERNAL)
    if is_internal(user) or has_role(user, *READ_INTERNAL):
        shown += (Audience.INTERNAL,)
    return shown


class OfferingQuerySet(PageQuerySet):
    def visible_to(self, user: User | AnonymousUser, closed: Iterable[str] | None = None) -> Self:
        """Published offerings for an audience that ``user`` belongs to, and on no page that is kept from her.

        ``closed`` as in :func:`academy.pages.querysets.visible`.
        """
        return visible(self, user, closed).filter(audience__in=audiences_seen_by(user))


class AccreditationQuerySet(models.QuerySet):
    def granted_on(self, day: date) -> Self:
        return self.filter(valid_from__lte=day, valid_to__gte=day).exclude(number="")

    def ending(self, first: date, last: date) -> Self:
        """Those whose last day lies between two days and that nothing follows on."""
        following = (
            self.model.objects.annotate(part=Coalesce("chamber_id", 0))
            .filter(
                part=Coalesce(OuterRef("chamber_id"), 0),
                offering=OuterRef("offering"),
                register=OuterRef("register"),
                requirement=OuterRef("requirement"),
                valid_to__gt=OuterRef("valid_to"),
            )
            .exclude(number="")
        )
        return self.filter(~Exists(following), valid_to__gte=first, valid_to__lte=last)

    def with_uncovered(self) -> Self:
        """Add ``uncovered``: how many open gatherings have a session after its last day."""
        late = apps.get_model("gatherings", "Gathering").objects.filter(
            offering=OuterRef("offering"), state=GatheringState.OPEN, ends_at__date__gt=OuterRef("valid_to")
        )
        counted = late.order_by().values("offering").annotate(total=Count("pk")).values("total")
        return self.annotate(uncovered=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


class GatheringQuerySet(models.QuerySet):
    """``with_counts`` adds ``places_taken``, ``waiting`` and ``derived_state``."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What ``user`` may know of: the own audience's, and whatever one has a seat in, is invited to or leads."""
        shown = Q(audience__in=audiences_seen_by(user), offering__live=True) & ~Q(state=GatheringState.DRAFT)
        if not user.is_authenticated:
            return self.filter(shown)
        if has_role(user, *SEE_ALL):
            return self
        get = apps.get_model
        seated = get("gatherings", "Seat").objects.filter(gathering=OuterRef("pk"), person=user)
        invited = get("gatherings", "Invitation").objects.filter(gathering=OuterRef("pk"), person=user)
        leads = get("gatherings", "Lead").objects.current().filter(gathering=OuterRef("pk"), person=user)
        own = (Exists(seated) | Exists(invited)) & ~Q(state=GatheringState.DRAFT)
        return self.filter(shown | own | Exists(leads))

    def joinable(self, at: datetime | None = None) -> Self:
        """What has not begun, or takes people along the way and is not over; its window may be shut."""
        at = at or clock.now()
        ahead = Q(starts_at__isnull=True) | Q(starts_at__gt=at) | Q(closes_per_session=True, ends_at__gt=at)
        return self.filter(ahead, state=GatheringState.OPEN)

    def open(self, at: datetime | None = None) -> Self:
        """Whose window is open at ``at``, also when every place is taken."""
        at = at or clock.now()
        begun = Q(opens_at__isnull=True) | Q(opens_at__lte=at)
        not_shut = Q(closes_at__isnull=True) | Q(closes_at__gt=at)
        return self.joinable(at).filter(begun & not_shut)

    def beginnings(self, at: datetime | None = None) -> Self:
        """When sessions to come begin, the first in front: who joins along the way begins at the next one."""
        # Not by ``upcoming``: as a subquery it reads every session to come, for each offering of the catalogue.
        ahead = self.filter(sessions__starts_at__gt=at or clock.now(), sessions__cancelled_at__isnull=True)
        return ahead.order_by("sessions__starts_at").values("sessions__starts_at")

    def led_by(self, person: User, at: datetime | None = None) -> Self:
        lead = apps.get_model("gatherings", "Lead")
        return self.filter(Exists(lead.objects.current(at).filter(gathering=OuterRef("pk"), person=person)))

    def involving(self, user: User | AnonymousUser) -> Self:
        """What ``user`` leads, or has a seat in that did not end."""
        if not user.is_authenticated:
            return self.none()
        seats = apps.get_model("gatherings", "Seat").objects.active().filter(gathering=OuterRef("pk"), person=user)
        leads = apps.get_model("gatherings", "Lead").objects.current().filter(gathering=OuterRef("pk"), person=user)
        return self.filter(Exists(seats) | Exists(leads))

    def with_places(self, at: datetime | None = None) -> Self:
        """Add ``seats_held``, ``places_kept`` (together ``gathering.seats_taken``) and ``waiting``."""
        seats = apps.get_model("gatherings", "Seat").objects.filter(gathering=OuterRef("pk"))
        return self.annotate(
            seats_held=_count(seats.filter(state__in=HOLDING_SEATS)),
            waiting=_count(seats.filter(state=SeatState.WAITLISTED)),
            places_kept=_kept(at or clock.now()),
        )

    def with_counts(self, at: datetime | None = None) -> Self:
        """Add what follows from rows and time; one query, however many gatherings."""
        at = at or clock.now()
        sessions = apps.get_model("gatherings", "Session").objects.filter(
            gathering=OuterRef("pk"), cancelled_at__isnull=True, closed_at__isnull=True, ends_at__lte=at
        )
        # What closes per session waits after each of them, and after the last for the end of the series.
        ended = Q(ends_at__lte=at) | (Q(closes_per_session=True) & Exists(sessions))
        full = Q(capacity__isnull=False, places_taken__gte=F("capacity"))
        counted = self.with_places(at).annotate(places_taken=F("seats_held") + F("places_kept"))
        return counted.annotate(
            derived_state=Case(
                When(~Q(state=GatheringState.OPEN), then=F("state")),
                When(ended, then=Value(DerivedState.TO_CLOSE.value)),
                When(Q(starts_at__lte=at, ends_at__gt=at), then=Value(DerivedState.RUNNING.value)),
                When(full, then=Value(DerivedState.FULL.value)),
                default=Value(DerivedState.OPEN.value),
                output_field=models.CharField(),
            )
        )

    def to_close(self, at: datetime | None = None) -> Self:
        """Ended and still waiting for attendance and closing."""
        return self.with_counts(at).filter(derived_state=DerivedState.TO_CLOSE)


def count_places(rows: list[Gathering], at: datetime) -> list[Gathering]:
    """These gatherings with what ``with_places`` adds; for a list, counting apart costs half of counting inside."""
    if not rows:
        return rows
    held, waiting, used, unused = (Counter[Any]() for _name in range(4))
    # What is kept comes last, when it is known how much of it is used.
    counted = places_of(gatherings=tuple(row.pk for row in rows), at=at)
    for gathering, group, state, number, _key in sorted(counted, key=lambda row: not row[2]):
        if not state:
            unused[gathering] += max(number - used[group], 0)
        elif state == SeatState.WAITLISTED:
            waiting[gathering] += number
        elif state in HOLDING_SEATS:
            held[gathering] += number
            used[group] += number
    for row in rows:
        row.seats_held, row.waiting, row.places_kept = held[row.pk], waiting[row.pk], unused[row.pk]
    return rows


@written_once
def places_of(*, gatherings: tuple[int, ...], at: datetime) -> models.QuerySet:
    """Rows of gathering, kept place, state, number of seats and highest ``queue_key``.

    A place that is kept at ``at`` is a row without a state, with how many are kept.
    """
    seats = apps.get_model("gatherings", "Seat").objects.filter(gathering__id__in=gatherings).order_by()
    counted = seats.values_list("gathering", "kept_place", "state").annotate(number=Count("pk"), key=Max("queue_key"))
    kept = apps.get_model("gatherings", "KeptPlace").objects.current(at).filter(gathering__id__in=gatherings).order_by()
    return counted.union(kept.values_list("gathering", "pk", Value(""), "places", Value(0)), all=True)


def gathering_known_to(user: User | AnonymousUser, public_id: str) -> Gathering | None:
    """The gathering at an address, with its offering, when ``visible_to`` shows it; one light query for most."""
    gathering: Gathering | None = next(iter(_at_address(public_id=public_id)), None)
    if gathering is None or gathering.is_for_everybody:
        return gathering
    seen = type(gathering).objects.visible_to(user)
    return gathering if seen.filter(pk=gathering.pk).exists() else None


@written_once
def _at_address(*, public_id: str) -> models.QuerySet:
    gatherings = apps.get_model("gatherings", "Gathering").objects
    return gatherings.select_related("offering").order_by().filter(public_id=public_id)[:1]


def _count(rows: models.QuerySet) -> Coalesce:
    counted = rows.order_by().values("gathering").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _kept(at: datetime) -> Coalesce:
    """Places that are kept now and not used yet."""
    used = (
        apps.get_model("gatherings", "Seat")
        .objects.filter(kept_place=OuterRef("pk"), state__in=HOLDING_SEATS)
        .order_by()
        .values("kept_place")
        .annotate(total=Count("pk"))
        .values("total")
    )
    rows = (
        apps.get_model("gatherings", "KeptPlace")
        .objects.current(at)
        .filter(gathering=OuterRef("pk"))
        .annotate(used=Coalesce(Subquery(used, output_field=IntegerField()), 0))
        .order_by()
        .values("gathering")
        .annotate(total=Sum(Greatest(F("places") - F("used"), 0, output_field=IntegerField())))
        .values("total")
    )
    return Coalesce(Subquery(rows, output_field=IntegerField()), 0)


class KeptPlaceQuerySet(models.QuerySet):
    def current(self, at: datetime | None = None) -> Self:
        """Places that are still kept at ``at``."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=at or clock.now()))


class SessionQuerySet(models.QuerySet):
    def held(self) -> Self:
        """Sessions that were not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Sessions that share at least a moment with the given time; ending when the other begins is no overlap."""
        return self.held().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def upcoming(self, at: datetime | None = None) -> Self:
        return self.held().filter(starts_at__gt=at or clock.now())


class SeatQuerySet(models.QuerySet):
    def for_person(self, person: User) -> Self:
        return self.filter(person=person)

    def active(self) -> Self:
        return self.filter(state__in=ACTIVE_SEATS)

    def ahead(self, at: datetime | None = None) -> Self:
        """Active seats in something open that is not over; what is done in one's own pace never is."""
        not_over = Q(gathering__ends_at__isnull=True) | Q(gathering__ends_at__gt=at or clock.now())
        return self.active().filter(not_over, gathering__state=GatheringState.OPEN)

    def expected_at(self, gathering: Gathering, ends_at: datetime | OuterRef) -> Self:
        """Confirmed seats of whom a session that ends then expects.

        Where people join along the way, who came in later is not missed from what was held before.
        """
        seats = self.confirmed().filter(gathering=gathering)
        return seats.filter(confirmed_at__lt=ends_at) if gathering.closes_per_session else seats

    def holding(self) -> Self:
        """Seats that hold a place: confirmed, or offered and not answered yet."""
        return self.filter(state__in=HOLDING_SEATS)

    def confirmed(self) -> Self:
        return self.filter(state=SeatState.CONFIRMED)

    def queue(self, gathering: Gathering) -> Self:
        """Who waits for ``gathering``, first in line first."""
        return self.filter(gathering=gathering, state=SeatState.WAITLISTED).order_by("queue_key")

    def with_position(self) -> Self:
        """Add ``position``: 1 for the first in the queue, without gaps; None for who does not wait."""
        ahead = (
            self.model.objects.filter(
                gathering=OuterRef("gathering"), state=SeatState.WAITLISTED, queue_key__lte=OuterRef("queue_key")
            )
            .order_by()
            .values("gathering")
            .annotate(total=Count("pk"))
            .values("total")
        )
        return self.annotate(
            position=Case(
                When(state=SeatState.WAITLISTED, then=Subquery(ahead, output_field=IntegerField())),
                default=Value(None),
                output_field=IntegerField(),
            )
        )


class SeatOfferQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(state=OfferState.OPEN)

    def overdue(self, at: datetime | None = None) -> Self:
        return self.open().filter(deadline__lte=at or clock.now())


class AttendanceQuerySet(models.QuerySet):
    def of(self, gathering: Gathering) -> Self:
        return self.filter(session__gathering=gathering)


class CorrectionQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        return self.filter(confirmed_at__isnull=True, rejected_at__isnull=True)


class LeadQuerySet(models.QuerySet):
    def current(self, at: datetime | None = None) -> Self:
        return self.filter(current(at or clock.now(), start="starts_at", end="ends_at"))

    def not_ended(self, at: datetime | None = None) -> Self:
        """Who leads at ``at`` or will."""
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at or clock.now()))

"""Learning hours and points of people, for whoever may see them: per person, team and pillar, and the rows behind.

Hours are the net minutes of achievements on record that were completed in the period (definition M5), whatever became
of the paper. Points are booked for each register somebody is in: who is in two counts in both. Nobody's row is here
for somebody else unless the works council agreed (:func:`overseen_by`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, DecimalField, Exists, F, JSONField, Min, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, Right

from academy.common import clock
from academy.gatherings.models import Seat
from academy.knowledge.enums import Pillar
from academy.people.enums import Role
from academy.people.models import Membership, Team, User, WorksCouncilConsent
from academy.people.rules import coordinated_organisations, has_role
from certificates.achievement import OWN
from certificates.credits.enums import CreditEventKind
from certificates.credits.models import AchievementRecord, ActivityForm, CreditEntry, CreditEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from academy.people.querysets import UserQuerySet

ZERO = Decimal("0.00")
CENT = Decimal("0.01")
POINTS = DecimalField(max_digits=9, decimal_places=2)
PILLARS = {key: str(label) for key, label in Pillar.choices}
NO_PILLAR = "zonder pijler"
# What somebody does to stay well is hers; others see that it was, and how long.
VITALITY_TITLE = "Vitaliteit"
SEAT_ID = 16  # every source key ends with the public id of the seat
# Inference: a full week in the collective agreement for social work and youth care.
FULL_WEEK = Decimal(36)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a report is about: achievements from ``first`` to and including ``last``; empty means everything."""

    first: date
    last: date
    team: Team | None = None
    pillar: str = ""
    person: User | None = None

    @property
    def reference_day(self) -> date:
        """On which somebody must belong to a team to count: the end of the period, or today if that is earlier."""
        return min(self.last, clock.today())


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """``expected`` is what we booked, ``granted`` what the register gave of it."""

    minutes: int = 0
    activities: int = 0
    people: int = 0
    expected: Decimal = ZERO
    granted: Decimal = ZERO

    def __add__(self, other: Totals) -> Totals:
        return Totals(**{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine:
    """One line of a report; ``key`` is what the filter of the rows is called by (a public id or a pillar)."""

    key: str
    label: str
    totals: Totals
    note: str = ""


class HourRow(NamedTuple):
    """One achievement of one person, as others may see it: of vitality only that it was."""

    person: str
    name: str
    title: str
    form: str
    pillar: str
    completed_on: date
    minutes: int
    expected: Decimal
    granted: Decimal


@dataclass(frozen=True, slots=True)
class Fte:
    """``people`` of whom ``counted_as_one`` have no contract hours and count as a whole week (M5)."""

    value: Decimal
    people: int
    counted_as_one: int


def consent() -> WorksCouncilConsent | None:
    """What the works council agreed to, as far as it holds today."""
    found: WorksCouncilConsent | None = WorksCouncilConsent.objects.in_force().first()
    return found


def overseen_by(user: User) -> UserQuerySet:
    """People whose hours and registration ``user`` may see because of a role: HR all own staff, a manager the own team.

    Nobody, as long as the works council's consent is not recorded. Oneself is no matter of roles.
    """
    people: UserQuerySet = User.objects.get_queryset()
    if not user.is_authenticated or consent() is None:
        return people.none()
    if has_role(user, Role.HR):
        return people.internal()
    if has_role(user, Role.TEAM_MANAGER):
        return people.internal().in_team_of(user).exclude(pk=user.pk)
    return people.none()


def coordinated_by(user: User) -> UserQuerySet:
    """People of whom ``user`` sees where they take part, and no hours: those of the organisation she coordinates."""
    people: UserQuerySet = User.objects.active().filter(pk__in=_coordinated_places(user).values("person"))
    return people


def coordinated_since(user: User, person: User) -> date | None:
    """The first day of the place for which ``user`` sees ``person``; None when she does not."""
    first: date | None = _coordinated_places(user).filter(person=person).aggregate(day=Min("starts_on"))["day"]
    return first


def _coordinated_places(user: User) -> QuerySet[Membership]:
    return Membership.objects.current().filter(
        organisation__in=coordinated_organisations(user), approved_at__isnull=False
    )


def staff_places(on: date, team: Team | None = None) -> QuerySet[Membership]:
    """Who belongs to our own organisations on a day."""
    places = Membership.objects.current(on).filter(organisation__is_own=True)
    return places if team is None else places.filter(team=team)


def people_of(people: UserQuerySet, wanted: Wanted) -> UserQuerySet:
    """Those of ``people`` whom the report is about."""
    found = people.filter(pk__in=staff_places(wanted.reference_day, wanted.team).values("person"))
    return found if wanted.person is None else found.filter(pk=wanted.person.pk)


def _pillar(path: str) -> Subquery:
    """The pillar of the offering that the seat of a source key was in."""
    seat = Seat.objects.filter(public_id=Right(OuterRef(path), SEAT_ID))
    return Subquery(seat.values("gathering__offering__pillar")[:1])


def records(people: UserQuerySet, wanted: Wanted) -> QuerySet[AchievementRecord]:
    """The achievements behind every number, with ``pillar``; not those that a correction emptied or
    that nobody vouches for.
    """
    found = (
        AchievementRecord.objects.in_force()
        .filter(subject__person__in=people, completed_on__range=(wanted.first, wanted.last), minutes__gt=0)
        .exclude(source_key__startswith=OWN)
    )
    if wanted.pillar:
        found = found.annotate(pillar=_pillar("source_key")).filter(pillar=wanted.pillar)
    return found


def _entries(people: UserQuerySet, wanted: Wanted) -> QuerySet[CreditEntry]:
    found = (
        CreditEntry.objects.filter(subject__person__in=people, completed_on__range=(wanted.first, wanted.last))
        .exclude(requirement="")
        .exclude(record__source_key__startswith=OWN)
    )
    if wanted.pillar:
        found = found.annotate(pillar=_pillar("record__source_key")).filter(pillar=wanted.pillar)
    return found


def _summed(people: UserQuerySet, wanted: Wanted, *, of_record: Any, of_entry: Any) -> dict[Any, Totals]:
    """Minutes and points per value of an expression, in three aggregates however many rows there are."""
    rows = records(people, wanted).order_by().values(column=of_record)
    found = {
        row["column"]: Totals(minutes=row["total"], activities=row["number"])
        for row in rows.annotate(total=Sum("minutes"), number=Count("pk"))
    }
    entries = _entries(people, wanted).order_by()
    for row in entries.values(column=of_entry).annotate(total=Sum("points_expected")):
        points = Totals(expected=row["total"].quantize(CENT))
        found[row["column"]] = found.get(row["column"], Totals()) + points
    later = CreditEvent.objects.filter(entry=OuterRef("pk"), seq__gt=OuterRef("events__seq"))
    granted = entries.filter(~Exists(later), events__kind=CreditEventKind.GRANTED)
    for row in granted.values(column=of_entry).annotate(total=Sum("events__points")):
        points = Totals(granted=row["total"].quantize(CENT))
        found[row["column"]] = found.get(row["column"], Totals()) + points
    return found


def per_person(people: UserQuerySet, wanted: Wanted) -> dict[int, Totals]:
    """Totals by key of the person; who did nothing in the period is not in it."""
    return _summed(people, wanted, of_record=F("subject__person"), of_entry=F("subject__person"))


def person_lines(people: Iterable[User], totals: dict[int, Totals], teams: dict[int, str]) -> list[HoursLine]:
    return [
        HoursLine(
            key=person.public_id,
            label=person.full_name,
            totals=totals.get(person.pk, Totals()),
            note=teams.get(person.pk, ""),
        )
        for person in people
    ]


def team_lines(people: UserQuerySet, wanted: Wanted) -> list[HoursLine]:
    """A line for each team with members in scope; who is in two teams counts in both."""
    totals = per_person(people, wanted)
    places = staff_places(wanted.reference_day, wanted.team).filter(person__in=people, team__isnull=False)
    members: dict[tuple[str, str], Totals] = defaultdict(Totals)
    for person, key, name, organisation in places.values_list(
        "person", "team__public_id", "team__name", "team__organisation__name"
    ):
        members[key, f"{name} ({organisation})"] += replace(totals.get(person, Totals()), people=1)
    return [
        HoursLine(key=key, label=label, totals=found)
        for (key, label), found in sorted(members.items(), key=lambda pair: pair[0][1])
    ]


def pillar_lines(people: UserQuerySet, wanted: Wanted) -> list[HoursLine]:
    """A line for each pillar, also an empty one; and one for what has no offering of ours behind it."""
    sums = _summed(people, wanted, of_record=_pillar("source_key"), of_entry=_pillar("record__source_key"))
    lines = [
        HoursLine(key=key, label=str(label), totals=sums.get(key, Totals()))
        for key, label in Pillar.choices
        if wanted.pillar in ("", key)
    ]
    return lines + [HoursLine(key="", label=NO_PILLAR, totals=sums[key]) for key in sums if key is None]


def total_of(people: UserQuerySet, wanted: Wanted) -> Totals:
    """Everything together; nobody counts twice."""
    return replace(sum(per_person(people, wanted).values(), Totals()), people=people.count())


def team_names(people: Iterable[int] | UserQuerySet, on: date) -> dict[int, str]:
    """The teams of each person on a day, in words."""
    places = staff_places(on).filter(person__in=people, team__isnull=False).order_by("team__name")
    names: dict[int, list[str]] = defaultdict(list)
    for person, name in places.values_list("person", "team__name"):
        names[person].append(name)
    return {person: ", ".join(found) for person, found in names.items()}


def hour_rows(people: UserQuerySet, wanted: Wanted) -> QuerySet[AchievementRecord]:
    """The achievements with all that :func:`as_row` shows; newest first."""
    entries = CreditEntry.objects.filter(record=OuterRef("pk")).exclude(requirement="").order_by()
    later = CreditEvent.objects.filter(entry=OuterRef("entry"), seq__gt=OuterRef("seq"))
    events = CreditEvent.objects.filter(
        ~Exists(later), kind=CreditEventKind.GRANTED, entry__in=entries.values("pk")
    ).order_by()
    expects = entries.values("record").annotate(total=Sum("points_expected")).values("total")
    gives = events.values("entry__record").annotate(total=Sum("points")).values("total")
    return (
        records(people, wanted)
        .annotate(
            column=_pillar("source_key"),
            title=KeyTextTransform("title", Cast("payload_json", JSONField())),
            expected=Coalesce(Subquery(expects, output_field=POINTS), ZERO, output_field=POINTS),
            granted=Coalesce(Subquery(gives, output_field=POINTS), ZERO, output_field=POINTS),
        )
        .order_by("-completed_on", "-seq")
    )


def read_rows(rows: QuerySet[AchievementRecord]) -> Iterator[HourRow]:
    """The rows one by one; nothing but some thousands is kept in memory."""
    forms = dict(ActivityForm.objects.values_list("code", "label"))
    person = ("subject__person__public_id", "subject__person__full_name")
    facts = ("title", "form", "column", "completed_on", "minutes", "expected", "granted")
    for public_id, name, title, form, pillar, *rest in rows.values_list(*person, *facts).iterator(chunk_size=2000):
        shown = VITALITY_TITLE if pillar == Pillar.VITALITY else title
        yield HourRow(public_id, name, shown, forms.get(form, form), PILLARS.get(pillar, NO_PILLAR), *rest)


def average_fte(people: UserQuerySet, wanted: Wanted) -> Fte:
    """The average number of full-time weeks over the period, of the places people had in our own organisations."""
    days = (wanted.last - wanted.first).days + 1
    places = Membership.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=wanted.first),
        person__in=people,
        organisation__is_own=True,
        starts_on__lte=wanted.last,
    )
    value, unknown, seen = Decimal(0), set(), set()
    for person, hours, starts_on, ends_on in places.values_list("person", "weekly_hours", "starts_on", "ends_on"):
        after = wanted.last + timedelta(days=1)
        present = (min(ends_on or after, after) - max(starts_on, wanted.first)).days
        seen.add(person)
        if hours is None:
            unknown.add(person)
        value += (Decimal(1) if hours is None else hours / FULL_WEEK) * present / days
    return Fte(value.quantize(CENT), len(seen), len(unknown))

"""The catalogue: what somebody asked for in the address, and the cards that answer it.

Every number of offerings costs the same: a page reads at most ``MOST`` keys, and queries per page are constant.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db.models import Exists, Min, OuterRef, Q, Subquery, Value
from django.urls import reverse
from django.utils.text import capfirst

from academy.common import clock, formats
from academy.common.questions import written_once
from academy.gatherings.enums import Form, OfferingKind, VenueKind
from academy.gatherings.kinds import KINDS, kind_of
from academy.gatherings.models import FOUND_AS, Accreditation, Gathering, KeptPlace, Offering, Session
from academy.gatherings.querysets import count_places
from academy.gatherings.situations import Points, Situation, points, situation, when
from academy.knowledge.enums import Pillar
from academy.knowledge.models import Theme
from academy.knowledge.search import MOST_CHARACTERS, find, read
from academy.pages.querysets import closed_paths
from academy.people.models import Region
from certificates.credits.models import Registration

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from academy.gatherings.querysets import GatheringQuerySet, OfferingQuerySet
    from academy.people.models import User

PER_PAGE = 12
# Up to so many hits are put in the order in which they begin; more than that nobody reads, and they stand newest first.
MOST = 10 * PER_PAGE
# What of a gathering says when it is and how it stands.
OF_A_DATE = (
    "public_id",
    "kind",
    "offering",
    "state",
    "capacity",
    "opens_at",
    "closes_at",
    "closes_per_session",
    "starts_at",
    "ends_at",
)
RUNS_ON_A_CARD = 2
MOST_RUNS = 200
MONTHS_AHEAD = 12
# What a card is made of.
ON_A_CARD = ("pk", "title", "slug", "introduction", "form", "kind", "study_load_minutes", "price")
# Themes and regions to choose from change seldom; they are as old as a public page may be.
CHOICES_KEY, CHOICES_SECONDS = "gatherings.catalogue.choices", 30
# One more than a question may have, so that a longer one is told so.
LONGEST_VALUE = MOST_CHARACTERS + 1
LONGEST_NUMBER = 4
# What the address calls them.
NAMES = {
    "words": "q",
    "theme": "thema",
    "form": "vorm",
    "kind": "soort",
    "pillar": "pijler",
    "region": "regio",
    "period": "periode",
    "mine": "kamer",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What somebody chose; ``period`` is a month such as ``2027-03``, ``mine`` asks for points in one's own chamber."""

    words: str = ""
    theme: str = ""
    form: str = ""
    kind: str = ""
    pillar: str = ""
    region: str = ""
    period: str = ""
    mine: str = ""

    @property
    def any(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def chosen(self) -> int:
        """How many choices were made besides words."""
        return sum(1 for field in fields(self) if field.name != "words" and getattr(self, field.name))

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> Filters:
        """What stands in the address, whatever it is."""
        return cls(
            **{name: (query.get(key) or "")[:LONGEST_VALUE].replace("\x00", "").strip() for name, key in NAMES.items()}
        )


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing to choose by; ``name`` is its name in the address."""

    name: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> str:
        return next((choice.value for choice in self.choices if choice.chosen), "")


@dataclass(frozen=True, slots=True)
class Date:
    """One gathering of an offering, on its card."""

    url: str
    when: str
    situation: Situation


@dataclass(frozen=True, slots=True)
class Card:
    """One offering; ``facts`` is its form, study load and price in one line."""

    title: str
    url: str
    introduction: str
    facts: str
    is_elsewhere: bool
    points: Points | None
    dates: tuple[Date, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The answer: cards, a page of them, and every facet.

    ``many`` says that there are more hits than were counted, ``problem`` why nothing could be looked for.
    """

    filters: Filters
    facets: Mapping[str, Facet]
    cards: tuple[Card, ...]
    page: Page[Any]
    many: bool
    registered: bool
    problem: str
    most: int = MOST


def catalogue(user: User | AnonymousUser, query: Mapping[str, str]) -> Catalogue:
    """What ``user`` may see of what the address asks for; what it asks and is no choice counts as not asked."""
    asked, at = Filters.asked(query), clock.now()
    registrations = registrations_of(user)
    facets = _facets(asked, at)
    chosen = {name: facet.chosen for name, facet in facets.items()}
    filters = Filters(words=asked.words, mine="1" if asked.mine and registrations else "", **chosen)
    offerings = _fitting(user, filters, registrations, at)
    rows, page, many = _page(offerings, query.get("page", "1"), at, ranked=_ranked(filters))
    return Catalogue(
        filters=filters,
        facets=facets,
        cards=cards_of(user, rows, registrations, at),
        page=page,
        many=many,
        registered=bool(registrations),
        problem=read(filters.words).problem if filters.words else "",
    )


def registrations_of(user: User | AnonymousUser) -> list[Registration]:
    """The registrations that points may count for."""
    if not user.is_authenticated:
        return []
    return list(Registration.objects.active().filter(person_id=user.pk).select_related("chamber"))


def coming(user: User | AnonymousUser, at: datetime) -> GatheringQuerySet:
    """Gatherings that ``user`` may see and that one may still come to, or could soon."""
    unlisted = [kind.name for kind in KINDS.values() if not kind.is_listed]
    found: GatheringQuerySet = Gathering.objects.visible_to(user).joinable(at)
    return found.exclude(kind__in=unlisted)


def _facets(asked: Filters, at: datetime) -> dict[str, Facet]:
    rows = cache.get_or_set(CHOICES_KEY, _themes_and_regions, CHOICES_SECONDS)
    choices = {
        "theme": [row[1:] for row in rows if row[0] == "theme"],
        "form": Form.choices,
        "kind": OfferingKind.choices,
        "pillar": Pillar.choices,
        "region": [row[1:] for row in rows if row[0] == "region"],
        "period": _months(at),
    }
    return {
        name: Facet(
            NAMES[name], tuple(Choice(value, str(label), value == getattr(asked, name)) for value, label in pairs)
        )
        for name, pairs in choices.items()
    }


def _themes_and_regions() -> list[tuple[str, str, str]]:
    """Those that lead somewhere, in one query; who may see what is found by them is decided later."""
    used = Offering.themes.through.objects.filter(offering__live=True)
    kept = KeptPlace.objects.filter(municipality__region=OuterRef("pk"))
    held = _held_in(OuterRef("pk"))
    themes = (
        Theme.objects.filter(
            Exists(used.filter(theme=OuterRef("pk"))) | Exists(used.filter(theme__parent=OuterRef("pk")))
        )
        .order_by()
        .values_list(Value("theme"), "slug", "name")
    )
    regions = Region.objects.filter(Exists(kept) | Exists(held)).order_by().values_list(Value("region"), "slug", "name")
    return sorted(themes.union(regions, all=True), key=lambda row: row[2])


def _held_in(region: Any) -> Any:
    """Sessions to come in a region. Where a closed place is, is told to nobody who does not come there."""
    return Session.objects.upcoming().filter(venue__kind=VenueKind.OPEN, venue__municipality__region=region)


def _months(at: datetime) -> list[tuple[str, str]]:
    day, months = at.astimezone(clock.AMSTERDAM).date().replace(day=1), []
    for _number in range(MONTHS_AHEAD):
        months.append((f"{day:%Y-%m}", formats.month(day)))
        day = _next_month(day)
    return months


def _next_month(day: date) -> date:
    return (day + timedelta(days=31)).replace(day=1)


def _ranked(filters: Filters) -> list[int] | None:
    return find(filters.words, FOUND_AS.values()) if filters.words else None


def _fitting(
    user: User | AnonymousUser, filters: Filters, registrations: Sequence[Registration], at: datetime
) -> OfferingQuerySet:
    found: OfferingQuerySet = Offering.objects.visible_to(user, closed_paths(user))
    for name in ("form", "kind", "pillar"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    if filters.theme:
        themes = Offering.themes.through.objects.filter(offering=OuterRef("pk"))
        found = found.filter(Exists(themes.filter(Q(theme__slug=filters.theme) | Q(theme__parent__slug=filters.theme))))
    gatherings = coming(user, at).filter(offering=OuterRef("pk"))
    if filters.region:
        kept = KeptPlace.objects.filter(gathering=OuterRef("pk"), municipality__region__slug=filters.region)
        held = _held_in(Subquery(Region.objects.filter(slug=filters.region).values("pk")))
        held = held.filter(gathering=OuterRef("pk"))
        found = found.filter(Exists(gatherings.filter(Exists(kept) | Exists(held))))
    if filters.period:
        first = datetime.strptime(filters.period, "%Y-%m").date()  # noqa: DTZ007 -- a month, made aware below
        month = [clock.amsterdam(day, time()) for day in (first, _next_month(first))]
        found = found.filter(
            Exists(gatherings.filter(sessions__starts_at__gte=month[0], sessions__starts_at__lt=month[1]))
        )
    if filters.mine:
        found = found.filter(Exists(_counting_for(registrations).filter(offering=OuterRef("pk"))))
    return found


def _counting_for(registrations: Sequence[Registration]) -> Any:
    """Accreditations of today that fit one of these registrations (the query beside ``eligibility.fits``)."""
    chambers = [held.chamber_id for held in registrations]
    registers = [held.chamber.register_id for held in registrations]
    return Accreditation.objects.granted_on(clock.today()).filter(
        Q(chamber__in=chambers) | Q(chamber__isnull=True, register__in=registers)
    )


def _page(
    offerings: OfferingQuerySet, asked: str, at: datetime, *, ranked: list[int] | None
) -> tuple[list[dict[str, Any]], Page[Any], bool]:
    """The rows of one page. A search keeps its ranking; else what begins first stands first, or the newest of many."""
    rows = offerings.order_by("-page_ptr_id").values(*ON_A_CARD)
    if ranked is not None:
        place = {pk: number for number, pk in enumerate(ranked)}
        hits = sorted(rows.filter(pk__in=ranked), key=lambda row: place[row["pk"]])
        return _sliced(hits, asked, many=False)
    hits = list(rows[: MOST + 1])
    if len(hits) > MOST:
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= LONGEST_NUMBER else 1
        skipped = max(number - 1, 0) * PER_PAGE
        further = list(rows[skipped : skipped + MOST + 1]) if skipped else []
        # Known are the pages before this one and the next ten; that is all a pager shows.
        return _sliced([{}] * skipped + further, asked, many=True) if further else _sliced(hits, "1", many=True)
    starts = _next_starts([hit["pk"] for hit in hits], at)
    hits.sort(key=lambda row: (row["pk"] not in starts, starts.get(row["pk"]), row["title"]))
    return _sliced(hits, asked, many=False)


def _next_starts(keys: Sequence[int], at: datetime) -> dict[int, datetime]:
    """When each of these offerings begins next, of those that do."""
    return dict(_beginnings(offerings=tuple(keys), at=at)) if keys else {}


@written_once
def _beginnings(*, offerings: tuple[int, ...], at: datetime) -> QuerySet[Any]:
    begin = Gathering.objects.joinable(at).filter(offering__id__in=offerings).beginnings(at).order_by()
    return begin.values_list("offering").annotate(first=Min("sessions__starts_at"))


def _sliced(hits: list[dict[str, Any]], asked: str, *, many: bool) -> tuple[list[dict[str, Any]], Page[Any], bool]:
    page = Paginator(hits, PER_PAGE).get_page(asked)
    return [row for row in page.object_list if row], page, many


def cards_of(
    user: User | AnonymousUser, rows: Sequence[Mapping[str, Any]], registrations: Sequence[Registration], at: datetime
) -> tuple[Card, ...]:
    """Cards for rows with the values of :data:`ON_A_CARD`, with the dates that ``user`` may see."""
    keys = [row["pk"] for row in rows]
    if not keys:
        return ()
    gatherings = _by_offering(count_places(_dated(user, tuple(keys), at), at))
    accreditations = _by_offering(_accreditations(offerings=tuple(keys)))
    return tuple(
        Card(
            title=row["title"],
            url=reverse("offering", args=[row["slug"]]),
            introduction=row["introduction"],
            facts=_facts(row),
            is_elsewhere=row["kind"] == OfferingKind.EXTERNAL,
            points=points(accreditations.get(row["pk"], ()), registrations),
            dates=tuple(dates_of(islice(gatherings.get(row["pk"], ()), RUNS_ON_A_CARD), at)),
            more=max(len(gatherings.get(row["pk"], ())) - RUNS_ON_A_CARD, 0),
        )
        for row in rows
    )


def _dated(user: User | AnonymousUser, offerings: tuple[int, ...], at: datetime) -> list[Gathering]:
    if user.is_authenticated:  # what she may see is asked in as many ways as there are roles
        return list(_dates_of(coming(user, at), offerings))
    return _dates_for_everybody(offerings=offerings, at=at)


@written_once
def _dates_for_everybody(*, offerings: tuple[int, ...], at: datetime) -> QuerySet[Any]:
    return _dates_of(coming(AnonymousUser(), at), offerings)


def _dates_of(gatherings: GatheringQuerySet, offerings: tuple[int, ...]) -> GatheringQuerySet:
    found: GatheringQuerySet = (
        gatherings.filter(offering__id__in=offerings).only(*OF_A_DATE).order_by("starts_at", "pk")
    )
    return found[:MOST_RUNS]


@written_once
def _accreditations(*, offerings: tuple[int, ...]) -> QuerySet[Any]:
    return Accreditation.objects.filter(offering__id__in=offerings).select_related("register").order_by()


def _facts(row: Mapping[str, Any]) -> str:
    facts = [capfirst(str(Form(row["form"]).label))]
    if row["study_load_minutes"]:
        facts.append(formats.minutes(row["study_load_minutes"]))
    if row["price"]:
        facts.append(f"€ {formats.number(row['price'], 2)}")
    return " · ".join(facts)


def dates_of(gatherings: Iterable[Gathering], at: datetime) -> Iterable[Date]:
    for gathering in gatherings:
        yield Date(kind_of(gathering).url(gathering), when(gathering), situation(gathering, at))


def _by_offering(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.offering_id, []).append(row)
    return found

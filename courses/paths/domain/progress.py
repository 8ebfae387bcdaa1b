"""How far somebody is on leerroutes: what is done, what is planned, what comes next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.core.cache import cache
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Right
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.common.identifiers import public_id
from academy.gatherings.models import Offering, Seat
from academy.people.rules import memberships
from certificates.credits.models import AchievementRecord
from courses.paths.models import PathPage, PathStep

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import User

# So long after the last date of a leerroute it still stands on somebody's first page.
LINGERS = timedelta(days=90)
SECONDS = 300
KEY_LENGTH = len(public_id())


@dataclass(frozen=True, slots=True)
class Step:
    """One step as one reader sees it; ``state`` is done, now or later, as the stepper draws them."""

    title: str
    url: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """What a leerroute says of one offering."""

    offering: int
    title: str
    url: str
    due_days: int | None
    times: int
    is_mandatory: bool
    note: str


@dataclass(frozen=True, slots=True)
class Route:
    """A leerroute as it is published, without the stages that its reader may not read about."""

    key: int
    title: str
    slug: str
    introduction: str
    functions: frozenset[int]
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A leerroute with its steps; ``last_due`` is the last date by which one of them should be done."""

    path: Route
    steps: tuple[Step, ...]
    last_due: date | None

    @property
    def done(self) -> int:
        return sum(step.state == "done" for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def next(self) -> Step | None:
        """What to do now; None when everything is done, and for who is not logged in."""
        return next((step for step in self.steps if step.state == "now"), None)


@dataclass(frozen=True, slots=True)
class _Facts:
    """Of one reader: how often an offering was completed, and when it begins that she has a seat in."""

    completed: dict[int, int]
    seated: dict[int, datetime | None]


def progress_on(paths: Iterable[PathPage], user: User | AnonymousUser) -> list[Progress]:
    """How far ``user`` is on each of these; a constant number of queries. A step she may not read about is left out."""
    ahead = Seat.objects.ahead().filter(person=user.pk).select_related("gathering")
    return _progress_on(_routes(list(paths), user), user, ahead.order_by("gathering__starts_at", "pk"))


def paths_of(person: User, ahead: Iterable[Seat]) -> list[Progress]:
    """What stands on the first page of ``person``: the leerroutes meant for her that are not done.

    One with dates goes from there ninety days after the last of them. ``ahead`` are her seats in what is not over, in
    order. What a leerroute says may be five minutes old; how far she is, never.
    """

    def meant() -> list[Route]:
        return _routes(list(PathPage.objects.meant_for(person).order_by("title")), person)

    routes = cast("list[Route]", cache.get_or_set(f"paths.meant_for.{person.pk}", meant, SECONDS))
    today = clock.today()
    return [
        found
        for found in _progress_on(routes, person, ahead)
        if found.next is not None and (found.last_due is None or found.last_due + LINGERS >= today)
    ]


def _routes(paths: Sequence[PathPage], user: User | AnonymousUser) -> list[Route]:
    rows = PathStep.objects.filter(path__in=paths, offering__in=Offering.objects.visible_to(user))
    stages: dict[int, list[Stage]] = defaultdict(list)
    for step in rows.select_related("offering").order_by("sort_order", "pk"):
        url = reverse("offering", args=[step.offering.slug])
        facts = (step.due_days, step.times, step.is_mandatory, step.note)
        stages[step.path_id].append(Stage(step.offering_id, step.offering.title, url, *facts))
    functions: dict[int, set[int]] = defaultdict(set)
    pairs = PathPage.functions.through.objects.filter(pathpage__in=paths)
    for path, function in pairs.values_list("pathpage", "jobfunction"):
        functions[path].add(function)
    return [
        Route(path.pk, path.title, path.slug, path.introduction, frozenset(functions[path.pk]), tuple(stages[path.pk]))
        for path in paths
    ]


def _progress_on(routes: Sequence[Route], user: User | AnonymousUser, ahead: Iterable[Seat]) -> list[Progress]:
    facts = _facts_of(user, ahead) if user.is_authenticated and routes else None
    return [_progress(route, facts, _first_day(route, user)) for route in routes]


def _first_day(route: Route, user: User | AnonymousUser) -> date | None:
    """The first day of work in the place that the leerroute is for; of several the latest."""
    held = [one for one in memberships(user) if not route.functions or one.job_function_id in route.functions]
    return max((one.starts_on for one in held), default=None)


def _facts_of(user: User, ahead: Iterable[Seat]) -> _Facts:
    """The last part of the key of a record is the seat it was earned with."""
    earned = Seat.objects.filter(public_id=Right(OuterRef("source_key"), KEY_LENGTH))
    records = AchievementRecord.objects.in_force().filter(subject__person=user)
    completed: dict[int, int] = defaultdict(int)
    for record in records.annotate(offering=Subquery(earned.values("gathering__offering")[:1])):
        completed[record.offering] += _counts(record)
    return _Facts(completed, {seat.gathering.offering_id: seat.gathering.starts_at for seat in ahead})


def _counts(record: AchievementRecord) -> bool:
    """A paper, or one meeting of a series; lessons that only prepare for something are neither."""
    facts = record.payload
    return bool(facts["certificate"] or (facts["series"] and record.minutes))


def _progress(route: Route, facts: _Facts | None, began: date | None) -> Progress:
    found: list[Step] = []
    is_next = facts is not None
    for stage in route.stages:
        done = facts is not None and facts.completed[stage.offering] >= stage.times
        state = "done" if done else "now" if is_next else "later"
        is_next = is_next and state == "done"
        found.append(Step(stage.title, stage.url, state, _words(stage, facts, began, done=done)))
    days = [stage.due_days for stage in route.stages if stage.due_days is not None]
    last_due = began + timedelta(days=max(days)) if began is not None and days else None
    return Progress(route, tuple(found), last_due)


def _words(stage: Stage, facts: _Facts | None, began: date | None, *, done: bool) -> str:
    """What stands under a step: how it stands with it, else by when; then what there is to know."""
    standing = _("gedaan") if done else _planned(stage, facts)
    words = [standing or _due(stage, began)]
    if stage.times > 1:
        had = 0 if facts is None else min(facts.completed[stage.offering], stage.times)
        words.append(_("%(had)d van de %(times)d keer") % {"had": had, "times": stage.times})
    if not stage.is_mandatory:
        words.append(_("mag, hoeft niet"))
    return " · ".join(word for word in (*words, stage.note) if word)


def _planned(stage: Stage, facts: _Facts | None) -> str:
    if facts is None or stage.offering not in facts.seated:
        return ""
    start = facts.seated[stage.offering]
    if start is None or start <= clock.now():
        return _("begonnen")
    return _("gepland op %(day)s") % {"day": formats.day(start)}


def _due(stage: Stage, began: date | None) -> str:
    if stage.due_days is None:
        return ""
    if began is None:
        return _("binnen %(days)d dagen") % {"days": stage.due_days}
    due = began + timedelta(days=stage.due_days)
    if due < clock.today():
        return _("had klaar kunnen zijn op %(day)s") % {"day": formats.short_day(due)}
    return _("klaar voor %(day)s") % {"day": formats.short_day(due)}

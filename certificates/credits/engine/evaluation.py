"""How far somebody is: every entry weighed, added up along the tree, and set against the pace of the period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from certificates.credits.engine.eligibility import CENT, assess, points_of
from certificates.credits.engine.values import ZERO, Assessment, Booking, DemandResult, EntryResult, Result

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certificates.credits.engine.values import Demand, Dossier, Entry, Rules

ONE = Decimal("1.00")
AMBER = Decimal("0.75")
LAST_MONTHS = 6
WORST_FIRST = ("at_risk", "behind", "on_track")


def evaluate(dossier: Dossier) -> Result:
    """Weigh every entry of ``dossier`` and say where its owner stands on ``dossier.today``."""
    entries = weigh(dossier)
    bookings = [Booking(requirement=part.requirement, points=part.points, fulfils=part.fulfils) for part in entries]
    return replace(stand(dossier, bookings), entries=entries)


def latest_submission(due: date) -> date:
    """The last day on which a period can be handed in: the day before the herregistratiedatum."""
    return due - timedelta(days=1)


def following_period(submitted_on: date, years: int) -> tuple[date, date]:
    """The next period: it starts on the day of handing in, not of the decision, and is due years later."""
    return submitted_on, submitted_on + relativedelta(years=years)


def weigh(dossier: Dossier) -> tuple[EntryResult, ...]:
    """Each entry with its demand, points or reason; per hour they are the growth of the rounded total of a series."""
    known: set[str] = set()
    booked: dict[tuple[str, str], list[tuple[int, Decimal]]] = defaultdict(list)
    results: dict[int, EntryResult] = {}
    for index, entry in sorted(enumerate(dossier.entries), key=lambda pair: (pair[1].completed_on, pair[0])):
        found = _in_context(entry, dossier, known)
        points = found.points or ZERO
        if found.requirement and found.points is None:
            parts = booked[entry.series or f"#{index}", found.requirement]
            before = points_of(parts)
            parts.append((found.minutes, found.divisor))
            points = points_of(parts) - before
        results[index] = EntryResult(
            index=index,
            requirement=found.requirement,
            points=points,
            reason=found.reason,
            notes=found.notes,
            fulfils=found.fulfils,
        )
    return tuple(results[index] for index in range(len(dossier.entries)))


def _in_context(entry: Entry, dossier: Dossier, known: set[str]) -> Assessment:
    if dossier.registers and not set(dossier.registers) & set(dossier.rules.chambers):
        return Assessment(reason="wrong_chamber")
    found = assess(entry, dossier.rules)
    if found.reason:
        return found
    outside = period_reason(
        dossier.rules,
        found.fulfils,
        entry.completed_on,
        start=dossier.start,
        due=dossier.due,
        submitted_on=dossier.submitted_on,
    )
    if outside:
        return Assessment(reason=outside)
    if entry.identity and entry.identity in known:
        return Assessment(reason="duplicate")
    known.add(entry.identity)
    return found


def period_reason(rules: Rules, fulfils: str, day: date, *, start: date, due: date, submitted_on: date | None) -> str:
    """Why an activity completed on ``day`` is not in this period; empty when it is.

    What is completed after handing in belongs to the next period, except a demand that may not be carried over;
    that one, and what was completed on the very day, is for a person to decide.
    """
    if not start <= day < due:
        return "outside_period"
    if submitted_on is None or day < submitted_on:
        return ""
    stays = any(demand.key == fulfils and not demand.carry_over for demand in rules.demands)
    return "manual_review" if stays or day == submitted_on else "outside_period"


def stand(dossier: Dossier, bookings: Iterable[Booking]) -> Result:
    """Set bookings that were weighed before against the demands of the rule set."""
    demands = [
        part for part in dossier.rules.demands if not part.conditional_on or part.conditional_on in dossier.flags
    ]
    raw: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for booking in bookings:
        raw[booking.requirement] += booking.points
        if booking.fulfils:
            raw[booking.fulfils] = ONE
    unknown: set[str] = set()
    for demand in demands:
        if demand.kind == "hours":
            hours = dossier.work_hours_specific if demand.is_part else dossier.work_hours
            raw[demand.key] += hours or ZERO
            if hours is None:
                unknown.add(demand.key)
        elif demand.kind in {"flag", "document"}:
            raw[demand.key] = _present(demand, dossier, raw[demand.key])
    counted: dict[str, Decimal] = {}
    for demand in reversed(demands):  # children stand below their parents
        came_in = raw[demand.key] + sum(
            (counted[child.key] for child in demands if child.parent == demand.key and not child.is_part), ZERO
        )
        raw[demand.key] = came_in
        counted[demand.key] = came_in if demand.counted_max is None else min(came_in, demand.counted_max)
    lines = tuple(
        _line(demand, raw[demand.key], counted[demand.key], dossier, is_known=demand.key not in unknown)
        for demand in demands
    )
    return Result(status=_overall(lines, dossier.rules), requirements=lines)


def _present(demand: Demand, dossier: Dossier, fulfilled: Decimal) -> Decimal:
    """1 when the document is there or the part was done, with the paper that must come with it."""
    there = demand.key in dossier.documents or bool(fulfilled)
    return ONE if there and (not demand.needs or demand.needs in dossier.documents) else ZERO


def _line(demand: Demand, raw: Decimal, counted: Decimal, dossier: Dossier, *, is_known: bool) -> DemandResult:
    minimum = demand.minimum or (ONE if demand.kind in {"flag", "document"} else ZERO)
    shortfall = max(ZERO, minimum - counted)
    elapsed = _elapsed(dossier)
    return DemandResult(
        key=demand.key,
        label=demand.label,
        kind=demand.kind,
        minimum=minimum,
        raw=raw,
        counted=counted,
        surplus=raw - counted,
        shortfall=shortfall,
        pace=(minimum * elapsed).quantize(CENT, ROUND_DOWN),
        status=_status(demand, counted, minimum, elapsed, dossier) if is_known else "unknown",
        hard=demand.hard,
    )


def _elapsed(dossier: Dossier) -> Decimal:
    """The share of the period that has passed, from 0 to 1."""
    passed = Decimal((dossier.today - dossier.start).days)
    return min(max(passed / (dossier.due - dossier.start).days, Decimal(0)), Decimal(1))


def _status(demand: Demand, counted: Decimal, minimum: Decimal, elapsed: Decimal, dossier: Dossier) -> str:
    if dossier.rules.status == "unverified":
        return "unknown"
    if counted >= minimum:
        return "met" if dossier.rules.is_verified else "on_track"
    late = dossier.today + relativedelta(months=LAST_MONTHS) >= dossier.due
    if demand.within_months is not None:
        late = dossier.today >= dossier.start + relativedelta(months=demand.within_months)
    if late:
        return "at_risk"
    if demand.kind in {"flag", "document"}:
        return "behind"
    if counted >= minimum * elapsed:
        return "on_track"
    return "behind" if counted >= AMBER * minimum * elapsed else "at_risk"


def _overall(lines: tuple[DemandResult, ...], rules: Rules) -> str:
    """The worst of the hard demands; ``met`` only when nothing is unknown and the rules were verified."""
    found = {line.status for line in lines if line.hard}
    if found == {"met"}:
        return "met"
    if rules.status == "unverified" or found <= {"unknown"}:
        return "unknown"
    return next((status for status in WORST_FIRST if status in found), "on_track")

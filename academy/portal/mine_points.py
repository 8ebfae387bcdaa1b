"""The registration meter: what was granted, is expected and is booked, set against what the register asks for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from academy.common import clock, formats
from academy.portal.charts import Bar, meter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from academy.gatherings.models import Seat
    from certificates.credits.domain.standing import Standing, StandingLine

ZERO = Decimal(0)
# A pace says something after a month.
PACE_DAYS = 30
BEGIN, MIDDLE = 10, 20
# Word and class of a status, for every screen that shows one.
STATUS = {
    "met": (gettext_lazy("voldoet"), "done"),
    "on_track": (gettext_lazy("op koers"), "done"),
    "behind": (gettext_lazy("loopt achter"), "soon"),
    "at_risk": (gettext_lazy("vraagt aandacht"), "late"),
    "unknown": (gettext_lazy("nog niet te zeggen"), "quiet"),
}


@dataclass(frozen=True, slots=True)
class Planned:
    """Points that a seat promises for a requirement; ``on`` is the last day, None for one's own pace."""

    requirement: str
    points: Decimal
    on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement: the figures of the table, and the bar when it is about points that are needed."""

    line: StandingLine
    granted: Decimal
    expected: Decimal
    planned: Decimal
    word: str
    kind: str
    bar: Bar | None
    words: str


@dataclass(frozen=True, slots=True)
class Meter:
    """Everything the picture of one registration shows."""

    standing: Standing
    rows: tuple[Row, ...]
    word: str
    kind: str
    forecast: str

    @property
    def bars(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.bar is not None)

    @property
    def is_unverified(self) -> bool:
        return self.standing.rule_set_status != "verified"


def meter_of(standing: Standing, seats: Iterable[Seat], *, with_pace: bool) -> Meter:
    """The meter of one registration, with what the running confirmed ``seats`` promise for it."""
    planned = planned_by(standing, seats)
    sums = _sums(standing, planned)
    word, kind = STATUS[standing.status]
    return Meter(
        standing=standing,
        rows=tuple(_row(line, sums[line.key], with_pace=with_pace) for line in standing.lines),
        word=str(word),
        kind=kind,
        forecast=forecast(standing, planned, with_pace=with_pace),
    )


def planned_by(standing: Standing, seats: Iterable[Seat]) -> tuple[Planned, ...]:
    """What seats promise for this registration in this period, the earliest first and those without a day last."""
    chamber = standing.registration.chamber
    keys = {line.key for line in standing.lines}
    found = []
    for seat in seats:
        ends_at = seat.gathering.ends_at
        day = ends_at.astimezone(clock.AMSTERDAM).date() if ends_at else None
        if day is not None and day >= standing.period.due_on:
            continue
        fitting = [
            promise
            for promise in seat.promise.get("accreditations", ())
            if promise["register"] == chamber.register.code and promise["chamber"] in {"", chamber.code}
            if promise["requirement"] in keys
        ]
        if fitting:
            best = max(fitting, key=lambda promise: Decimal(promise["points"]))
            found.append(Planned(best["requirement"], Decimal(best["points"]), day))
    return tuple(sorted(found, key=lambda part: (part.on is None, part.on or standing.period.due_on)))


def _sums(standing: Standing, planned: Iterable[Planned]) -> dict[str, Decimal]:
    """Planned points per requirement, and in every requirement that those add up to."""
    parents = {line.key: line.parent for line in standing.lines}
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for part in planned:
        key = part.requirement
        while key:
            sums[key] += part.points
            key = parents.get(key, "")
    return sums


def _row(line: StandingLine, planned: Decimal, *, with_pace: bool) -> Row:
    granted = min(line.granted, line.booked)
    expected = line.booked - granted
    word, kind = STATUS[line.status]
    is_drawn = line.kind == "points" and line.min > 0
    return Row(
        line=line,
        granted=granted,
        expected=expected,
        planned=planned,
        word=str(word),
        kind=kind,
        bar=meter(
            granted=granted,
            expected=expected,
            planned=planned,
            minimum=line.min,
            pace=line.pace if with_pace else None,
        )
        if is_drawn
        else None,
        words=_words(line, granted, expected, planned, with_pace=with_pace),
    )


def _words(line: StandingLine, granted: Decimal, expected: Decimal, planned: Decimal, *, with_pace: bool) -> str:
    said = _(
        "%(label)s: van de %(minimum)s zijn er %(granted)s toegekend, %(expected)s verwacht en %(planned)s geboekt."
    )
    words = said % {
        "label": line.label,
        "minimum": formats.points(line.min),
        "granted": formats.number(granted),
        "expected": formats.number(expected),
        "planned": formats.number(planned),
    }
    if with_pace:
        words += " " + _("Gemiddeld zou je nu op %(pace)s staan.") % {"pace": formats.number(line.pace)}
    return words


def forecast(standing: Standing, planned: tuple[Planned, ...], *, with_pace: bool) -> str:
    """One sentence about the requirement that lacks most: when it would be met, or what is still to be booked."""
    due = standing.period.due_on
    if due <= clock.today():
        return _("Deze periode liep tot %(due)s. Vroeg je herregistratie aan? Vul dan in wanneer.") % {
            "due": formats.short_day(due)
        }
    lacking = [line for line in standing.lines if line.kind == "points" and line.min > 0 and line.shortfall > 0]
    if not lacking:
        return _("Volgens onze telling heb je alle punten van deze periode.")
    line = max(lacking, key=lambda one: one.shortfall / one.min)
    own = [part for part in planned if _adds_up_to(standing, part.requirement, line.key)]
    facts = {
        "points": formats.points(line.shortfall),
        "label": line.label[:1].lower() + line.label[1:],
        "due": formats.short_day(due),
    }
    rest = line.shortfall - sum((part.points for part in own), ZERO)
    if rest <= 0:
        return _when_booked(_met_by(own, line.shortfall), facts)
    return _at_own_pace(_pace_end(standing, line, rest) if with_pace else None, rest, due, facts)


def _when_booked(day: date | None, facts: dict[str, str]) -> str:
    if day is None:
        return _("Nog %(points)s %(label)s; die heb je geboekt, in je eigen tempo.") % facts
    said = _("Nog %(points)s %(label)s; met wat je geboekt hebt is dat volgens onze telling rond %(when)s.")
    return said % {**facts, "when": around(day)}


def _at_own_pace(day: date | None, rest: Decimal, due: date, facts: dict[str, str]) -> str:
    if day is None:
        said = _("Nog %(points)s %(label)s tot %(due)s; daarvan moet je %(rest)s nog boeken.")
        return said % {**facts, "rest": formats.points(rest)}
    if day < due:
        said = _("Nog %(points)s %(label)s; in je tempo tot nu toe is dat volgens onze telling rond %(when)s.")
        return said % {**facts, "when": around(day)}
    return (
        _("Nog %(points)s %(label)s tot %(due)s; in je tempo tot nu toe lukt dat niet, dus boek er nog wat bij.")
        % facts
    )


def _adds_up_to(standing: Standing, key: str, wanted: str) -> bool:
    parents = {line.key: line.parent for line in standing.lines}
    while key and key != wanted:
        key = parents.get(key, "")
    return bool(key)


def _met_by(planned: Iterable[Planned], missing: Decimal) -> date | None:
    """The day on which booked points reach what is missing; None when they do not, or have no day."""
    for part in planned:
        missing -= part.points
        if missing <= 0:
            return part.on
    return None


def _pace_end(standing: Standing, line: StandingLine, rest: Decimal) -> date | None:
    """When ``rest`` would be there at the pace of this period so far; None while there is none to speak of."""
    today = clock.today()
    elapsed = (today - standing.period.starts_on).days
    if elapsed < PACE_DAYS or line.counted <= 0:
        return None
    needed = int(rest * elapsed / line.counted)
    return min(today + timedelta(days=min(needed, 36500)), standing.period.due_on)


def around(day: date) -> str:
    """``half mei 2027``"""
    part = _("begin") if day.day <= BEGIN else _("half") if day.day <= MIDDLE else _("eind")
    return f"{part} {formats.month(day)}"

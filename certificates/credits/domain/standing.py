"""How far a person is in each register: the meter on ``/mijn/`` and the rows of the HR report."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from certificates.credits.domain.rule_sets import rule_sets, rules_of
from certificates.credits.engine.evaluation import period_reason, stand
from certificates.credits.engine.values import ZERO, Booking, Dossier
from certificates.credits.enums import CreditEventKind
from certificates.credits.models import CreditEntry, Period, Registration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from decimal import Decimal

    from django.db.models import QuerySet

    from academy.people.models import User
    from certificates.credits.engine.values import Rules


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLine:
    """``expected`` is all we foresee, ``granted`` what the register gave. ``booked`` is the best of our knowledge:
    granted where the register decided, expected where it did not; ``counted`` is what of that counts.
    """

    key: str
    label: str
    parent: str
    kind: str
    min: Decimal
    expected: Decimal
    granted: Decimal
    booked: Decimal
    counted: Decimal
    surplus: Decimal
    shortfall: Decimal
    pace: Decimal
    status: str
    hard: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One registration in the period around a day. ``to_review`` are entries a person must decide about."""

    registration: Registration
    period: Period
    rule_set: str
    rule_set_name: str
    rule_set_status: str
    status: str
    lines: tuple[StandingLine, ...]
    to_review: tuple[CreditEntry, ...]


def standing(person: User, on: date) -> tuple[Standing, ...]:
    """Where ``person`` stands on a day, one for each running registration that has a period and rules."""
    return tuple(standings(Registration.objects.active().filter(person=person).order_by("pk"), on).values())


def standings(registrations: QuerySet[Registration], on: date) -> dict[int, Standing]:
    """The same for many registrations at once, by key, in a number of queries that does not grow with them."""
    running = _running(registrations, on)
    if not running:
        return {}
    rules = _rules_of(running)
    entries = _entries_of(running)
    return {
        registration.pk: _standing_of(
            registration, period, held, entries[registration.person_id, registration.chamber_id], on
        )
        for registration, period in running
        if (held := rules.get(registration.pk)) is not None
    }


def _running(registrations: QuerySet[Registration], on: date) -> list[tuple[Registration, Period]]:
    """Each registration that has begun, in the order of their keys, with its last period that has."""
    begun = Period.objects.filter(registration__in=registrations.order_by(), starts_on__lte=on)
    rows = begun.select_related("registration__person", "registration__chamber__register")
    last: dict[int, Period] = {}
    for period in rows.order_by("registration", "-starts_on"):
        last.setdefault(period.registration_id, period)
    return [(period.registration, period) for period in last.values()]


def _rules_of(running: Sequence[tuple[Registration, Period]]) -> dict[int, Rules]:
    """The rules that hold for each registration in its period."""
    choice = rule_sets()
    held = {
        registration.pk: next((part for part in choice if part.holds_for(registration, period)), None)
        for registration, period in running
    }
    return {pk: rules_of(rule_set) for pk, rule_set in held.items() if rule_set is not None}


def _entries_of(running: Sequence[tuple[Registration, Period]]) -> dict[tuple[int, int], list[CreditEntry]]:
    """What was booked for these people in these chambers since the oldest period, by person and chamber."""
    rows = CreditEntry.objects.filter(
        subject__person__in={registration.person_id for registration, _period in running},
        chamber__in={registration.chamber_id for registration, _period in running},
        completed_on__gte=min(period.starts_on for _registration, period in running),
    )
    found = defaultdict(list)
    for entry in rows.exclude(requirement="").with_state().select_related("subject"):
        found[entry.subject.person_id, entry.chamber_id].append(entry)
    return found


def _standing_of(
    registration: Registration, period: Period, rules: Rules, entries: list[CreditEntry], on: date
) -> Standing:
    expected: dict[str, Decimal] = defaultdict(lambda: ZERO)
    granted: dict[str, Decimal] = defaultdict(lambda: ZERO)
    bookings, to_review = [], []
    parents = {part.key: "" if part.is_part else part.parent for part in rules.demands}
    for entry in entries:
        where = period_reason(
            rules,
            entry.fulfils,
            entry.completed_on,
            start=period.starts_on,
            due=period.due_on,
            submitted_on=period.submitted_on,
        )
        if where:
            if where == "manual_review":
                to_review.append(entry)
            continue
        expected[entry.requirement] += entry.points_expected
        granted[entry.requirement] += entry.points_granted or ZERO
        bookings.append(_booking(entry))
    result = stand(_dossier(registration, period, rules, on), bookings)
    return Standing(
        registration=registration,
        period=period,
        rule_set=rules.code,
        rule_set_name=rules.name,
        rule_set_status=rules.status,
        status=result.status,
        lines=tuple(
            StandingLine(
                key=line.key,
                label=line.label,
                parent=parents[line.key],
                kind=line.kind,
                min=line.minimum,
                expected=_under(expected, line.key, rules),
                granted=_under(granted, line.key, rules),
                booked=line.raw,
                counted=line.counted,
                surplus=line.surplus,
                shortfall=line.shortfall,
                pace=line.pace,
                status=line.status,
                hard=line.hard,
            )
            for line in result.requirements
        ),
        to_review=tuple(to_review),
    )


def _booking(entry: CreditEntry) -> Booking:
    points = entry.points_expected
    if entry.last_event == CreditEventKind.GRANTED:
        points = entry.points_granted or ZERO
    elif entry.last_event == CreditEventKind.REJECTED:
        points = ZERO
    holds = entry.reverses_id is None and entry.last_event not in {CreditEventKind.REVERSED, CreditEventKind.REJECTED}
    return Booking(requirement=entry.requirement, points=points, fulfils=entry.fulfils if holds else "")


def _under(sums: dict[str, Decimal], key: str, rules: Rules) -> Decimal:
    """The sum of a requirement and of all that adds up to it."""
    children: Iterable[str] = (part.key for part in rules.demands if part.parent == key and not part.is_part)
    return sums[key] + sum((_under(sums, child, rules) for child in children), ZERO)


def _dossier(registration: Registration, period: Period, rules: Rules, on: date) -> Dossier:
    return Dossier(
        rules=rules,
        start=period.starts_on,
        due=period.due_on,
        submitted_on=period.submitted_on,
        today=on,
        flags=tuple(registration.flags),
        work_hours=period.work_hours,
        work_hours_specific=period.work_hours_specific,
        documents=tuple(period.documents),
    )

"""Booking points for an achievement, and booking them back. Called with the ledger open, which keeps others out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from django.db.models import Sum

from certificates.achievement import canonical
from certificates.credits.domain.rule_sets import rules_of
from certificates.credits.engine.eligibility import CENT, REASONS, assess, points_of
from certificates.credits.engine.values import Entry, Sitting
from certificates.credits.enums import CreditEventKind
from certificates.credits.models import CreditEntry, CreditEvent, Registration, RuleSet

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import User
    from certificates.achievement import AccreditationFacts, Achievement
    from certificates.credits.domain.chain import Ledger
    from certificates.credits.engine.values import Assessment, Rules
    from certificates.credits.models import AchievementRecord


def book(
    ledger: Ledger, record: AchievementRecord, achievement: Achievement, *, person: User, by: User | None
) -> tuple[CreditEntry, ...]:
    """One entry for each chamber that ``person`` is registered in, also when it counts for nothing, with the reason."""
    registrations = Registration.objects.active().filter(person=person).select_related("chamber__register")
    entries = (book_for(ledger, record, achievement, part, by=by) for part in registrations.order_by("pk"))
    return tuple(entry for entry in entries if entry is not None)


def book_for(
    ledger: Ledger, record: AchievementRecord, achievement: Achievement, registration: Registration, *, by: User | None
) -> CreditEntry | None:
    """The entry of one registration; None when its chamber has no rules for that time, or its parts were booked."""
    if achievement.sums_up:
        return None
    rules = rules_on(registration, achievement.completed_on)
    if rules is None:
        return None
    entry, found = _best(achievement, rules, registration)
    number, points, reason = entry.identity, found.points or Decimal(0), found.reason
    series = (achievement.series or achievement.source_key) if _is_by_the_hour(found) else ""
    row = CreditEntry(
        record=record,
        subject_id=record.subject_id,
        chamber=registration.chamber,
        rule_set=rules.code,
        requirement=found.requirement,
        fulfils=found.fulfils,
        form=achievement.form,
        title=achievement.title[:200],
        accreditation=number,
        series=series,
        completed_on=achievement.completed_on,
        minutes=found.minutes,
        divisor=found.divisor,
    )
    if number and found.requirement and _is_booked_already(row):
        row.requirement, row.fulfils, row.minutes, row.series = "", "", 0, ""
        points, reason = Decimal(0), "duplicate"
    row.points_expected = _growth(row) if row.series else points
    row.reason = reason
    row.trace_json = canonical(_trace(rules, entry, found, row))
    return ledger.add(row, by=by)


def book_back(ledger: Ledger, record: AchievementRecord, *, by: User | None) -> tuple[CreditEntry, ...]:
    """Take back every entry of ``record`` that is in force, and say so at the entry."""
    reversals = []
    for entry in list(CreditEntry.objects.in_force().filter(record=record)):
        same = ("record_id", "subject_id", "chamber_id", "rule_set", "requirement", "fulfils", "form", "title")
        more = ("accreditation", "series", "completed_on", "divisor", "reason")
        row = CreditEntry(
            **{name: getattr(entry, name) for name in (*same, *more)}, minutes=-entry.minutes, reverses=entry
        )
        row.points_expected = _growth(row) if row.series else -entry.points_expected
        row.trace_json = canonical({"reverses": entry.public_id})
        reversals.append(ledger.add(row, by=by))
        ledger.add(CreditEvent(entry=entry, kind=CreditEventKind.REVERSED, on=record.completed_on), by=by)
    return tuple(reversals)


def rules_on(registration: Registration, day: date) -> Rules | None:
    """The rules that hold for this registration in the period around ``day``."""
    period = registration.period_on(day)
    starts_on = period.starts_on if period else day
    due_on = period.due_on if period else day + relativedelta(years=5)
    held = RuleSet.objects.for_period(
        registration.chamber_id, starts_on=starts_on, due_on=due_on, variant=registration.variant
    ).first()
    return rules_of(held) if held else None


def _is_by_the_hour(found: Assessment) -> bool:
    return bool(found.requirement) and found.points is None


def _growth(row: CreditEntry) -> Decimal:
    """The new rounded total of the series, this row included, minus what was booked before."""
    rows = CreditEntry.objects.filter(
        subject_id=row.subject_id, chamber=row.chamber, series=row.series, requirement=row.requirement
    )
    parts = [*rows.values_list("minutes", "divisor"), (row.minutes, row.divisor)]
    before = rows.aggregate(sum=Sum("points_expected"))["sum"] or Decimal(0)
    return points_of(parts) - before.quantize(CENT)  # SQLite sums with more digits than it was given


def _is_booked_already(row: CreditEntry) -> bool:
    """The same accredited activity on the same day is one activity, however often somebody followed it."""
    rows: Any = CreditEntry.objects.in_force().filter(
        subject_id=row.subject_id,
        chamber=row.chamber,
        accreditation=row.accreditation,
        form=row.form,
        completed_on=row.completed_on,
    )
    return bool(rows.exclude(requirement="").exists())


def _best(achievement: Achievement, rules: Rules, registration: Registration) -> tuple[Entry, Assessment]:
    """The accreditation that gives most under these rules; without one, the activity as it is."""
    register = registration.chamber.register.code
    entries = [_entry(achievement, part, register) for part in achievement.accreditations] or [_entry(achievement)]
    weighed = [(entry, assess(entry, rules)) for entry in entries]
    return max(weighed, key=lambda pair: (not pair[1].reason, pair[1].points or 0))


def _entry(achievement: Achievement, accreditation: AccreditationFacts | None = None, register: str = "") -> Entry:
    facts: dict[str, Any] = {}
    if accreditation is not None:
        is_own = accreditation.register == register
        facts = {
            "accreditor": accreditation.accreditor,
            # A chamber code means something in its own register only.
            "chamber": accreditation.chamber if is_own else f"{accreditation.register}:{accreditation.chamber}",
            "points": accreditation.points,
            "accredited_from": accreditation.valid_from,
            "accredited_to": accreditation.valid_to,
            "test_required": accreditation.test_required,
            "attendance_pct": accreditation.attendance_pct,
            "identity": accreditation.external_id,
        }
    return Entry(
        form=achievement.form,
        completed_on=achievement.completed_on,
        held_from=achievement.first_day,
        test_passed=achievement.test_passed_on is not None,
        series=achievement.series,
        group_size=achievement.group_size,
        sittings=tuple(
            Sitting(part.minutes, part.intervision_minutes, part.case_minutes) for part in achievement.sessions
        ),
        minutes=achievement.minutes,
        planned_minutes=achievement.planned_minutes,
        hierarchy=achievement.hierarchy,
        attended_pct=achievement.attended_pct,
        **facts,
    )


def _trace(rules: Rules, entry: Entry, found: Assessment, row: CreditEntry) -> dict[str, Any]:
    """Why this was booked, in words and figures that stay true when the rules change."""
    return {
        "rule_set": rules.code,
        "rule_set_status": rules.status,
        "form": entry.form,
        "accreditor": entry.accreditor,
        "chamber": entry.chamber,
        "attended_pct": entry.attended_pct,
        "test_passed": entry.test_passed,
        "group_size": entry.group_size,
        "minutes": row.minutes,
        "divisor": f"{row.divisor:.4f}",
        "points": f"{row.points_expected:.2f}",
        "reason": row.reason,
        "explanation": REASONS.get(row.reason, ""),
        "notes": list(found.notes),
    }

"""What one activity counts for under one rule set, and if not, why."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from academy.common.errors import Reason
from certificates.credits.engine.values import Assessment, Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certificates.credits.engine.values import Entry, FormRule, Rules

CENT = Decimal("0.01")
REASONS = {
    "wrong_chamber": "Deze accreditatie is voor een andere kamer of een ander register.",
    "not_accredited": "Deze activiteit is niet geaccrediteerd voor jouw register.",
    "outside_accreditation": "De accreditatie gold niet op deze datum.",
    "test_missing": "De afsluitende toets is niet gehaald.",
    "attendance_short": "Je was korter aanwezig dan de accreditatie vraagt.",
    "session_too_short": "Een bijeenkomst telt pas mee vanaf een uur intervisie.",
    "case_consult_only": "Casusoverleg is geen intervisie en telt hier niet mee.",
    "hierarchy": "In de groep zat een leidinggevende met een eigen medewerker.",
    "self_reflection": "Alleen reflecteren telt niet mee.",
    "duplicate": "Deze activiteit staat er al.",
    "outside_period": "Dit is buiten je registratieperiode afgerond.",
    "manual_review": "Hierover beslist een mens: vraag het na bij het register.",
}


def points_of(parts: Iterable[tuple[int, Decimal]]) -> Decimal:
    """Points for (minutes, hours per point) pairs of one series: summed first, rounded down once."""
    exact = sum((Fraction(minutes) / (60 * Fraction(divisor)) for minutes, divisor in parts), Fraction())
    return (Decimal(exact.numerator) / exact.denominator).quantize(CENT, ROUND_DOWN) if exact else Decimal("0.00")


def needs_test(rules: Rules, *, form: str, minutes: int, test_required: bool = False) -> bool:
    """Whether an activity counts only with its closing test passed (test time is not in ``minutes``)."""
    long = rules.test_from_minutes is not None and minutes >= rules.test_from_minutes
    return test_required or form in rules.test_forms or long


def accreditation_faults(rules: Rules, *, form: str, minutes: int, test_required: bool) -> tuple[Reason, ...]:
    """What is wrong with an accreditation as it was entered, before anybody takes a seat."""
    if needs_test(rules, form=form, minutes=minutes) and not test_required:
        return (
            Reason(
                "test_required",
                "Voor deze vorm of duur vraagt het register een afsluitende toets; zet die aan bij de accreditatie.",
            ),
        )
    return ()


def assess(entry: Entry, rules: Rules) -> Assessment:
    """What ``entry`` counts for by itself; the period and its neighbours are not looked at."""
    rule = next((rule for rule in rules.forms if rule.fits(entry)), None)
    if rule is None:
        return Assessment(reason="not_accredited")
    if not rule.requirement:
        return Assessment(reason=rule.reason)
    if entry.hierarchy and rule.hierarchy != "allow":
        return Assessment(reason="hierarchy" if rule.hierarchy == "refuse" else "manual_review")
    reason = _accreditation_reason(entry, rule, rules)
    if reason:
        return Assessment(reason=reason)
    if not rule.is_per_hour or _is_booked_before(entry):
        points = (entry.points or Decimal(0)).quantize(CENT, ROUND_DOWN)
        return Assessment(requirement=rule.requirement, fulfils=rule.fulfils, points=points)
    return _assess_hours(entry, rule)


def _is_booked_before(entry: Entry) -> bool:
    """Points without any time: a register counted them earlier, and they are carried over as they are."""
    return entry.points is not None and not entry.sittings and not entry.minutes


def _accreditation_reason(entry: Entry, rule: FormRule, rules: Rules) -> str:
    if not rule.accreditor:
        return ""
    first_day = entry.held_from or entry.completed_on
    if entry.accredited_from and first_day < entry.accredited_from:
        return "outside_accreditation"
    if entry.accredited_to and entry.completed_on > entry.accredited_to:
        return "outside_accreditation"
    if entry.attended_pct < entry.attendance_pct:
        return "attendance_short"
    needed = needs_test(
        rules,
        form=entry.form,
        minutes=max(entry.minutes, entry.planned_minutes),
        test_required=entry.test_required,
    )
    return "test_missing" if needed and not entry.test_passed else ""


def _assess_hours(entry: Entry, rule: FormRule) -> Assessment:
    divisor = Decimal(1)
    if rule.divisors:
        found = rule.divisors.get(str(entry.group_size or 1))
        if found is None:
            return Assessment(reason="manual_review")
        divisor = Decimal(found)
    sittings = entry.sittings or (Sitting(entry.minutes, entry.minutes),)
    long_enough = [part for part in sittings if _counting(part, rule) >= max(rule.min_session_minutes, 1)]
    minutes = sum(_counting(part, rule) for part in long_enough)
    too_short = sum(_counting(part, rule) for part in sittings) - minutes
    case = sum(part.case_minutes for part in sittings) if rule.clock == "intervision" else 0
    left_out = (("session_too_short", too_short), ("case_consult_only", case))
    if not minutes:
        return Assessment(reason=next((code for code, left in left_out if left), "session_too_short"))
    return Assessment(
        requirement=rule.requirement,
        fulfils=rule.fulfils,
        minutes=minutes,
        divisor=divisor / rule.points_per_hour,
        notes=tuple({"code": code, "minutes": left} for code, left in left_out if left),
    )


def _counting(part: Sitting, rule: FormRule) -> int:
    if rule.clock == "intervision":
        return part.intervision_minutes
    if rule.clock == "all":
        return part.intervision_minutes + part.case_minutes
    return part.minutes

"""What the engine reasons about."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One line of a rule set; see ``credits.Requirement``."""

    key: str
    label: str
    kind: str
    parent: str = ""
    minimum: Decimal | None = None
    counted_max: Decimal | None = None
    is_part: bool = False
    conditional_on: str = ""
    carry_over: bool = True
    within_months: int | None = None
    needs: str = ""
    hard: bool = True
    derived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormRule:
    """Which form feeds which demand, and how; see ``credits.EligibilityRule``."""

    form: str
    accreditor: str = ""
    chamber: str = ""
    requirement: str = ""
    reason: str = ""
    fulfils: str = ""
    unit_rule: str = "accredited_value"
    clock: str = "net"
    points_per_hour: Decimal = Decimal(1)
    min_session_minutes: int = 0
    divisors: dict[str, str] = field(default_factory=dict)
    hierarchy: str = "allow"
    note: str = ""

    @property
    def is_per_hour(self) -> bool:
        return self.unit_rule == "per_hour"

    def fits(self, entry: Entry) -> bool:
        """An empty accreditor fits everything, ``*`` whatever is accredited; an entry without chamber fits each."""
        if self.form != entry.form:
            return False
        accredited = (
            not self.accreditor
            or self.accreditor == entry.accreditor
            or (self.accreditor == "*" and bool(entry.accreditor))
        )
        return accredited and (not self.chamber or not entry.chamber or self.chamber == entry.chamber)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """A rule set. ``chambers`` are full codes (``SKJ:JGP``)."""

    code: str
    name: str
    status: str
    chambers: tuple[str, ...]
    demands: tuple[Demand, ...]
    forms: tuple[FormRule, ...]
    period_years: int = 5
    test_forms: tuple[str, ...] = ()
    test_from_minutes: int | None = None

    @property
    def is_verified(self) -> bool:
        return self.status == "verified"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session of one person: net minutes, and the two clocks inside them."""

    minutes: int
    intervision_minutes: int = 0
    case_minutes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One activity. ``points`` is what an accreditation promises, or what a register booked before.

    ``identity`` is equal for two entries that are the same activity; empty is always its own.
    """

    form: str
    completed_on: date
    accreditor: str = ""
    chamber: str = ""
    points: Decimal | None = None
    accredited_from: date | None = None
    accredited_to: date | None = None
    held_from: date | None = None
    test_required: bool = False
    test_passed: bool = False
    series: str = ""
    group_size: int | None = None
    sittings: tuple[Sitting, ...] = ()
    minutes: int = 0
    planned_minutes: int = 0
    hierarchy: bool = False
    attended_pct: int = 100
    attendance_pct: int = 100
    identity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An activity that a register or an earlier evaluation already counted: points for a demand."""

    requirement: str
    points: Decimal
    fulfils: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one rule set makes of one entry, apart from the others.

    Per hour it gives ``minutes`` and ``divisor`` (hours for one point), from which the series makes points;
    otherwise ``points``. ``notes`` says what was left out of an entry that does count.
    """

    requirement: str = ""
    fulfils: str = ""
    points: Decimal | None = None
    minutes: int = 0
    divisor: Decimal = Decimal(1)
    reason: str = ""
    notes: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Somebody's period: it begins on ``start`` and takes nothing in from ``due`` on, nor after it was handed in."""

    rules: Rules
    start: date
    due: date
    today: date
    submitted_on: date | None = None
    registers: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    work_hours: Decimal | None = None
    work_hours_specific: Decimal | None = None
    documents: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryResult:
    index: int
    requirement: str
    points: Decimal
    reason: str
    notes: tuple[dict[str, Any], ...] = ()
    fulfils: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandResult:
    """``surplus`` is what came in and is not counted; ``pace`` what would be average by today (advice, no rule)."""

    key: str
    label: str
    kind: str
    minimum: Decimal
    raw: Decimal
    counted: Decimal
    surplus: Decimal
    shortfall: Decimal
    pace: Decimal
    status: str
    hard: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    status: str
    requirements: tuple[DemandResult, ...]
    entries: tuple[EntryResult, ...] = ()

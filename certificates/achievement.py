"""What somebody achieved: a frozen value with every fact the record needs. Nothing below looks anything up."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

MAX_MINUTES = 60_000
# How the source key begins of what somebody entered herself and nobody vouches for.
OWN = "own:"


class CertificateKind(StrEnum):
    """Which paper belongs to it; the words are those of the glossary."""

    PARTICIPATION = "participation"
    COMPLETION = "completion"
    REFLECTION = "reflection"


def canonical(value: Any) -> str:
    """The one way to write a JSON value: sorted keys, no spaces, no floats, nothing escaped that need not be."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _refuse(wrong: bool, what: str) -> None:  # noqa: FBT001 -- reads as "refuse if"
    if wrong:
        raise ValueError(f"Zo kan het niet worden vastgelegd: {what}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionFacts:
    """The share one person had in one session. ``minutes`` is the time present; the two clocks are parts of it.

    Only a session of a leertafel or intervision group has clocks; a training leaves both at 0.
    """

    on: date
    minutes: int
    intervision_minutes: int = 0
    case_minutes: int = 0

    def __post_init__(self) -> None:
        for minutes in (self.minutes, self.intervision_minutes, self.case_minutes):
            _refuse(not 0 <= minutes <= MAX_MINUTES, "minuten zijn een heel getal vanaf 0")
        _refuse(
            self.intervision_minutes + self.case_minutes > self.minutes, "de klokken tellen op tot meer dan de tijd"
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "on": self.on.isoformat(),
            "minutes": self.minutes,
            "intervision_minutes": self.intervision_minutes,
            "case_minutes": self.case_minutes,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AccreditationFacts:
    """What was promised when the seat was taken: a snapshot of the accreditation, not a look-up.

    ``register`` and ``chamber`` are codes of the seed data (``SKJ``, ``JGP``; an empty chamber means the whole
    register), ``valid_to`` is the last day. ``attendance_pct`` is the least share of the minutes (points_min_pct).
    """

    register: str
    chamber: str = ""
    accreditor: str
    external_id: str
    requirement: str = ""
    points: Decimal
    valid_from: date
    valid_to: date
    test_required: bool = False
    attendance_pct: int = 100

    def __post_init__(self) -> None:
        _refuse(not self.register or not self.accreditor, "een accreditatie noemt register en accrediteur")
        _refuse(not self.points.is_finite() or self.points < 0, "punten zijn een getal vanaf 0")
        _refuse(self.points != self.points.quantize(Decimal("0.01")), "punten hebben hoogstens twee decimalen")
        _refuse(self.valid_from > self.valid_to, "een accreditatie eindigt na haar begin")
        _refuse(not 0 <= self.attendance_pct <= 100, "een percentage ligt tussen 0 en 100")  # noqa: PLR2004 -- per cent

    def as_json(self) -> dict[str, Any]:
        return {
            "register": self.register,
            "chamber": self.chamber,
            "accreditor": self.accreditor,
            "external_id": self.external_id,
            "requirement": self.requirement,
            "points": str(self.points.quantize(Decimal("0.01"))),
            "valid_from": self.valid_from.isoformat(),
            "valid_to": self.valid_to.isoformat(),
            "test_required": self.test_required,
            "attendance_pct": self.attendance_pct,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Achievement:
    """Somebody earned something.

    ``person`` is the ``public_id`` of the account. ``source_key`` is natural and belongs to this person only
    (``seat:<public_id>``, ``leertafel-session:<session>:<seat>``). ``form`` is an ActivityForm code. ``minutes`` is the
    net time present out of ``planned_minutes``. Sessions of one series share ``series``; its points per hour are
    rounded over the series and not per session. ``test_passed_on`` is None when no test was passed.
    ``certificate`` is None when there is no paper (for instance one session of a leertafel). ``sums_up`` is the proof
    of a series whose parts were recorded one by one: it has a paper, and books no points or hours again.
    No place, no case text, no names of other participants.
    """

    person: str
    source_key: str
    form: str
    title: str
    provider: str
    first_day: date
    last_day: date
    completed_on: date
    minutes: int
    planned_minutes: int
    sessions: tuple[SessionFacts, ...] = ()
    series: str = ""
    group_size: int | None = None
    hierarchy: bool = False
    accreditations: tuple[AccreditationFacts, ...] = ()
    test_passed_on: date | None = None
    led_by: tuple[str, ...] = ()
    certificate: CertificateKind | None = None
    sums_up: bool = False

    def __post_init__(self) -> None:
        for name in ("person", "source_key", "form", "title", "provider"):
            _refuse(not getattr(self, name).strip(), f"{name} is leeg")
        _refuse(len(self.source_key) > 120 or len(self.series) > 120, "de sleutel is langer dan 120 tekens")  # noqa: PLR2004 -- the width of the column
        _refuse(self.first_day > self.last_day, "de laatste dag ligt voor de eerste")
        _refuse(self.completed_on < self.first_day, "het is afgerond voordat het begon")
        _refuse(not 0 <= self.minutes <= MAX_MINUTES, "minuten zijn een heel getal vanaf 0")
        _refuse(not 0 <= self.planned_minutes <= MAX_MINUTES, "geplande minuten zijn een heel getal vanaf 0")
        _refuse(self.group_size is not None and self.group_size < 1, "een groep telt minstens een persoon")
        _refuse(
            bool(self.sessions) and sum(part.minutes for part in self.sessions) != self.minutes,
            "de sessies tellen niet op tot de minuten",
        )

    @property
    def attended_pct(self) -> int:
        """The share of the planned minutes that was attended, rounded down; nothing planned is all of it."""
        return self.minutes * 100 // self.planned_minutes if self.planned_minutes else 100

    def as_json(self) -> dict[str, Any]:
        """Every fact except the person, in values that JSON knows; the payload that is hashed."""
        return {
            "source_key": self.source_key,
            "form": self.form,
            "title": self.title,
            "provider": self.provider,
            "first_day": self.first_day.isoformat(),
            "last_day": self.last_day.isoformat(),
            "completed_on": self.completed_on.isoformat(),
            "minutes": self.minutes,
            "planned_minutes": self.planned_minutes,
            "sessions": [part.as_json() for part in self.sessions],
            "series": self.series,
            "group_size": self.group_size,
            "hierarchy": self.hierarchy,
            "accreditations": [part.as_json() for part in self.accreditations],
            "test_passed_on": self.test_passed_on and self.test_passed_on.isoformat(),
            "led_by": list(self.led_by),
            "certificate": self.certificate and self.certificate.value,
            # Stands there only when it is so: what was recorded before there were series reads the same as ever.
            **({"sums_up": True} if self.sums_up else {}),
        }

    @classmethod
    def from_json(cls, person: str, facts: dict[str, Any]) -> Achievement:
        """The achievement that :meth:`as_json` wrote down, for ``person``."""
        day = date.fromisoformat
        return cls(
            **{
                **facts,
                "person": person,
                **{name: day(facts[name]) for name in ("first_day", "last_day", "completed_on")},
                "sessions": tuple(SessionFacts(**{**part, "on": day(part["on"])}) for part in facts["sessions"]),
                "accreditations": tuple(
                    AccreditationFacts(
                        **{
                            **part,
                            "points": Decimal(part["points"]),
                            "valid_from": day(part["valid_from"]),
                            "valid_to": day(part["valid_to"]),
                        }
                    )
                    for part in facts["accreditations"]
                ),
                "test_passed_on": facts["test_passed_on"] and day(facts["test_passed_on"]),
                "led_by": tuple(facts["led_by"]),
                "certificate": facts["certificate"] and CertificateKind(facts["certificate"]),
            }
        )

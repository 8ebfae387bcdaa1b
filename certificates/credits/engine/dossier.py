"""Reading a made-up dossier from JSON; whatever is wrong is said in Dutch, with the name of the field."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta

from academy.common.errors import DomainError
from certificates.achievement import canonical
from certificates.credits.engine.files import read_forms
from certificates.credits.engine.values import Dossier, Entry, Sitting

if TYPE_CHECKING:
    from collections.abc import Callable

    from certificates.credits.engine.values import Result, Rules

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}(\.\d{1,9})?", re.ASCII)
MOST_MINUTES = 1_000_000
MOST_ENTRIES = 10_000


def _wrong(field: str, what: str) -> DomainError:
    return DomainError("invalid", f"Het veld '{field}' klopt niet: {what}.", field=field)


def parse_json(text: str | bytes) -> Any:
    """JSON with exact decimals. Raises DomainError for whatever is not JSON."""

    def refuse(word: str) -> Any:
        raise ValueError(word)

    try:
        return json.loads(text, parse_float=Decimal, parse_constant=refuse)
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise DomainError("invalid", "Dit bestand is geen geldige JSON; sla het op als JSON in UTF-8.") from error


class _Fields:
    """The fields of one JSON object, each read once with the check that belongs to it."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, dict):
            raise _wrong(path or "dossier", "verwacht een object met velden")
        self.value, self.path = value, path

    def name(self, field: str) -> str:
        return f"{self.path}.{field}" if self.path else field

    def text(self, field: str, *, needed: bool = False) -> str:
        value = self.value.get(field)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or len(value) > 200 or (needed and not value.strip()):  # noqa: PLR2004 -- longer is no code of a register
            raise _wrong(self.name(field), "verwacht een korte tekst")
        return value.strip()

    def texts(self, field: str) -> tuple[str, ...]:
        value = self.value.get(field) or []
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise _wrong(self.name(field), "verwacht een lijst van teksten")
        return tuple(value)

    def flag(self, field: str) -> bool:
        value = self.value.get(field)
        if value is not None and not isinstance(value, bool):
            raise _wrong(self.name(field), "verwacht true of false")
        return bool(value)

    def day(self, field: str, *, needed: bool = False) -> date | None:
        value = self.value.get(field)
        if value is None and not needed:
            return None
        try:
            return date.fromisoformat(value if isinstance(value, str) and _DAY.fullmatch(value) else "")
        except ValueError:
            raise _wrong(self.name(field), "verwacht een datum als 2026-06-01") from None

    def needed_day(self, field: str) -> date:
        day = self.day(field, needed=True)
        return day or date.min

    def number(self, field: str) -> Decimal | None:
        value = self.value.get(field)
        if value is None:
            return None
        text = str(value) if isinstance(value, (str, int, Decimal)) and not isinstance(value, bool) else ""
        if not _NUMBER.fullmatch(text):
            raise _wrong(self.name(field), "verwacht een getal vanaf 0, als '6' of '1.5'")
        return Decimal(text)

    def whole(self, field: str, most: int = MOST_MINUTES) -> int | None:
        number = self.number(field)
        if number is None:
            return None
        if number != int(number) or number > most:
            raise _wrong(self.name(field), f"verwacht een heel getal van 0 tot en met {most}")
        return int(number)

    def several(self, field: str) -> list[_Fields]:
        value = self.value.get(field)
        if value is None:
            return []
        if not isinstance(value, list) or len(value) > MOST_ENTRIES:
            raise _wrong(self.name(field), f"verwacht een lijst van hoogstens {MOST_ENTRIES}")
        return [_Fields(part, f"{self.name(field)}[{index}]") for index, part in enumerate(value)]

    def inside(self, field: str) -> _Fields:
        value = self.value.get(field)
        return _Fields({} if value is None else value, self.name(field))


def read_dossier(data: Any, find_rules: Callable[[str], Rules | None]) -> Dossier:
    """The dossier that ``data`` describes. Raises DomainError that names the first field that is wrong.

    ``period.end`` is the last day of the period; a date exactly the years of the period after the start is taken
    for the herregistratiedatum, which is no part of it.
    """
    fields = _Fields(data, "")
    rules = find_rules(fields.text("ruleset", needed=True))
    if rules is None:
        raise _wrong("ruleset", "deze regels zijn er niet")
    if "period" not in fields.value:
        raise _wrong("period", "verwacht een object met start en end")
    period, work, person = fields.inside("period"), fields.inside("work"), fields.inside("person")
    start, end = period.needed_day("start"), period.needed_day("end")
    if end < start:
        raise _wrong("period.end", "het einde ligt voor het begin")
    if end == date.max:
        raise _wrong("period.end", "deze datum is te ver weg")
    due = end if end == start + relativedelta(years=rules.period_years) else end + timedelta(days=1)
    submitted_on = period.day("submitted_on")
    if submitted_on is not None and not start <= submitted_on < due:
        raise _wrong(
            "period.submitted_on", "indienen kan vanaf het begin tot en met de dag voor de herregistratiedatum"
        )
    return Dossier(
        rules=rules,
        start=start,
        due=due,
        submitted_on=submitted_on,
        today=fields.needed_day("today"),
        registers=person.texts("registers"),
        flags=person.texts("flags"),
        work_hours=work.number("hours"),
        work_hours_specific=work.number("hours_specific"),
        documents=fields.texts("documents"),
        entries=tuple(_entry(part) for part in fields.several("entries")),
    )


def _entry(fields: _Fields) -> Entry:
    form = fields.text("form", needed=True)
    if form not in read_forms():
        raise _wrong(fields.name("form"), "deze vorm is er niet")
    hours = fields.number("hours")
    minutes = fields.whole("minutes")
    if minutes is None:
        minutes = int((hours or Decimal(0)) * 60)
    sittings = tuple(_sitting(part) for part in fields.several("sessions"))
    group_size = fields.whole("group_size", 1000)
    if group_size == 0:
        raise _wrong(fields.name("group_size"), "een groep telt minstens een persoon")
    return Entry(
        form=form,
        completed_on=fields.needed_day("completed_on"),
        accreditor=fields.text("accreditor").upper(),
        chamber=fields.text("chamber").upper().removeprefix("SKJ:"),
        points=fields.number("points"),
        accredited_from=fields.day("accredited_from"),
        accredited_to=fields.day("accredited_to"),
        test_required=fields.flag("test_required"),
        test_passed=fields.flag("test_passed"),
        series=fields.text("series"),
        group_size=group_size,
        sittings=sittings,
        minutes=minutes or sum(part.minutes for part in sittings),
        hierarchy=fields.flag("hierarchy"),
        attended_pct=_or_all(fields.whole("attended_pct", 100)),
        attendance_pct=_or_all(fields.whole("attendance_pct", 100)),
        identity=_identity(fields, form),
    )


def _or_all(percentage: int | None) -> int:
    return 100 if percentage is None else percentage


def _identity(fields: _Fields, form: str) -> str:
    """What makes two entries the same activity: the accreditation and the day; for e-learning every fact."""
    number = fields.text("external_id")
    if number:
        return f"{form}/{number}/{fields.text('completed_on')}"
    return canonical({name: str(value) for name, value in fields.value.items()}) if form == "e_learning" else ""


def _sitting(fields: _Fields) -> Sitting:
    """``minutes`` without the two clocks is time that was all intervision."""
    intervision, case = fields.whole("intervision_minutes"), fields.whole("case_minutes")
    minutes = fields.whole("minutes")
    if intervision is None and case is None:
        return Sitting(minutes or 0, minutes or 0)
    both = (intervision or 0) + (case or 0)
    if minutes is not None and minutes < both:
        raise _wrong(fields.name("minutes"), "de twee klokken samen zijn langer dan de sessie")
    return Sitting(minutes or both, intervision or 0, case or 0)


def write_result(result: Result) -> dict[str, Any]:
    """The answer in JSON, as the contract names it."""
    return {
        "status": result.status,
        "requirements": {
            line.key: {
                "min": f"{line.minimum:.2f}",
                "counted": f"{line.counted:.2f}",
                "surplus": f"{line.surplus:.2f}",
                "shortfall": f"{line.shortfall:.2f}",
                "status": line.status,
            }
            for line in result.requirements
        },
        "entries": [
            {
                "index": entry.index,
                "requirement": entry.requirement or None,
                "points": f"{entry.points:.2f}",
                "reason": entry.reason or None,
                "notes": list(entry.notes),
            }
            for entry in result.entries
        ],
    }

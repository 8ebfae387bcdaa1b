"""The seed data of registers and rule sets, read from the files they are written in."""

from __future__ import annotations

import csv
import tomllib
from decimal import Decimal
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from certificates.credits.engine.values import Demand, FormRule, Rules

DATA = Path(__file__).resolve().parents[1] / "data"


@lru_cache(maxsize=1)
def read_registers() -> list[dict[str, Any]]:
    registers: list[dict[str, Any]] = tomllib.loads((DATA / "registers.toml").read_text())["register"]
    return registers


@lru_cache(maxsize=1)
def read_forms() -> dict[str, str]:
    """Label per code of every way to learn."""
    with (DATA / "forms.csv").open(newline="") as lines:
        return {row["code"]: row["label"] for row in csv.DictReader(lines)}


@lru_cache(maxsize=1)
def read_rule_sets() -> dict[str, dict[str, Any]]:
    """Every rule set by code, as it stands in its file."""
    found = (tomllib.loads(path.read_text()) for path in sorted((DATA / "rulesets").glob("*.toml")))
    return {each["code"]: each for each in found}


def demand_rows(written: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {**row, **{name: Decimal(row[name]) for name in ("minimum", "counted_max") if name in row}}
        for row in written.get("requirement", ())
    ]


def form_rows(written: dict[str, Any]) -> list[dict[str, Any]]:
    """One row for each form and accreditor of a line, in the order of the file; the first that fits decides."""
    rows = []
    for line in written.get("eligibility", ()):
        rest = {name: value for name, value in line.items() if name not in {"forms", "accreditors"}}
        if "points_per_hour" in rest:
            rest["points_per_hour"] = Decimal(rest["points_per_hour"])
        rows += [
            {**rest, "form": form, "accreditor": accreditor}
            for form, accreditor in product(line["forms"], line.get("accreditors", [""]))
        ]
    return rows


def shipped_rules(code: str) -> Rules | None:
    """The rule set as it was shipped; nobody of this academy verified that one."""
    written = read_rule_sets().get(code)
    if written is None:
        return None
    return Rules(
        code=code,
        name=written["name"],
        status=written["status"],
        chambers=tuple(written["chambers"]),
        demands=tuple(Demand(**row) for row in demand_rows(written)),
        forms=tuple(FormRule(**row) for row in form_rows(written)),
        period_years=written["period_years"],
        test_forms=tuple(written.get("test_forms", ())),
        test_from_minutes=written.get("test_from_minutes"),
    )

"""The lists that every academy starts with: regions, municipalities and functions.

The loaders take the model as an argument, so that a migration can pass its historical one. They are idempotent and
never touch what the office changed since: a row that is there stays as it is.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.text import slugify

HERE = Path(__file__).parent
# The first of January 2022; the only present municipality in our regions that is younger than the tables' own default.
YOUNG = {"GM1980": date(2022, 1, 1)}


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load_places(*, regions: Any, municipalities: Any) -> None:
    """Add every region and municipality that is missing, then those that were merged away since 2015."""
    found = {}
    for row in _rows("municipalities.csv") + _rows("mergers.csv"):
        name = row["region"]
        found[name] = found.get(name) or regions.get_or_create(slug=slugify(name), defaults={"name": name})[0]
    for row in _rows("municipalities.csv"):
        values = {
            "name": row["name"],
            "slug": slugify(row["name"]),
            "region": found[row["region"]],
            "is_centre": row["is_centre"] == "true",
        }
        if row["cbs_code"] in YOUNG:
            values["active_from"] = YOUNG[row["cbs_code"]]
        municipalities.get_or_create(code=row["cbs_code"], defaults=values)
    for row in _rows("mergers.csv"):
        values = {
            "name": row["name"],
            "slug": slugify(row["name"]),
            "region": found[row["region"]],
            "active_to": date.fromisoformat(row["ended_on"]),
            "successor": municipalities.get(code=row["successor"]),
        }
        municipalities.get_or_create(code=row["cbs_code"], defaults=values)


def load_job_functions(*, functions: Any) -> None:
    """Add every function that is missing."""
    for row in _rows("job_functions.csv"):
        values = {
            "name": row["name"],
            "work_area": row["work_area"],
            "requires_registration": row["requires_registration"] == "true",
        }
        functions.get_or_create(slug=slugify(row["name"]), defaults=values)

"""The files of HR: their memory above an idle process, and a million rows against ``COPY`` of the same question.

Made in a database of its own, on PostgreSQL when there is one and else on SQLite, filled once with
:data:`ROWS` achievements of :data:`PEOPLE` people. Each measurement is a fresh process, so that memory is its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests import services
from tests.bench.registry import bench

ROOT = Path(__file__).resolve().parents[2]
ROWS = int(os.environ.get("BENCH_HR_ROWS", "1000000"))
XLSX_ROWS = min(ROWS, 100_000)
PEOPLE = 10_000
MOST_MEGABYTES, MOST_COPIES, MOST_AGGREGATES = 20, 20, 4


@cache
def database() -> dict[str, str]:
    """The environment of a database that holds the rows."""
    folder = tempfile.mkdtemp(prefix="bench-hr-")
    url = services.best_database("bench_hr")
    env = {**os.environ, "ACADEMY_ENV": "test", "VAR": folder, "DATABASE_URL": url}
    _run(env, "fill", str(ROWS), str(PEOPLE))
    return env


@cache
def measured() -> dict[str, float]:
    return _run(database(), "measure", str(XLSX_ROWS))


def _run(env: dict[str, str], *words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.hr_probe", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@bench("hr_csv_memory", floor=MOST_MEGABYTES, unit="MB")
def hr_csv_memory() -> float:
    return measured()["csv_memory"]


@bench("hr_xlsx_memory", floor=MOST_MEGABYTES, unit="MB")
def hr_xlsx_memory() -> float:
    return measured()["xlsx_memory"]


@bench("hr_csv_against_copy", floor=MOST_COPIES)
def hr_csv_against_copy() -> float:
    """On SQLite, which has no COPY: against reading the same rows with the driver alone."""
    return measured()["csv_seconds"] / measured()["copy_seconds"]


@bench("hr_totals_against_sql", floor=MOST_AGGREGATES)
def hr_totals_against_sql() -> float:
    """Hours and points of everybody, against the two sums alone in SQL."""
    return measured()["totals_seconds"] / measured()["aggregate_seconds"]

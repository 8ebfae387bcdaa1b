"""The first screen of ``/partners/`` for a whole country: 342 municipalities, 50,000 professionals, 1,000,000 seats.

Made in a database of its own, filled once; on PostgreSQL when there is one.
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
SEATS = int(os.environ.get("BENCH_COVERAGE_SEATS", "1000000"))
PEOPLE = max(SEATS // 20, 100)
MOST_SECONDS, MOST_QUERIES = 1, 8


@cache
def database() -> dict[str, str]:
    """The environment of a database that holds the rows."""
    folder = tempfile.mkdtemp(prefix="bench-coverage-")
    url = services.best_database("bench_coverage")
    env = {**os.environ, "ACADEMY_ENV": "test", "VAR": folder, "DATABASE_URL": url}
    _run(env, "fill", str(SEATS), str(PEOPLE))
    return env


def _run(env: dict[str, str], *words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.coverage_probe", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@bench("coverage", floor=MOST_SECONDS, unit="s")
def coverage() -> float:
    return _run(database(), "measure")["seconds"]


@bench("coverage_queries", floor=MOST_QUERIES, unit="")
def coverage_queries() -> float:
    """All of the page, with session, person, roles and menus."""
    return _run(database(), "measure")["queries"]

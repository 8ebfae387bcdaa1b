"""The site search over 10,000 items against the search page of Wagtail's own project template, on each database."""

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


@cache
def measured(vendor: str) -> dict[str, float]:
    """Made by a fresh process in a database of its own, which alternates between both pages."""
    with tempfile.TemporaryDirectory(prefix="bench-search-") as folder:
        env = {**os.environ, "ACADEMY_ENV": "test", "VAR": folder, "BENCH_VENDOR": vendor}
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.search_probe"],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return json.loads(done.stdout.splitlines()[-1])


@bench("search_against_wagtail_sqlite", floor=0.5)
def search_on_sqlite() -> float:
    return measured("sqlite")["ratio"]


if services.postgres_there():

    @bench("search_against_wagtail_postgresql", floor=0.5)
    def search_on_postgresql() -> float:
        return measured("postgresql")["ratio"]

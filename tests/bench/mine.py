"""The first page after logging in: its queries beyond the log-in and the site, and what a hundred rows do to them.

Made in a SQLite database of its own, by a fresh process; one measurement a run, for counts do not vary.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from tests.bench.registry import bench

ROOT = Path(__file__).resolve().parents[2]
MOST_QUERIES = 8


@cache
def measured() -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="bench-mine-") as folder:
        env = {**os.environ, "ACADEMY_ENV": "test", "VAR": folder, "DATABASE_URL": ""}
        command = [sys.executable, "-m", "tests.bench.mine_probe"]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


@bench("mine_queries_one_row", floor=MOST_QUERIES, unit="queries")
def mine_queries_one_row() -> float:
    return measured()["one"]


@bench("mine_queries_hundred_rows", floor=MOST_QUERIES, unit="queries")
def mine_queries_hundred_rows() -> float:
    return measured()["hundred"]

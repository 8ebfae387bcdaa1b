"""What a seat costs as a whole request, against the least request that writes one.

Ours is the request of a browser to the API: session, CSRF, roles, rules, locks, the promise, the seat, and the mail in
the outbox. The reference is a Django view that does a bare insert in a transaction and is told in its address who takes
a seat where: no middleware, no log-in, no rules, so it is the least that any Django site pays for a row. Both are asked
by the same client, in turns, on one database; the value is the median over turns, after a warming up of both, because
the first requests of a process pay for reading translations, addresses and forms of statements.

On PostgreSQL, as at work, by the clock: what the transaction of either costs, its commit included. On SQLite in
processor time, where a bare insert costs next to nothing and everything else therefore counts most.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import prepared, services
from tests.bench.registry import bench

ROOT = Path(__file__).resolve().parents[2]


MOST = 8


@bench("enrolment_processor", floor=MOST)
def enrolment_processor() -> float:
    with tempfile.TemporaryDirectory(prefix="bench-enrolment-") as folder:
        shutil.copy(prepared.sqlite_file(), Path(folder) / "academy.sqlite3")
        return _ratio(folder, "")


@bench("enrolment", floor=MOST)
def enrolment() -> float:
    if not services.postgres_there():
        return enrolment_processor()
    name = f"bench_enrolment_{os.getpid()}"
    prepared.copy(prepared.postgres_database(), name)
    try:
        with tempfile.TemporaryDirectory(prefix="bench-enrolment-") as folder:
            return _ratio(folder, services.database_url(name))
    finally:
        prepared.drop(name)


def _ratio(folder: str, url: str) -> float:
    env = {**os.environ, "ACADEMY_ENV": "test", "VAR": folder, "DATABASE_URL": url}
    command = [sys.executable, "-m", "tests.bench.enrolment_probe"]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])["ratio"]

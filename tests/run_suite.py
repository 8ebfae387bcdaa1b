"""Runs the suite on SQLite and, when it is there, on PostgreSQL; says what was skipped and why.

``--soak`` runs the long counts, the stories as at work and the planted faults instead, ``--cover`` the quick tests with their coverage. With
``ACADEMY_TEST_STRICT=1`` (as in continuous integration) a missing part is a failure and not a skip.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import services  # noqa: E402 -- the root must be on the path first

# The last line of pytest with -q: "2 failed, 98 passed, 1 skipped, 1 error in 12.34s".
SUMMARY = re.compile(r"^(?=.*\d (?:passed|failed|errors?)\b).* in [\d.]+s\b", re.MULTILINE)
COUNT = re.compile(r"(\d+) (passed|failed|error)")
TWO = ("-n", "2", "--dist", "loadgroup")
WITHOUT_ROWS = ("--ignore=tests/architecture", "--ignore=tests/settings")
COVERED = ("--cov", "--cov-append", "--cov-report=", "--cov-fail-under=0")
# What each command asks of pytest, on SQLite and on PostgreSQL.
ASKED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # Browser and permission walk look at pages, the two folders at files; the database under them is tried by everything else.
    "test": (
        ("-m", "not soak", *TWO),
        ("-m", "not soak and not walk and not browser and not story", *WITHOUT_ROWS, *TWO),
    ),
    # With what they print: the figures are the point.
    "soak": (("-m", "soak", "-s"), ("-m", "soak", "-s")),
    # One branch of what decides is for PostgreSQL only: passing by a job that somebody else holds.
    "cover": (
        ("-m", "not soak and not live and not browser and not walk", *COVERED, *TWO),
        ("tests/outbox/test_jobs.py", *COVERED),
    ),
}


class Tally(Counter[str]):
    """What the runs counted together; a run that ends badly without a count is one failure."""

    def add(self, output: str, *, good: bool) -> None:
        summaries = SUMMARY.findall(output)
        counted = Counter({kind: int(number) for number, kind in COUNT.findall(summaries[-1] if summaries else "")})
        failed = counted["failed"] + counted["error"]
        self.update(passed=counted["passed"], failed=failed or int(not good))

    def line(self) -> str:
        return f"{self['passed']} passed, {self['failed']} failed"


def run(label: str, tally: Tally, *command: str, **env: str) -> None:
    started = time.monotonic()
    print(f"== {label}", flush=True)
    # Whatever the shell of the developer says: the tests name the broker and the cache they are about.
    whole = {**os.environ, "ACADEMY_ENV": "test", "CELERY_BROKER_URL": "", "CACHE_URL": "", **env}
    # The tests start a few hundred processes of the academy; without bytecode each compiles it anew.
    whole.pop("PYTHONDONTWRITEBYTECODE", None)
    output = []
    with subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=whole,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            output.append(line)
    good = process.returncode == 0
    tally.add("".join(output), good=good)
    print(f"== {label}: {'goed' if good else 'FOUT'} in {time.monotonic() - started:.0f} s", flush=True)


def main() -> int:
    asked = next((word[2:] for word in sys.argv[1:] if word[2:] in ASKED), "test")
    strict = os.environ.get("ACADEMY_TEST_STRICT") == "1"
    postgres, redis, browser = services.postgres_there(), services.redis_there(), services.chromium()
    missing = [
        name for name, there in {"PostgreSQL": postgres, "Redis": redis, "Chromium": browser}.items() if not there
    ]
    for name in missing:
        print(f"!! {name} is er niet: wat daarvan afhangt wordt overgeslagen.")
    if missing and strict:
        print("Hier hoort alles er te zijn; dit is een fout.")
        print(f"0 passed, {len(missing)} failed")
        return 1
    var, tally = os.environ.get("VAR", str(ROOT / "var")), Tally()
    on_sqlite, on_postgres = ASKED[asked]
    if asked == "cover":
        (ROOT / ".coverage").unlink(missing_ok=True)
    run("SQLite", tally, "pytest", *on_sqlite, VAR=f"{var}/test-sqlite", DATABASE_URL="")
    if postgres:
        run("PostgreSQL", tally, "pytest", *on_postgres, VAR=f"{var}/test-postgres", DATABASE_URL=services.POSTGRES_URL)
    if asked == "cover":
        run("Dekking", tally, "coverage", "report")
    if asked == "soak" and postgres and redis:
        at_work = {"DATABASE_URL": services.POSTGRES_URL, "CELERY_BROKER_URL": services.REDIS_URL}
        run("Verhalen op PostgreSQL met Redis", tally, "pytest", "-m", "story", VAR=f"{var}/test-stories", **at_work)
    if asked == "soak":
        run("Geplante fouten", tally, "tests.mutations")
    for name in missing:
        print(f"!! Overgeslagen: alles wat {name} nodig heeft.")
    print(tally.line())
    return 1 if tally["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())

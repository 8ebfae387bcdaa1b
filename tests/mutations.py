"""Plants the faults of ``mutations.toml`` in a copy of the tree, one at a time: each must turn its test red.

``python -m tests.mutations [WORD…]`` tries those whose name holds one of the words, or all of them. The checkout is
only read. The tests are green without a fault first, or their red would show nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests import services

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests/mutations.toml"
COPIED = ("academy", "certificates", "courses", "leertafels", "templates", "tests", "docs")
FILES = ("manage.py", "pyproject.toml", "requirements.txt")
# Tests ran and one said no; anything else (nothing collected, a file that cannot be imported) is no answer.
RED = re.compile(r"\b\d+ failed\b")


@dataclass(frozen=True, slots=True)
class Mutation:
    name: str
    file: str
    old: str
    new: str
    test: str
    database: str = "sqlite"

    def planted(self, source: str) -> str:
        """``source`` with the fault in it; refused when the place is not there exactly once."""
        if (found := source.count(self.old)) != 1:
            raise ValueError(f"{self.name}: the old text stands {found} times in {self.file}")
        if self.old == self.new:
            raise ValueError(f"{self.name}: nothing changes")
        return source.replace(self.old, self.new)


def mutations() -> list[Mutation]:
    return [Mutation(**one) for one in tomllib.loads(TABLE.read_text())["mutation"]]


def copy_tree(folder: Path) -> Path:
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    return folder


def run(tree: Path, database: str, tests: Iterable[str]) -> subprocess.CompletedProcess[str]:
    url = services.POSTGRES_URL if database == "postgresql" else ""
    # Compiled files are told apart by time and size, and a fault may change neither.
    env = {"ACADEMY_ENV": "test", "VAR": str(tree / "var"), "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "--tb=short", *tests]
    return subprocess.run(command, cwd=tree, env={**os.environ, **env}, capture_output=True, text=True, check=False)


def is_red(done: subprocess.CompletedProcess[str]) -> bool:
    return done.returncode == 1 and bool(RED.search(done.stdout))


def turns_red(tree: Path, mutation: Mutation) -> bool:
    """Whether its test sees the fault; the copy is whole again afterwards."""
    path = tree / mutation.file
    whole = path.read_text()
    try:
        path.write_text(mutation.planted(whole))
        done = run(tree, mutation.database, [mutation.test])
    finally:
        path.write_text(whole)
    if not is_red(done):
        print(done.stdout[-2000:], done.stderr[-2000:], sep="\n")
    return is_red(done)


def is_green(tree: Path, chosen: list[Mutation]) -> bool:
    for database in sorted({one.database for one in chosen}):
        tests = {one.test: None for one in chosen if one.database == database}
        done = run(tree, database, tests)
        if done.returncode:
            print(done.stdout[-4000:], done.stderr[-2000:], sep="\n")
            return False
    return True


def main() -> int:
    words = sys.argv[1:]
    chosen = [one for one in mutations() if not words or any(word in one.name for word in words)]
    if not services.postgres_there():
        for one in chosen:
            if one.database == "postgresql":
                print(f"!! Overgeslagen, PostgreSQL is er niet: {one.name}")
        chosen = [one for one in chosen if one.database != "postgresql"]
    started, caught = time.monotonic(), 0
    with tempfile.TemporaryDirectory(prefix="academy-mutations-") as folder:
        tree = copy_tree(Path(folder))
        if not is_green(tree, chosen):
            print("Zonder fout zijn deze tests al rood; dan zegt hun rood niets.")
            return 1
        for one in chosen:
            seen = turns_red(tree, one)
            caught += seen
            print(f"{'rood' if seen else 'NIET GEZIEN'}: {one.name}", flush=True)
    missed = len(chosen) - caught
    print(f"{f'{missed} failed, ' if missed else ''}{caught} passed in {time.monotonic() - started:.2f}s")
    return 1 if missed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())

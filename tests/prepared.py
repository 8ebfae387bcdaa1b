"""A migrated database made once and copied: by every test process, by every sandbox, and by the next run.

The name holds a fingerprint of all migrations and of the pinned libraries, so that a changed migration makes a new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from tests import services

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path(tempfile.gettempdir()) / "academy-prepared"


def on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def on_server(statement: sql.Composable) -> None:
    with psycopg.connect(services.POSTGRES_URL, autocommit=True) as connection:
        connection.execute(statement)


def drop(name: str) -> None:
    on_server(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def copy(source: str, name: str) -> None:
    """A new database on the server as a copy of ``source``, in the place of one with that name."""
    drop(name)
    on_server(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(source)))


def fingerprint() -> str:
    """What a migrated database depends on."""
    told = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for package in ("academy", "certificates", "courses", "leertafels"):
        for path in sorted((ROOT / package).rglob("*")):
            # What is loaded by migrations and after them counts as well as the migrations themselves.
            told_by = {"migrations", "data", "site.py", "section.py"} & {path.parent.name, path.name}
            if told_by and path.is_file() and path.suffix != ".pyc":
                told.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return told.hexdigest()[:16]


def _migrate(folder: Path, url: str) -> None:
    env = {**os.environ, "ACADEMY_ENV": "demo", "VAR": str(folder), "DATABASE_URL": url}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AssertionError(f"migrate ended with {done.returncode}\n{done.stdout}\n{done.stderr}")


def sqlite_file() -> Path:
    """The migrated SQLite file."""
    FOLDER.mkdir(exist_ok=True)
    ready = FOLDER / f"{fingerprint()}.sqlite3"
    # A lock for each: who needs one that is there does not wait for another that is being made.
    with ready.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
                _migrate(Path(folder), "")
                source = Path(folder) / "academy.sqlite3"
                if Path(f"{source}-wal").exists() and Path(f"{source}-wal").stat().st_size:
                    raise AssertionError("The migrated database was not closed.")
                shutil.move(source, ready)
    return ready


def postgres_database() -> str:
    """The name of the migrated database on the server."""
    FOLDER.mkdir(exist_ok=True)
    name = f"academy_prepared_{fingerprint()}"
    with (FOLDER / f"{name}.lock").open("w") as lock, psycopg.connect(services.POSTGRES_URL) as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not found:
            making = f"{name}_making"
            drop(making)
            on_server(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
            with tempfile.TemporaryDirectory(dir=FOLDER) as folder:
                _migrate(Path(folder), services.database_url(making))
            # The name appears only when all of it is there.
            on_server(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name)))
    return name

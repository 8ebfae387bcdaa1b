"""An academy of its own: database, media, queue and processes that belong to one test and vanish with it.

A migrated (and, if asked, demo-filled) template is built once per run and copied; the database of pytest itself is
never touched, so a test may kill, race and browse at will.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from uuid import uuid4

from tests import prepared, services
from tests.prepared import ROOT, on_postgres

if TYPE_CHECKING:
    from pathlib import Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Sandbox:
    """State and processes of one academy. ``demo`` is the environment, so that its accounts and mailbox exist."""

    def __init__(self, folder: Path, *, database: str | None, **env: str) -> None:
        self.folder = folder
        self.database = database
        self.processes: list[subprocess.Popen] = []
        self.inside: subprocess.Popen | None = None
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        url = ""
        if database:
            url = services.database_url(database)
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))},
            # pytest names its own settings to its children; here ACADEMY_ENV chooses, as in real life.
            "DJANGO_SETTINGS_MODULE": "academy.settings",
            "ACADEMY_ENV": "demo",
            "VAR": str(folder),
            "DATABASE_URL": url,
            "PUBLIC_URL": f"http://127.0.0.1:{self.port}",
            **env,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *args: str, check: bool = True, timeout: float = 120, **env: str) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, "manage.py", *args],
            cwd=ROOT,
            env={**self.env, **env},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"{args} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done

    def python(self, code: str, *, timeout: float = 120, **env: str) -> str:
        """What ``code`` prints when it runs inside this academy; with ``env`` in a process of its own."""
        if env:
            return self.manage("shell", "-v0", "-c", code, timeout=timeout, **env).stdout.strip()
        inside = self._inside_process()
        watch = threading.Timer(timeout, inside.kill)
        watch.start()
        inside.stdin.write(json.dumps(code) + "\n")
        inside.stdin.flush()
        answer = inside.stdout.readline()
        watch.cancel()
        if not answer:
            raise AssertionError(f"The script gave no answer within {timeout} s.")
        told, failure = json.loads(answer)
        if failure:
            raise AssertionError(failure)
        return told.strip()

    def _inside_process(self) -> subprocess.Popen:
        if self.inside is None:
            with (self.folder / "inside.log").open("w") as log:
                self.inside = subprocess.Popen(
                    [sys.executable, "-m", "tests.inside"],
                    cwd=ROOT,
                    env=self.env,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
        return self.inside

    def start(self, *command: str, **env: str) -> subprocess.Popen:
        """A process in a group of its own, so that a kill takes its children along."""
        with (self.folder / f"process-{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                cwd=ROOT,
                env={**self.env, **env},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def serve(self, **env: str) -> subprocess.Popen:
        """Web, worker and scheduler; returns once the site answers."""
        process = self.start("manage.py", "serve", "--port", str(self.port), **env)
        self.wait_for_web(process)
        return process

    def wait_for_web(self, process: subprocess.Popen, seconds: float = 300) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                break
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"{self.url}/health/live", timeout=2).close()
                return
            time.sleep(0.1)
        logs = "\n".join(path.read_text()[-3000:] for path in self.folder.glob("process-*.log"))
        raise AssertionError(f"The academy did not answer within {seconds} s.\n{logs}")

    @staticmethod
    def kill(process: subprocess.Popen, how: int = signal.SIGKILL) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)

    def close(self) -> None:
        """Nobody waits for work in hand: what it would leave behind is thrown away."""
        if self.inside is not None:
            self.inside.kill()
            self.inside.communicate()
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)
        if self.database:
            prepared.drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)


PRINT = """
from academy.outbox.domain.running import run_due
run_due(seconds=300)
"""


def build_template(shared: Path, name: str) -> Path:
    """The folder of the template, made by the first test process that needs it.

    ``empty`` is migrated, ``demo`` is loaded, and of ``printed`` the papers of the demo are drawn as well: nearly a
    hundred, which every academy that lives for more than a moment would draw anew.
    """
    folder = shared / f"template-{name}"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (folder / "ready").exists():
            return folder
        shutil.rmtree(folder, ignore_errors=True)  # what another process began and could not end
        if name == "printed":
            made = copy_template(build_template(shared, "demo"), folder)
            made.manage("shell", "-v0", "-c", PRINT, timeout=300)
        else:
            made = _migrated(folder)
            if name == "demo":
                made.manage("load_demo", timeout=300)
        (folder / "ready").write_text(made.database or "")
    return folder


def copy_template(template: Path, folder: Path, **env: str) -> Sandbox:
    """A new academy that starts as a copy of the template."""
    source = (template / "ready").read_text()
    shutil.copytree(template, folder, ignore=shutil.ignore_patterns("ready", "*.log"))
    database = None
    if source:
        database = _database_name()
        prepared.copy(source, database)
    return Sandbox(folder, database=database, **env)


def _migrated(folder: Path) -> Sandbox:
    folder.mkdir()
    database = None
    if on_postgres():
        database = _database_name()
        prepared.copy(prepared.postgres_database(), database)
    else:
        shutil.copy(prepared.sqlite_file(), folder / "academy.sqlite3")
    return Sandbox(folder, database=database)


def _database_name() -> str:
    return f"academy_sbx_{uuid4().hex[:12]}"


def drop_templates(shared: Path) -> None:
    for ready in shared.glob("template-*/ready"):
        if name := ready.read_text():
            prepared.drop(name)

"""``manage.py serve``: web server, worker and scheduler in one process tree."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

STOP_SECONDS = 15
PR_SET_PDEATHSIG = 1
# A child that dies at once is not started over and over without a pause.
PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    help = "Start de website, de verwerker van taken en de planner; Ctrl-C stopt alles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        if hasattr(staticfiles_storage, "manifest_name"):
            call_command("collectstatic", "--noinput", verbosity=0)
        self.children: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, self.stop)
        commands = {
            "web": web(options["host"], options["port"]),
            "worker": worker(),
            "scheduler": scheduler(),
        }
        self.stdout.write(f"De academie draait op http://{options['host']}:{options['port']}/ (Ctrl-C stopt alles).")
        self.stdout.flush()
        try:
            self.keep_running(commands)
        finally:
            self.end_children()

    def stop(self, *_: Any) -> None:
        self.stopping = True

    def keep_running(self, commands: dict[str, list[str]]) -> None:
        started: dict[str, float] = {}
        while not self.stopping:
            for name, command in commands.items():
                child = self.children.get(name)
                if child is not None and child.poll() is None:
                    continue
                if child is not None and time.monotonic() - started[name] < PAUSE_SECONDS:
                    continue
                if child is not None:
                    self.stderr.write(f"Het onderdeel {name} stopte ({child.returncode}) en wordt opnieuw gestart.")
                self.children[name] = subprocess.Popen(command, preexec_fn=follow_parent)  # noqa: PLW1509,S603 -- one thread, own command
                started[name] = time.monotonic()
            time.sleep(0.2)

    def end_children(self) -> None:
        for child in self.children.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            child.kill()


def follow_parent() -> None:
    """In a child: stop when the parent vanishes without a word, so that nothing keeps running unseen (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def web(host: str, port: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *(sys.executable, "-m", "gunicorn", "academy.wsgi:application", "--bind", address),
        *("--worker-class", "academy.web_worker.Worker"),
        *("--workers", os.environ.get("WEB_CONCURRENCY", "2"), "--threads", "4", "--log-level", "warning"),
        *("--no-control-socket",),
    ]


def worker() -> list[str]:
    return [
        *(
            sys.executable,
            "-m",
            "celery",
            "--quiet",
            "-A",
            "academy",
            "worker",
            "--loglevel",
            "WARNING",
            "--without-mingle",
        ),
        *("--without-gossip", "-Q", "celery,sweep", "--concurrency", str(settings.OUTBOX_WORKERS)),
    ]


def scheduler() -> list[str]:
    schedule = str(settings.VAR / "schedule")
    return [
        *(sys.executable, "-m", "celery", "--quiet", "-A", "academy", "beat", "--loglevel", "WARNING"),
        *("--schedule", schedule, "--pidfile", ""),
    ]

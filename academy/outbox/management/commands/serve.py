"""``manage.py serve``: web server, worker and scheduler in one process tree.

This process has loaded the academy already. Its children are copies of it, so that nobody waits for three programs that
each load it again, and what they never change stands in memory once.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import runpy
import signal
import sys
import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

STOP_SECONDS = 15
PR_SET_PDEATHSIG, PR_SET_NAME = 1, 15
FORK = multiprocessing.get_context("fork")
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
        # The whole site with its middleware and addresses, once for all web processes.
        import_module("academy.wsgi")
        # A connection belongs to one process; and the collector would write in all memory that it looks at.
        connections.close_all()
        gc.freeze()
        self.children: dict[str, multiprocessing.process.BaseProcess] = {}
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
                if child is not None and child.is_alive():
                    continue
                if child is not None and time.monotonic() - started[name] < PAUSE_SECONDS:
                    continue
                if child is not None:
                    self.stderr.write(f"Het onderdeel {name} stopte ({child.exitcode}) en wordt opnieuw gestart.")
                self.children[name] = FORK.Process(target=become, args=(name, command))
                self.children[name].start()
                started[name] = time.monotonic()
            time.sleep(0.2)

    def end_children(self) -> None:
        for child in self.children.values():
            child.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in self.children.values():
            child.join(timeout=max(0.1, deadline - time.monotonic()))
            child.kill()


def become(name: str, command: list[str]) -> None:
    """In a child: go on as ``python -m`` with this command line, with everything loaded already."""
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, signal.SIG_DFL)
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        # Stop when the parent vanishes without a word, so that nothing keeps running unseen.
        system.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # Its command line is that of its parent; in the list of processes the name tells them apart.
        system.prctl(PR_SET_NAME, name.encode())
    sys.argv = command
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)


def web(host: str, port: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [
        *("gunicorn", "academy.wsgi:application", "--bind", address),
        *("--worker-class", "academy.web_worker.Worker"),
        *("--workers", os.environ.get("WEB_CONCURRENCY") or "2", "--threads", "4", "--log-level", "warning"),
        *("--no-control-socket",),
    ]


def worker() -> list[str]:
    return [
        *("celery", "--quiet", "-A", "academy", "worker", "--loglevel", "WARNING", "--without-mingle"),
        *("--without-gossip", "-Q", "celery,sweep", "--concurrency", str(settings.OUTBOX_WORKERS)),
    ]


def scheduler() -> list[str]:
    schedule = str(settings.VAR / "schedule")
    return [
        *("celery", "--quiet", "-A", "academy", "beat", "--loglevel", "WARNING"),
        *("--schedule", schedule, "--pidfile", ""),
    ]

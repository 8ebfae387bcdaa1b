"""``manage.py demo``: what `make demo` runs."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from academy.portal import demo
from academy.portal.demo.people import ACCOUNTS, PARTICIPANTS

HIGHEST_PORT = 65535


class Command(BaseCommand):
    help = "De hele academie op deze computer, met demogegevens; Ctrl-C stopt alles."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="de poort op 127.0.0.1 (8000)")
        parser.add_argument(
            "--fresh", action="store_true", help="laadt de demo opnieuw; alles wat erin stond verdwijnt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if os.environ.get("ACADEMY_ENV") != "demo":
            raise CommandError("De demo start alleen met ACADEMY_ENV=demo; `make demo` doet dat.")
        check_port(port)
        lead_here(port)
        if options["fresh"]:
            clear()
        call_command("migrate", verbosity=0)
        if demo.holds_other_data():
            raise CommandError(
                "In deze database staan gegevens die niet van de demo zijn. Kies met VAR een andere map."
            )
        if demo.loaded_at() is None:
            self.stdout.write("De demo wordt geladen; dat duurt even …")
            call_command("load_demo", stdout=self.stdout)
        else:
            self.stdout.write(age(demo.days_old() or 0))
        self.stdout.write(welcome(port))
        self.stdout.flush()
        # A fresh program: `serve` copies itself, and what loading the demo left in memory is no part of that.
        os.execv(sys.executable, [sys.executable, sys.argv[0], "serve", "--port", str(port)])  # noqa: S606 -- own command


def check_port(port: int) -> None:
    """Raise CommandError when nobody can listen there."""
    if not 1 <= port <= HIGHEST_PORT:
        raise CommandError(f"Een poort is een getal van 1 tot en met {HIGHEST_PORT}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as taken:
            raise CommandError(
                f"Poort {port} is niet vrij. Stop wat daar draait, of kies een andere: make demo PORT=9000"
            ) from taken


def lead_here(port: int) -> None:
    """Links in mails and on certificates lead to this port, unless ``PUBLIC_URL`` says where they lead."""
    if not os.environ.get("PUBLIC_URL"):
        # What this process loads uses the settings; the processes that it starts read the environment.
        os.environ["PUBLIC_URL"] = settings.PUBLIC_URL = settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{port}"


def age(days: int) -> str:
    """What a second start says."""
    if days == 0:
        return "De demogegevens zijn van vandaag."
    word = "dag" if days == 1 else "dagen"
    return f"De demogegevens zijn {days} {word} oud. Vers laden: make demo FRESH=1"


def welcome(port: int) -> str:
    """The address and the accounts."""
    width = max(len(name) for name in ACCOUNTS)
    lines = [f"  {name:<{width}}  {account.name:<26}  {account.about}" for name, account in ACCOUNTS.items()]
    return "\n".join(
        [
            "",
            f"De academie staat op http://127.0.0.1:{port} (Ctrl-C stopt).",
            f"Inloggen: <account>@{demo.DOMAIN}, wachtwoord {demo.PASSWORD}",
            *lines,
            f"  en deelnemer001 tot en met deelnemer{PARTICIPANTS}, goedgekeurde deelnemers van buiten",
            "",
        ]
    )


def clear() -> None:
    """Remove the demo and all it kept. Raises CommandError when the database holds anything else."""
    tables = connection.introspection.table_names()
    if not tables:
        return
    if "people_auditentry" not in tables or demo.loaded_at() is None:
        raise CommandError("In deze database staat geen demo; er is niets gewist. Kies met VAR een andere map.")
    if connection.vendor == "sqlite":
        path = Path(settings.DATABASES["default"]["NAME"])
        connection.close()
        for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            name.unlink(missing_ok=True)
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
        connection.close()
    for folder in (Path(settings.MEDIA_ROOT), settings.VAR / "queue", settings.VAR / "queue-control"):
        if folder.exists():
            shutil.rmtree(folder)
            folder.mkdir(mode=0o700)

"""Checks every record of points and certificates."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from certificates.domain.verification import verify_ledger


class Command(BaseCommand):
    help = "Loopt alle punten en certificaten na; noemt de eerste rij die niet klopt."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--without-files", action="store_true", help="sla de bestanden over")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        checked = verify_ledger(with_files=not options["without_files"])
        if checked.bad is not None:
            raise CommandError(f"Niet in orde: {checked.bad}")
        self.stdout.write(
            f"{checked.rows} rijen in orde in {time.monotonic() - started:.1f} s; einde {checked.head[:16]}"
        )

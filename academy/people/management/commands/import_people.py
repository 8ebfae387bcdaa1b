"""``manage.py import_people``: takes in a staff list."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from academy.common.errors import DomainError
from academy.people.domain.importing import import_staff
from academy.people.domain.staff_list import COLUMNS, read_table

LARGEST = 20 * 1024 * 1024


class Command(BaseCommand):
    help = (
        "Leest een personeelslijst in: alle rijen of geen. Een CSV-bestand met deze kolommen in de eerste rij:\n"
        + "\n".join(f"  {name:<15} {what}" for name, what in COLUMNS.items())
        + "\nNieuwe mensen kiezen zelf een wachtwoord met ‘Wachtwoord vergeten’."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, formatter_class=argparse.RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="kijkt alleen na en verandert niets")

    def handle(self, *args: Any, **options: Any) -> None:
        dry = options["dry_run"]
        try:
            results = import_staff(rows=read_table(self._content(options["file"])), by=None, dry_run=dry)
        except DomainError as wrong:
            raise CommandError(f"{wrong.message} Er is niets veranderd.") from wrong
        except IntegrityError as wrong:
            raise CommandError("Iemand anders was net bezig. Er is niets veranderd; probeer het nog eens.") from wrong
        for result in results:
            self.stdout.write(f"Rij {result.number}: {'' if result.good else 'FOUT, '}{result.message}")
        bad = sum(not result.good for result in results)
        if bad:
            raise CommandError(f"{bad} van de {len(results)} rijen kloppen niet. Er is niets veranderd.")
        end = "Alles klopt; er is niets veranderd (--dry-run)." if dry else "Ingelezen."
        self.stdout.write(f"{len(results)} rijen. {end}")

    @staticmethod
    def _content(path: Path) -> bytes:
        try:
            if path.stat().st_size > LARGEST:
                raise CommandError("Dit bestand is groter dan 20 MB; deel de lijst op.")
            return path.read_bytes()
        except OSError as wrong:
            raise CommandError(f"{path} is niet te lezen; kijk de naam na.") from wrong

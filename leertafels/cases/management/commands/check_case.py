"""Runs the detector on a text and says what it found; nothing is kept."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from leertafels.cases.detector import STOP, find

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Zoekt in een tekst naar wat herleidbaar is: een JSON-regel per vondst, en exit 1 als er iets tegenhoudt."
    # It must work where there is no database yet.
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="zonder FILE: standaardinvoer")

    def handle(self, **options: Any) -> None:
        try:
            raw = Path(options["file"]).read_bytes() if options["file"] else sys.stdin.buffer.read()
        except OSError as error:
            raise CommandError(f"Dit bestand is niet te lezen: {error.strerror}.", returncode=2) from error
        hits = find(raw.decode("utf-8-sig", errors="replace"))
        for hit in hits:
            self.stdout.write(json.dumps(asdict(hit), ensure_ascii=False))
        if any(hit.level == STOP for hit in hits):
            sys.exit(1)

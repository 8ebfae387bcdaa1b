"""``manage.py load_demo``: fills an empty database with the demo."""

from __future__ import annotations

import os
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from academy.portal import demo


class Command(BaseCommand):
    help = "Vult een lege database met de demo. Weigert een database waarin al iemand staat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=int, default=1, help="zoveel keer zo veel deelnemers (1)")
        parser.add_argument("--seed", type=int, default=1, help="het toeval; hetzelfde getal geeft dezelfde demo (1)")

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get("ACADEMY_ENV") not in {"demo", "test"}:
            raise CommandError("De demo heeft een bekend wachtwoord en laadt alleen met ACADEMY_ENV=demo.")
        if options["scale"] < 1:
            raise CommandError("--scale is een heel getal vanaf 1.")
        started = time.monotonic()
        verbose = options["verbosity"] > 1
        try:
            loaded = demo.load(
                scale=options["scale"], seed=options["seed"], tell=self.stdout.write if verbose else lambda _line: None
            )
        except demo.OtherDataError as refused:
            raise CommandError(
                "In deze database staan al mensen of organisaties; er is niets veranderd. "
                "Kies met VAR een andere map, of gebruik `make demo FRESH=1` als het de demo zelf is."
            ) from refused
        seconds = time.monotonic() - started
        self.stdout.write(f"De demo is geladen: {len(loaded.people)} mensen, {seconds:.1f} s.")

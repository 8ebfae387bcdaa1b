"""Runs the register rules on a made-up dossier."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from academy.common.errors import DomainError
from certificates.credits.domain.rule_sets import rules_of
from certificates.credits.engine.dossier import parse_json, read_dossier, write_result
from certificates.credits.engine.evaluation import evaluate
from certificates.credits.engine.files import shipped_rules
from certificates.credits.engine.values import Rules
from certificates.credits.models import RuleSet


def find_rules(code: str) -> Rules | None:
    """The rules in use; before there is a database those that were shipped."""
    try:
        held = RuleSet.objects.filter(code=code).first()
    except DatabaseError:
        return shipped_rules(code)
    return rules_of(held) if held else None


class Command(BaseCommand):
    help = "Rekent een bedacht dossier door met de regels van een beroepsregister; bewaart niets."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE.json")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = Path(options["file"]).read_bytes()
        except (OSError, ValueError) as error:
            raise CommandError(f"Het bestand {options['file']} is niet te lezen.", returncode=2) from error
        try:
            result = evaluate(read_dossier(parse_json(text), find_rules))
        except DomainError as error:
            raise CommandError(error.message, returncode=2) from error
        self.stdout.write(json.dumps(write_result(result), indent=2, ensure_ascii=False))

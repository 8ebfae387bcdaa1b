"""``manage.py invite_admin E-MAIL``: the first administrator of a production site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from academy.common.errors import DomainError
from academy.people.domain.invitations import invite_admin

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    help = "Maakt iemand beheerder en stuurt een link waarmee zij één keer een wachtwoord instelt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person, link = invite_admin(email=options["email"])
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{person.email} is beheerder. De link werkt één keer en drie dagen lang:\n{link}")

"""``manage.py sweep``: everything that is due now, in this process."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from academy.outbox.domain.running import run_due
from academy.outbox.domain.sweeping import sweep_all
from academy.outbox.enums import JobState
from academy.outbox.registry import JOB_KINDS

MOST_SECONDS = 3600


class Command(BaseCommand):
    help = "Doet alles wat nu aan de beurt is: taken, berichten, publicaties en wat andere onderdelen aanmeldden."

    def handle(self, *args: Any, **options: Any) -> None:
        for swept in sweep_all():
            self.stdout.write(f"{swept.sweep.label}: {'ging mis, zie het logboek' if swept.failed else swept.count}")
        done = run_due(seconds=MOST_SECONDS)
        for name, counts in sorted(done.items()):
            label = JOB_KINDS[name].label if name in JOB_KINDS else name
            self.stdout.write(f"{label}: {_ended(counts)}")
        if not done:
            self.stdout.write("taken: 0")


def _ended(counts: dict[JobState, int]) -> str:
    words = {JobState.DONE: "gedaan", JobState.WAITING: "later opnieuw", JobState.PARKED: "geparkeerd"}
    return ", ".join(f"{counts[state]} {word}" for state, word in words.items() if counts.get(state))

"""Rounds in which the process that destroys a case is killed; run inside a sandbox, prints what was left as JSON.

Each round brings in a case long ago, forks a child that destroys what is due and dies by SIGKILL (at a named stage, or
at a moment of the parent's choosing), and looks a quarter of an hour after the deadline, after a sweep: the old
ciphertext, as a backup would have it, must open with nothing that is left.
"""

import json
import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from academy.common import clock
from leertafels.cases import vault
from leertafels.cases.domain import destroying
from leertafels.cases.models import Case
from tests.cases.factories import make_case, make_table, seat
from tests.killing import fuse, killed

SECRET = "zeemeerminhek achter het tuinhuis van de molenaar"
STAGES = {
    "before the row": lambda: fuse(destroying, "lock_case", after=True),
    "before the commit": lambda: fuse(destroying, "record", after=True),
    "before the key": lambda: fuse(vault, "destroy", after=False),
    "key overwritten": lambda: fuse(Path, "unlink", after=False),
    "key half written": lambda: fuse(os, "fsync", after=False),
    "after the key": lambda: fuse(vault, "destroy", after=True),
    "before the stray keys": lambda: fuse(destroying, "_destroy_stray_keys", after=False),
    "any moment": None,
}


def brought_in(now):
    with clock.frozen(now):
        gathering = make_table()
        return make_case(gathering, seat(gathering), question=f"Hoe zit het met het {SECRET}?")


def opens(case_id, sealed):
    try:
        return bool(vault.unseal(case_id, sealed))
    except vault.KeyGoneError:
        return False


def run(rounds):
    now, readable, survived, left, cut = clock.now(), 0, 0, 0, 0
    for number in range(rounds):
        stage = list(STAGES)[number % len(STAGES)]
        case = brought_in(now)
        sealed = bytes(case.sealed)
        assert opens(case.public_id, sealed)
        with clock.frozen(case.destroy_at):
            survived += not killed(destroying.destroy_due, STAGES[stage], within=0.02)
        cut += opens(case.public_id, sealed)
        with clock.frozen(case.destroy_at + timedelta(minutes=15)):
            destroying.destroy_due()
        case.refresh_from_db()
        readable += opens(case.public_id, sealed) or not case.is_destroyed or bool(case.sealed)
        left += (Path(settings.CASE_KEY_FOLDER) / case.public_id).exists()
    print(
        json.dumps(
            {
                "rounds": rounds,
                "survived": survived,
                "cut off": cut,
                "readable": readable,
                "keys": left,
                "cases": Case.objects.live().count(),
            }
        )
    )


run(int(os.environ["ROUNDS"]))

"""Rounds in which the worker that makes a certificate is killed; run inside a sandbox, prints what was left as JSON.

Each round somebody earns a certificate, a forked worker is killed at one stage of making it, and the next worker comes
when the lease of the dead one has run out. After every round all certificates are there, once, with one mail each.
"""

import json
import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from academy.common import clock
from academy.outbox import delivery
from academy.outbox.domain import running
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from certificates import rendering, tasks
from certificates.domain.verification import verify_ledger
from certificates.models import Certificate, CertificateEvent, CertificateFile
from tests.certificates.factories import make_certificate
from tests.factories import make_person
from tests.killing import fuse, killed


def after_job(kind):
    fuse(running, "_do", after=True, only=lambda job, _kind: job.kind == kind)


STAGES = {
    "before drawing": lambda: fuse(rendering, "render", after=False),
    "after drawing": lambda: fuse(rendering, "render", after=True),
    "while writing": lambda: fuse(os, "fsync", after=False),
    "before the name": lambda: fuse(Path, "replace", after=False),
    "after the name": lambda: fuse(Path, "replace", after=True),
    "before the mail is asked": lambda: fuse(tasks, "announce", after=False),
    "before the commit": lambda: fuse(tasks, "announce", after=True),
    "after the commit": lambda: after_job("certificates.render"),
    "while the mail is made": lambda: fuse(delivery, "compose", after=True),
    "after the mail": lambda: after_job("outbox.send_mail"),
}


def left():
    """What there is of everything; a worker that does its work twice, or not, shows here."""
    folder = Path(settings.MEDIA_ROOT) / "certificates"
    kept = CertificateFile.objects.values_list("storage_name", flat=True)
    return {
        "certificates": Certificate.objects.count(),
        "files": CertificateFile.objects.count(),
        "rendered": CertificateEvent.objects.filter(kind="rendered").count(),
        "mails": Message.objects.filter(trigger="certificates.ready", state=MessageState.SENT).count(),
        "all mails": Message.objects.count(),
        "open jobs": Job.objects.exclude(state=JobState.DONE).count(),
        "orphans": sorted({f"certificates/{path.name}" for path in folder.iterdir()} ^ set(kept)),
        "bad": str(verify_ledger().bad),
    }


def run(rounds):
    begin, wrong, halfway = clock.now(), [], 0
    for number in range(rounds):
        stage = list(STAGES)[number % len(STAGES)]
        moment = begin + timedelta(minutes=2 * number)
        with clock.frozen(moment):
            make_certificate(make_person(email=f"houder{number}@voorbeeld.example", full_name=f"Houder {number}"))
            if not killed(running.run_due, STAGES[stage]):
                wrong.append([number, stage, "not killed"])
        halfway += Job.objects.filter(state=JobState.LEASED).exists()
        with clock.frozen(moment + timedelta(minutes=1)):
            running.run_due()
        each = dict.fromkeys(("certificates", "files", "rendered", "mails", "all mails"), number + 1)
        if (seen := left()) != {**each, "open jobs": 0, "orphans": [], "bad": "None"}:
            wrong.append([number, stage, seen])
    print(json.dumps({"rounds": rounds, "stages": len(STAGES), "halfway": halfway, "wrong": wrong}))


run(int(os.environ["ROUNDS"]))

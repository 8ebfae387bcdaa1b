import os
import time

from django.apps import AppConfig


class ProbeConfig(AppConfig):
    name = "tests.outbox.probe"
    label = "probe"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register()


def note(payload, prepared=None):
    """Leaves one row per run; slow on both sides of the write, so that a kill may fall anywhere."""
    from academy.common import clock  # noqa: PLC0415 -- models exist after start-up
    from academy.people.models import AuditEntry  # noqa: PLC0415 -- models exist after start-up

    time.sleep(payload.get("slow", 0))
    AuditEntry.objects.create(at=clock.now(), action="probe", target=payload["name"])
    time.sleep(payload.get("slow", 0))


def think(payload):
    time.sleep(payload.get("slow", 0))
    return "thought"


def poison(payload):
    from academy.common import clock  # noqa: PLC0415 -- models exist after start-up
    from academy.people.models import AuditEntry  # noqa: PLC0415 -- models exist after start-up

    AuditEntry.objects.create(at=clock.now(), action="probe", target="poison")
    raise RuntimeError("Marjan heeft hier gif gevonden")


def register():
    from academy.outbox.registry import JobKind, MailKind, register_job, register_mail  # noqa: PLC0415 -- models exist after start-up

    lease = int(os.environ.get("PROBE_LEASE", "20"))
    register_job(JobKind("probe.note", note, "proef", lease_seconds=lease))
    register_job(JobKind("probe.think", note, "denkproef", lease_seconds=lease, prepare=think))
    register_job(JobKind("probe.poison", poison, "gif"))
    register_mail(MailKind("probe", "Tot {when}, {name}", "probe"))

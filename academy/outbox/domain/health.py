"""Whether the background work keeps up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _

from academy.common import clock
from academy.outbox.domain.heartbeat import last_beat
from academy.outbox.enums import JobState
from academy.outbox.models import Job

LAG = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that must work; ``detail`` is for the office only."""

    name: str
    label: str | Promise
    good: bool
    detail: str = ""


def parts() -> list[Part]:
    """The parts in order. Without a database nothing can be said about the others."""
    try:
        return [Part("database", _("database"), good=True), _outbox(), _worker()]
    except DatabaseError as error:
        return [Part("database", _("database"), good=False, detail=type(error).__name__)]


def _outbox() -> Part:
    moment = clock.now()
    oldest = (
        Job.objects.filter(state=JobState.WAITING, run_after__lte=moment)
        .order_by("run_after")
        .values_list("run_after", flat=True)
        .first()
    )
    lag = moment - oldest if oldest else timedelta()
    detail = gettext("De oudste taak wacht %(seconds)d seconden.") % {"seconds": lag.total_seconds()}
    return Part("outbox", _("taken"), good=lag < LAG, detail=detail)


def _worker() -> Part:
    last = last_beat("worker")
    patience = timedelta(seconds=max(60, settings.OUTBOX_DRAIN_SECONDS * 6))
    good = last is not None and clock.now() - last < patience
    detail = gettext("Laatste levensteken: %(at)s.") % {"at": last.isoformat(timespec="seconds") if last else "–"}
    return Part("worker", _("verwerker"), good=good, detail=detail)

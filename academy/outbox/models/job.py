"""Work that must happen once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.common.identifiers import public_id
from academy.outbox.enums import JobState


class Job(models.Model):
    """One piece of work, written in the transaction of the change that asks for it.

    ``key`` is natural and unique: asking twice is asking once. ``payload`` holds identifiers only, never personal
    data. A worker claims a job by a conditional update and holds it until ``lease_until``.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("soort"), max_length=60)
    key = models.CharField(_("sleutel"), max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    state = models.CharField(_("staat"), max_length=8, choices=JobState.choices, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("pogingen"), default=0)
    run_after = models.DateTimeField(_("niet eerder dan"), default=clock.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(_("gevraagd op"), default=clock.now)
    done_at = models.DateTimeField(_("klaar op"), null=True, blank=True)
    last_error = models.TextField(_("laatste fout"), blank=True)

    class Meta:
        verbose_name = _("taak")
        verbose_name_plural = _("taken")
        ordering = ("run_after", "pk")
        indexes: ClassVar = [
            models.Index(fields=("state", "run_after"), name="outbox_job_due"),
        ]
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(state=JobState.LEASED) | models.Q(lease_until__isnull=False),
                name="outbox_job_leased_has_end",
                violation_error_message=_("Een taak die bezig is heeft een eindtijd."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=JobState.DONE, done_at__isnull=False)
                | (~models.Q(state=JobState.DONE) & models.Q(done_at__isnull=True)),
                name="outbox_job_done_has_moment",
                violation_error_message=_("Een taak die klaar is heeft een moment."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

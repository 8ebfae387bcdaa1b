"""The ledger of points: what was achieved, what it was booked for, and what the register said of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from certificates.credits.enums import CreditEventKind, CreditState
from certificates.credits.models.chain import ChainedRecord
from certificates.credits.querysets import CreditEntryQuerySet, RecordQuerySet

if TYPE_CHECKING:
    from decimal import Decimal

    from academy.people.models import User


class AchievementRecord(ChainedRecord):
    """An achievement as it was handed down. The first of a source key has ``version`` 1; a correction is the next."""

    subject = models.ForeignKey("credits.Subject", models.PROTECT, related_name="records")
    source_key = models.CharField(_("bron"), max_length=120)
    version = models.PositiveSmallIntegerField(_("versie"), default=1)
    form = models.CharField(_("vorm"), max_length=30)
    completed_on = models.DateField(_("afgerond op"))
    minutes = models.PositiveIntegerField(_("minuten"))
    payload_json = models.TextField()
    reason = models.CharField(_("reden van de correctie"), max_length=200, blank=True)

    objects: ClassVar = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("vastgelegde prestatie")
        verbose_name_plural = _("vastgelegde prestaties")
        ordering = ("seq",)
        constraints = (
            models.UniqueConstraint(
                fields=("source_key", "version"),
                name="credits_record_once",
                violation_error_message=_("Dit is al vastgelegd."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.source_key} ({self.version})"

    @property
    def payload(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.payload_json)
        return facts


class CreditEntry(ChainedRecord):
    """A booking for one chamber. ``points_expected`` is ours; what the register grants stands in the events.

    A reversal names the entry it takes back and has the minutes below zero. Its points are the new rounded total
    of the series minus what was booked before, so the sum over a series is always right to the hundredth.
    ``requirement`` is empty and ``reason`` says why when nothing counts.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    record = models.ForeignKey(AchievementRecord, models.PROTECT, related_name="entries")
    subject = models.ForeignKey("credits.Subject", models.PROTECT, related_name="entries")
    chamber = models.ForeignKey("credits.Chamber", models.PROTECT, related_name="+", verbose_name=_("kamer"))
    rule_set = models.CharField(_("regels"), max_length=40)
    requirement = models.CharField(_("eis"), max_length=20, blank=True)
    fulfils = models.CharField(_("vervult ook"), max_length=20, blank=True)
    form = models.CharField(_("vorm"), max_length=30)
    title = models.CharField(_("titel"), max_length=200)
    accreditation = models.CharField(_("accreditatienummer"), max_length=80, blank=True)
    series = models.CharField(_("reeks"), max_length=120, blank=True)
    completed_on = models.DateField(_("afgerond op"))
    minutes = models.IntegerField(_("minuten die tellen"), default=0)
    divisor = models.DecimalField(_("uren per punt"), max_digits=6, decimal_places=4, default=1)
    points_expected = models.DecimalField(_("verwachte punten"), max_digits=7, decimal_places=2)
    reason = models.CharField(_("reden"), max_length=30, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    trace_json = models.TextField(default="{}")

    objects: ClassVar = CreditEntryQuerySet.as_manager()
    last_event: str | None  # added by with_state()
    points_granted: Decimal | None  # idem

    class Meta:
        verbose_name = _("boeking van punten")
        verbose_name_plural = _("boekingen van punten")
        ordering = ("seq",)
        indexes: ClassVar = [models.Index(fields=("subject", "chamber", "series"), name="credits_entry_series")]
        constraints = (
            models.UniqueConstraint(
                fields=("record", "chamber"),
                condition=models.Q(reverses__isnull=True),
                name="credits_entry_once",
                violation_error_message=_("Deze punten zijn al geboekt."),
            ),
            models.CheckConstraint(
                condition=models.Q(points_expected__gte=0) | models.Q(reverses__isnull=False),
                name="credits_entry_negative_only_in_reversal",
                violation_error_message=_("Alleen een terugboeking heeft minder dan nul punten."),
            ),
            models.CheckConstraint(
                condition=~models.Q(requirement="") | models.Q(points_expected=0),
                name="credits_entry_points_have_requirement",
                violation_error_message=_("Punten horen bij een eis."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}: {self.points_expected}"

    @property
    def rule_trace(self) -> dict[str, Any]:
        """Why it was booked like this: the rule, the facts it looked at, the sum."""
        trace: dict[str, Any] = json.loads(self.trace_json)
        return trace

    @property
    def person(self) -> User | None:
        """Whose points these are; None when that person was erased."""
        return self.subject.person

    @property
    def state(self) -> str:
        """As the API names it. Needs ``with_state()``; an entry nobody annotated asks the database."""
        kind = self.last_event if hasattr(self, "last_event") else self._last_event()
        if not self.requirement:
            return CreditState.NOT_ELIGIBLE.value
        return kind or CreditState.EARNED.value

    def _last_event(self) -> str | None:
        return self.events.order_by("-seq").values_list("kind", flat=True).first()


class CreditEvent(ChainedRecord):
    """What happened to an entry afterwards; the last one is its state. ``points`` only when the register granted."""

    entry = models.ForeignKey(CreditEntry, models.PROTECT, related_name="events")
    kind = models.CharField(_("wat"), max_length=9, choices=CreditEventKind.choices)
    on = models.DateField(_("op"))
    points = models.DecimalField(_("toegekende punten"), max_digits=7, decimal_places=2, null=True)
    note = models.CharField(_("toelichting"), max_length=200, blank=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("bericht over punten")
        verbose_name_plural = _("berichten over punten")
        ordering = ("seq",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind=CreditEventKind.GRANTED, points__gte=0)
                | (~models.Q(kind=CreditEventKind.GRANTED) & models.Q(points__isnull=True)),
                name="credits_event_points_when_granted",
                violation_error_message=_("Alleen bij een toekenning horen punten, en dan vanaf 0."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d-%m-%Y}"

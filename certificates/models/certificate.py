"""Certificates, what happened to them, their file, and the name of the holder apart from all that."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import printed_code
from certificates.credits.models import ChainedRecord
from certificates.enums import CertificateEventKind, Kind, Status
from certificates.querysets import CertificateQuerySet

if TYPE_CHECKING:
    from academy.people.models import User


class Certificate(ChainedRecord):
    """Proof on paper. ``code`` opens it for whoever holds the paper; ``recorded_at`` is when it was issued.

    ``payload`` is all that stands on it except the name and numbers of the holder, to which ``holder_commitment``
    is a salted commitment. Nothing here changes; what happens to it are events.
    """

    code = models.CharField(_("code"), max_length=26, unique=True, default=printed_code, editable=False)
    record = models.OneToOneField("credits.AchievementRecord", models.PROTECT, related_name="certificate")
    subject = models.ForeignKey("credits.Subject", models.PROTECT, related_name="certificates")
    kind = models.CharField(_("soort"), max_length=13, choices=Kind.choices)
    title = models.CharField(_("titel"), max_length=200)
    payload_json = models.TextField()
    template_version = models.PositiveSmallIntegerField(_("versie van de opmaak"), default=1)
    holder_commitment = models.CharField(max_length=64)

    objects: ClassVar = CertificateQuerySet.as_manager()
    status_now: str  # added by with_status()

    class Meta:
        verbose_name = _("certificaat")
        verbose_name_plural = _("certificaten")
        ordering = ("-seq",)

    def __str__(self) -> str:
        return f"{self.title} ({self.printed_code})"

    @property
    def payload(self) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(self.payload_json)
        return facts

    @property
    def printed_code(self) -> str:
        """In groups, as it stands on paper: ``abcde-fghjk-...``; the check takes it with and without hyphens."""
        return "-".join(self.code[start : start + 5] for start in range(0, len(self.code), 5))

    @property
    def issued_at(self) -> Any:
        return self.recorded_at

    @property
    def person(self) -> User | None:
        """The holder; None when that person was erased."""
        return self.subject.person

    @property
    def status(self) -> str:
        """Follows from the last event; ``with_status()`` spares the query."""
        if hasattr(self, "status_now"):
            return str(self.status_now)
        last = self.events.filter(kind__in=Status.values).order_by("-seq").values_list("kind", flat=True).first()
        return last or Status.VALID.value


class CertificateHolder(models.Model):
    """The name and register numbers as they were at issue, apart from the chain so that they can be erased.

    ``shows_full_name`` is the choice of the holder; the public page shows initials and surname otherwise.
    """

    certificate = models.OneToOneField(Certificate, models.PROTECT, primary_key=True, related_name="holder")
    name = models.CharField(_("naam"), max_length=150, blank=True)
    numbers_json = models.TextField(default="{}")
    salt = models.CharField(max_length=43, blank=True)
    shows_full_name = models.BooleanField(_("toon mijn volledige naam"), default=False)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("houder van een certificaat")
        verbose_name_plural = _("houders van certificaten")

    def __str__(self) -> str:
        return self.name

    @property
    def numbers(self) -> dict[str, str]:
        """Registration number per chamber (``SKJ:JGP``)."""
        numbers: dict[str, str] = json.loads(self.numbers_json)
        return numbers


class CertificateEvent(ChainedRecord):
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="events")
    kind = models.CharField(_("wat"), max_length=10, choices=CertificateEventKind.choices)
    approved_by = models.CharField(_("bevestigd door"), max_length=16, blank=True)
    reason = models.CharField(_("reden"), max_length=200, blank=True)
    replaced_by = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="replaces")

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("gebeurtenis van een certificaat")
        verbose_name_plural = _("gebeurtenissen van certificaten")
        ordering = ("seq",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind=CertificateEventKind.SUPERSEDED, replaced_by__isnull=False)
                | (~models.Q(kind=CertificateEventKind.SUPERSEDED) & models.Q(replaced_by__isnull=True)),
                name="certificates_event_names_successor",
                violation_error_message=_("Noem het certificaat dat ervoor in de plaats komt."),
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by="") | ~models.Q(approved_by=models.F("actor")),
                name="certificates_event_second_person",
                violation_error_message=_("Een tweede collega moet dit bevestigen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.recorded_at:%d-%m-%Y}"


class CertificateFile(ChainedRecord):
    """The bytes as they were made, once; never made again and compared."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="file")
    storage_name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("bestand van een certificaat")
        verbose_name_plural = _("bestanden van certificaten")

    def __str__(self) -> str:
        return self.storage_name

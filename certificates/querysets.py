"""What may be asked of certificates. Visibility is a method here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from certificates.credits.querysets import seen_by
from certificates.enums import Status

if TYPE_CHECKING:
    from academy.people.models import User


class CertificateQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(seen_by(user, "subject__person"))

    def of(self, person: User) -> Self:
        return self.filter(subject__person=person)

    def with_status(self) -> Self:
        """Adds ``status_now``: what the last event says that changes the status."""
        from certificates.models import CertificateEvent  # noqa: PLC0415 -- models import this module

        last = CertificateEvent.objects.filter(certificate=OuterRef("pk"), kind__in=Status.values).order_by("-seq")
        return self.annotate(status_now=Coalesce(Subquery(last.values("kind")[:1]), Value(Status.VALID.value)))

    def valid(self) -> Self:
        return self.with_status().filter(status_now=Status.VALID)

"""What may be asked of the tables of leertafels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from academy.gatherings.models import Gathering


class AgreementQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Signatures under agreements as they read now."""
        return self.filter(version=F("leertafel__agreements_version"))

    def in_force(self, gathering: Gathering) -> Self:
        """Those of one table."""
        return self.standing().filter(leertafel=gathering.pk)

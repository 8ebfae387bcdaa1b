"""How often something was tried lately."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LimitCounter(models.Model):
    """Attempts of one kind by one (hashed) key until ``resets_at``, in milliseconds since 1970.

    Written by :mod:`academy.common.limits` only, in one statement an attempt.
    """

    name = models.CharField(max_length=120, primary_key=True)
    hits = models.IntegerField()
    resets_at = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("teller van pogingen")
        verbose_name_plural = _("tellers van pogingen")

    def __str__(self) -> str:
        return self.name

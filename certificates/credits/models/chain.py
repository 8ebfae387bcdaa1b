"""Rows that are inserted once, in one order, and never change: the chain that every proof hangs in."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common import clock

if TYPE_CHECKING:
    from collections.abc import Iterable


def plain(value: Any) -> Any:
    """A column value in a form that reads the same from both databases."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.4f}"
    return value


class ChainedRecord(models.Model):
    """One link. ``seq`` is its place in the one chain of all chained tables, and its primary key.

    ``hash`` covers every column that is not empty, ``previous`` among them; ``mac`` signs the hash with the ledger
    key. Columns added later are empty in old rows and leave their hashes as they were. Database triggers refuse
    UPDATE and DELETE. Personal data that must be erasable stands in other tables; rows hold commitments to it.
    """

    seq = models.BigIntegerField(primary_key=True)
    recorded_at = models.DateTimeField(_("vastgelegd op"))
    actor = models.CharField(_("door"), max_length=16, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @classmethod
    def hashed_columns(cls) -> list[str]:
        return [field.attname for field in cls._meta.concrete_fields if field.attname not in {"hash", "mac"}]

    @classmethod
    def link(cls, columns: Iterable[str], values: Iterable[Any]) -> dict[str, Any]:
        """What is hashed of a row."""
        facts = {name: plain(value) for name, value in zip(columns, values, strict=True) if value not in (None, "")}
        return {**facts, "table": cls.table()}

    @classmethod
    def table(cls) -> str:
        return cls._meta.db_table


class LedgerHead(models.Model):
    """The one row that everybody who writes a proof locks last: where the chain ends."""

    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("einde van het register")
        verbose_name_plural = _("einde van het register")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="credits_ledgerhead_only_one",
                violation_error_message=_("Er is maar een register."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.seq}"


class Subject(models.Model):
    """Whom rows are about, without saying who. ``pseudonym`` is a salted commitment to the person.

    Erasing somebody empties ``person`` and ``salt``; the rows and their hashes stay what they were.
    """

    pseudonym = models.CharField(max_length=64, primary_key=True)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="credit_subject")
    salt = models.CharField(max_length=43, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("houder van punten")
        verbose_name_plural = _("houders van punten")

    def __str__(self) -> str:
        return self.pseudonym[:8]

"""Adding to the chain, and checking it from the first row to the last."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import transaction

from academy.common import clock
from certificates.achievement import canonical
from certificates.credits.models import ChainedRecord, LedgerHead, Subject

if TYPE_CHECKING:
    from collections.abc import Iterator

    from academy.people.models import User

START = "0" * 64
Record = TypeVar("Record", bound=ChainedRecord)


@dataclass(frozen=True, slots=True)
class BadRow:
    """The first row that is not what it was when it was written."""

    table: str
    seq: int
    problem: str

    def __str__(self) -> str:
        return f"{self.table} {self.seq}: {self.problem}"


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    rows: int
    head: str
    bad: BadRow | None


@lru_cache(maxsize=4)
def _read_key(path: str) -> bytes:
    key = Path(path).read_bytes().strip()
    if len(key) < 32:  # noqa: PLR2004 -- bytes of a SHA-256
        raise ValueError(f"De sleutel in {path} is korter dan 32 tekens.")
    return key


def sign(text: str) -> str:
    """The signature under ``text`` with the ledger key; empty when the academy has none."""
    path = settings.LEDGER_KEY_FILE
    return hmac.new(_read_key(str(path)), text.encode(), hashlib.sha256).hexdigest() if path else ""


def digest_of(facts: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


class Ledger:
    """The open end of the chain; only :func:`open_ledger` makes one."""

    def __init__(self, head: LedgerHead) -> None:
        self.head = head

    def add(self, row: Record, *, by: User | None) -> Record:
        """Give ``row`` its place, hash and signature, and insert it."""
        row.seq = self.head.seq + 1
        row.recorded_at = clock.now()
        row.actor = by.public_id if by else ""
        row.previous = self.head.hash or START
        columns = row.hashed_columns()
        row.hash = digest_of(row.link(columns, (getattr(row, name) for name in columns)))
        row.mac = sign(row.hash)
        row.save(force_insert=True)
        self.head.seq, self.head.hash = row.seq, row.hash
        return row


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    """Lock the end of the chain and let rows be added. Take every other lock before this one."""
    with transaction.atomic():
        ledger = Ledger(LedgerHead.objects.select_for_update().get(pk=1))
        yield ledger
        ledger.head.mac = sign(f"{ledger.head.seq}:{ledger.head.hash}")
        ledger.head.save(update_fields=["seq", "hash", "mac"])


def commitment(salt: str, text: str) -> str:
    """Proves later that ``text`` was meant, and nothing once the salt is gone."""
    return hmac.new(salt.encode(), text.encode(), hashlib.sha256).hexdigest()


def new_salt() -> str:
    return secrets.token_urlsafe(32)


def subject_of(*, person: User) -> Subject:
    """The pseudonym under which rows about ``person`` are kept, made at the first one."""
    salt = new_salt()
    subject: Subject
    subject, _created = Subject.objects.get_or_create(
        person=person, defaults={"pseudonym": commitment(salt, person.public_id), "salt": salt}
    )
    return subject


def chained_models() -> list[type[ChainedRecord]]:
    """Every table that hangs in the chain, also those of packages above."""
    return [model for model in apps.get_models() if issubclass(model, ChainedRecord)]


def _rows_of(model: type[ChainedRecord]) -> Iterator[tuple[int, type[ChainedRecord], tuple[Any, ...]]]:
    columns = [*model.hashed_columns(), "hash", "mac"]
    for row in model._default_manager.order_by("seq").values_list(*columns).iterator(chunk_size=5000):  # noqa: SLF001 -- the way Django's own generic code asks
        yield row[columns.index("seq")], model, row


def check_chain() -> LedgerCheck:
    """Walk the whole chain in order; stop at the first row that is wrong, missing or unsigned."""
    with transaction.atomic():
        head = LedgerHead.objects.filter(pk=1).first() or LedgerHead(seq=0, hash="", mac="")
        last, rows = START, 0
        columns = {model: model.hashed_columns() for model in chained_models()}
        for seq, model, row in merge(*(_rows_of(model) for model in columns), key=itemgetter(0)):
            rows += 1
            names = columns[model]
            problem = _problem(dict(zip(names, row, strict=False)), row, model.link(names, row[:-2]), rows, last)
            if problem:
                return LedgerCheck(rows, head.hash, BadRow(model.table(), seq, problem))
            last = row[-2]
        problem = ""
        if (head.seq, head.hash or START) != (rows, last):
            problem = "de keten eindigt ergens anders dan het register zegt"
        elif rows and not hmac.compare_digest(head.mac, sign(f"{head.seq}:{head.hash}")):
            problem = "de handtekening onder het einde klopt niet"
        return LedgerCheck(rows, head.hash, BadRow("credits_ledgerhead", head.seq, problem) if problem else None)


def _problem(facts: dict[str, Any], row: tuple[Any, ...], link: dict[str, Any], place: int, last: str) -> str:
    if facts["seq"] != place:
        return f"rij {place} ontbreekt"
    if facts["previous"] != last:
        return "sluit niet aan op de rij ervoor"
    if not hmac.compare_digest(digest_of(link), row[-2]):
        return "de inhoud is gewijzigd"
    if not hmac.compare_digest(sign(row[-2]), row[-1]):
        return "de handtekening klopt niet"
    return ""

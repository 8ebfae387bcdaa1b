"""Checking one certificate, for anybody who holds the paper, and the whole ledger, for whoever keeps it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.db.models import F

from certificates.credits.domain.chain import BadRow, LedgerCheck, check_chain, commitment
from certificates.credits.models import Subject
from certificates.enums import Kind, Status
from certificates.models import Certificate, CertificateEvent, CertificateFile, CertificateHolder

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODY = "houder verwijderd"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateCheck:
    """What anybody with the code may know.."""

    status: str
    holder: str
    kind: str
    title: str
    dates: tuple[date, ...]
    hours: Decimal
    points: Decimal | None
    register: str | None
    issued_at: datetime


def normal_code(text: str) -> str:
    """A code as somebody types it from paper: capitals, spaces and hyphens do not matter."""
    return "".join(letter for letter in text.lower()[:80] if letter.isalnum())


def check(code: str) -> CertificateCheck | None:
    """What ``code`` proves; None for a code that was never given. Both take the same steps."""
    found: Certificate | None = (
        Certificate.objects.with_status().select_related("holder").filter(code=normal_code(code)).first()
    )
    certificate, holder = (found, found.holder) if found else (_blank(), CertificateHolder())
    payload = certificate.payload
    credit = next(iter(payload["credits"]), None)
    answer = CertificateCheck(
        status=certificate.status,
        holder=_shown(holder),
        kind=certificate.kind,
        title=_public_title(certificate),
        dates=tuple(date.fromisoformat(day) for day in payload["dates"]),
        hours=(Decimal(payload["minutes"]) / 60).quantize(Decimal("0.01"), ROUND_DOWN),
        points=Decimal(credit["points"]) if credit else None,
        register=credit["register"] if credit else None,
        issued_at=certificate.recorded_at,
    )
    return answer if found else None


def _blank() -> Certificate:
    """Stands in for a certificate that is not there, so that a wrong code is no quicker than a right one."""
    blank = Certificate(kind=Kind.PARTICIPATION, payload_json='{"credits":[],"dates":["2026-01-01"],"minutes":0}')
    blank.status_now = Status.VALID
    return blank


def _public_title(certificate: Certificate) -> str:
    """The theme of a leertafel is nobody's business; the page says what kind of proof it is."""
    return str(Kind.REFLECTION.label) if certificate.kind == Kind.REFLECTION else certificate.title


def _shown(holder: CertificateHolder) -> str:
    if not holder.name:
        return NOBODY
    return holder.name if holder.shows_full_name else initials_and_surname(holder.name)


def initials_and_surname(name: str) -> str:
    """Noor Maria van den Berg becomes N.M. van den Berg; of a single name only the initial is shown.

    A remark behind the name ("(fictief)") is no part of it.
    """
    words = re.sub(r"\([^)]*\)", " ", name).split() or name.split()
    if len(words) == 1:
        return f"{words[0][0].upper()}."
    given = words[:-1]
    prefix: list[str] = []
    while given and given[-1].islower():
        prefix.insert(0, given.pop())
    initials = "".join(f"{word[0].upper()}." for word in given)
    return " ".join(part for part in (initials, *prefix, words[-1]) if part)


def verify_ledger(*, with_files: bool = True) -> LedgerCheck:
    """Check every record of points and certificates, the names they commit to, and the bytes of every file."""
    checked = check_chain()
    if checked.bad is not None:
        return checked
    problems = [_holders(), _subjects(), *([_files()] if with_files else [])]
    bad = next((bad for found in problems for bad in found), None)
    return LedgerCheck(checked.rows, checked.head, bad)


def _holders() -> Iterator[BadRow]:
    rows = CertificateHolder.objects.exclude(salt="").order_by("pk")
    columns = ("pk", "name", "numbers_json", "salt", "certificate__holder_commitment")
    for seq, name, numbers, salt, committed in rows.values_list(*columns).iterator(chunk_size=5000):
        if commitment(salt, f"{name}\n{numbers}") != committed:
            yield BadRow("certificates_certificateholder", seq, "naam of nummer is gewijzigd")
    unsalted = CertificateHolder.objects.filter(salt="").exclude(name="", numbers_json="{}").order_by("pk").first()
    if unsalted is not None:
        yield BadRow("certificates_certificateholder", unsalted.pk, "een naam zonder zegel")
    bare = Certificate.objects.filter(holder__isnull=True).order_by("seq").first()
    if bare is not None:
        yield BadRow("certificates_certificate", bare.pk, "de houder ontbreekt")


def _subjects() -> Iterator[BadRow]:
    rows = Subject.objects.filter(person__isnull=False).order_by("pk")
    for pseudonym, salt, person in rows.values_list("pk", "salt", "person__public_id").iterator(chunk_size=5000):
        if commitment(salt, person) != pseudonym:
            yield BadRow("credits_subject", 0, f"{pseudonym[:8]} wijst naar iemand anders")


def _files() -> Iterator[BadRow]:
    """Files that are gone or changed; one of a holder who was erased may be gone."""
    files = CertificateFile.objects.annotate(salt=F("certificate__holder__salt")).order_by("seq")
    for kept in files.iterator(chunk_size=5000):
        try:
            with default_storage.open(kept.storage_name) as stored:
                intact = hashlib.sha256(stored.read()).hexdigest() == kept.sha256
        except FileNotFoundError:
            intact = not kept.salt
        except OSError:
            intact = False
        if not intact:
            yield BadRow("certificates_certificatefile", kept.seq, "het bestand ontbreekt of is gewijzigd")


def latest_event(certificate: Certificate) -> CertificateEvent | None:
    """The event that gave ``certificate`` its status, with its reason and successor."""
    event: CertificateEvent | None = (
        certificate.events.filter(kind__in=Status.values).select_related("replaced_by").order_by("-seq").first()
    )
    return event

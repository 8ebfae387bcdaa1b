"""Keeping the file of a certificate: once, with its hash in the chain."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from academy.outbox.domain.messages import send_message
from certificates.credits.domain.chain import open_ledger
from certificates.domain.verification import check
from certificates.enums import CertificateEventKind
from certificates.models import Certificate, CertificateEvent, CertificateFile

if TYPE_CHECKING:
    from academy.outbox.models import Message

READY = "certificates.ready"


def store_rendered_file(*, certificate: Certificate, content: bytes) -> CertificateFile:
    """Keep ``content`` as the file of ``certificate``; a file that is there already stays, and is returned.

    The file has one name, also while it is being written, and is written while the ledger is locked: what a worker left
    behind that died before its row was there is written over by the next one, and nobody writes over a kept file.
    """
    with open_ledger() as ledger:
        kept: CertificateFile | None = CertificateFile.objects.filter(certificate=certificate).first()
        if kept is not None:
            return kept
        name = f"certificates/{certificate.code}.pdf"
        _write_whole(Path(default_storage.path(name)), content)
        kept = ledger.add(
            CertificateFile(
                certificate=certificate,
                storage_name=name,
                size=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
            ),
            by=None,
        )
        ledger.add(CertificateEvent(certificate=certificate, kind=CertificateEventKind.RENDERED), by=None)
        return kept


def _write_whole(path: Path, content: bytes) -> None:
    """All of it or nothing, whenever the power goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_file(*, certificate: Certificate) -> bytes | None:
    """The bytes of the file as they were kept; None while it is not made. Raises ValueError when they changed."""
    kept: CertificateFile | None = CertificateFile.objects.filter(certificate=certificate).first()
    if kept is None:
        return None
    with default_storage.open(kept.storage_name) as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != kept.sha256:
        raise ValueError(f"Het bestand van certificaat {certificate.code} is gewijzigd.")
    return content


def announce(*, certificate: Certificate) -> None:
    """Tell the holder that it is there, once, with what anybody who has the code may know."""
    known = check(certificate.code)
    if certificate.person is None or known is None:
        return
    send_message(
        trigger=READY,
        subject_key=f"certificate:{certificate.code}",
        person=certificate.person,
        facts={
            "kind": str(certificate.get_kind_display()),
            "title": known.title,
            "link": [f"/certificaat/{certificate.code}/", str(_("Bekijk het bewijs"))],
        },
    )


def is_valid_now(message: Message) -> bool:
    """Whether a mail that announces a certificate still makes sense."""
    return bool(Certificate.objects.valid().filter(code=message.subject_key.partition(":")[2]).exists())

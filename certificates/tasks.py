"""Work of certificates that happens after the fact."""

from __future__ import annotations

from typing import Any

from certificates import rendering
from certificates.domain.files import announce, store_rendered_file
from certificates.models import Certificate, CertificateFile


def draw_certificate(payload: dict[str, Any]) -> bytes | None:
    """The file of the certificate with the code in ``payload``, drawn; None when it was made before."""
    certificate = Certificate.objects.select_related("holder").get(code=payload["certificate"])
    made = CertificateFile.objects.filter(certificate=certificate).exists()
    return None if made else rendering.render(certificate)


def keep_certificate(payload: dict[str, Any], content: bytes | None) -> None:
    """Keep what was drawn, and tell the holder; done already is done."""
    certificate = Certificate.objects.select_related("subject__person").get(code=payload["certificate"])
    if content is not None:
        store_rendered_file(certificate=certificate, content=content)
    announce(certificate=certificate)

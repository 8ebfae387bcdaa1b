"""Checking a certificate, and its file."""

from __future__ import annotations

import logging
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Router

from academy.api.doors import Anyone, SignedIn
from academy.api.errors import Refusal, not_found
from academy.api.shapes import CertificateCheck, ErrorOut
from academy.common.limits import client_address, give_back, network, take
from academy.people.domain.audit import record
from certificates.domain.files import read_file
from certificates.domain.verification import check, normal_code
from certificates.models import Certificate
from certificates.rules import can_download
from certificates.views import TRIES

if TYPE_CHECKING:
    from django.http import HttpRequest

logger = logging.getLogger(__name__)
router = Router(tags=["Certificaten"], auth=Anyone(), by_alias=True)


@router.get(
    "/certificates/{code}",
    response={200: CertificateCheck, 404: ErrorOut, 429: ErrorOut},
    url_name="certificate",
    summary="Controleer een certificaat",
)
def verify(request: HttpRequest, code: str) -> dict[str, Any]:
    """For whoever holds the paper; hyphens, spaces and capitals do not matter. Ten wrong codes a minute."""
    attempt = take(TRIES, network(client_address(request)))
    if attempt is None:
        raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many", _("Dat ging te vaak. Wacht een minuut."))
    found = check(code)
    if found is None:
        raise not_found()
    give_back(attempt)  # only wrong codes are guesses
    return asdict(found)


@router.get(
    "/certificates/{code}/pdf",
    response={404: ErrorOut, 409: ErrorOut},
    url_name="certificate_pdf",
    auth=SignedIn(),
    summary="Het bestand, voor de houder en HR",
)
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """409 while it is being made."""
    found = Certificate.objects.select_related("subject__person").filter(code=normal_code(code)).first()
    if found is None or not can_download(request.auth, found):
        raise not_found()
    if found.person != request.auth:
        record(action="certificate.open", by=request.auth, subject=found.person, target=found.code)
    content = read_file(certificate=found)
    if content is None:
        raise Refusal(
            HTTPStatus.CONFLICT, "not_ready", _("Dit certificaat wordt nog gemaakt. Probeer het over een minuut weer.")
        )
    headers = {"Content-Disposition": f'attachment; filename="certificaat-{found.code[:5]}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)

"""A token for a password, in the demo only: elsewhere tokens are made in a session, with whatever it asks."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from ninja import Router

from academy.api.errors import Refusal
from academy.api.shapes import Credentials, ErrorOut, TokenOut
from academy.people.domain.second_factor import has_one, is_needed
from academy.people.domain.tokens import create_token
from academy.people.enums import TokenKind
from academy.people.models import AccessToken

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.people.models import User

router = Router(tags=["Inloggen"], auth=None)


@router.post(
    "/token",
    response={200: TokenOut, 401: ErrorOut, 403: ErrorOut},
    url_name="token",
    summary="Een sleutel (alleen in de demo)",
)
def token(request: HttpRequest, payload: Credentials) -> dict[str, str]:
    """The same token as long as nobody revokes it, so that a program may ask as often as it likes."""
    try:
        person = get_adapter(request).authenticate(request, email=payload.email, password=payload.password)
    except ValidationError as error:
        raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many", error.messages[0]) from error
    if person is None or not person.is_active:
        raise Refusal(HTTPStatus.UNAUTHORIZED, "not_signed_in", _("Het e-mailadres of het wachtwoord klopt niet."))
    if settings.ACADEMY_MFA_REQUIRED and (is_needed(person) or has_one(person)):
        raise Refusal(
            HTTPStatus.FORBIDDEN,
            "second_factor",
            _("Maak je sleutel bij je account, nadat je je tweede stap hebt gedaan."),
        )
    _token, secret = create_token(person=person, kind=TokenKind.API, name="demo", secret=_secret(person))
    return {"token": secret}


def _secret(person: User) -> str:
    """A secret that can be found again; each revoked one is followed by another."""
    revoked = AccessToken.objects.filter(person=person, name="demo", revoked_at__isnull=False).count()
    return salted_hmac("academy.api.token", f"{person.public_id}:{revoked}", algorithm="sha256").hexdigest()

"""Who asks: the person of a bearer token, or of the web session, whose writes need the CSRF token."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from academy.api.errors import Refusal
from academy.people.domain.tokens import person_of
from academy.people.enums import TokenKind

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from academy.people.models import User

SAFE = {"GET", "HEAD", "OPTIONS"}


class SignedIn(AuthBase):
    """Somebody with an account. A request that brings a token stands or falls by it, whatever cookies it has."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> User | AnonymousUser:
        person = _person(request)
        if not person.is_authenticated:
            raise _not_signed_in()
        return person


class Anyone(AuthBase):
    """Everybody; who brings a token or a session is that person."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __call__(self, request: HttpRequest) -> User | AnonymousUser:
        return _person(request)


def _person(request: HttpRequest) -> User | AnonymousUser:
    said = request.headers.get("Authorization")
    if said is None:
        if request.user.is_authenticated and request.method not in SAFE and check_csrf(request) is not None:
            raise Refusal(
                HTTPStatus.FORBIDDEN, "csrf", _("Stuur het CSRF-token van je sessie mee in de kop X-CSRFToken.")
            )
        return request.user
    scheme, _space, secret = said.partition(" ")
    person = person_of(secret.strip(), kind=TokenKind.API) if scheme.lower() == "bearer" else None
    if person is None:
        raise _not_signed_in()
    request.user = person
    return person


def _not_signed_in() -> Refusal:
    return Refusal(
        HTTPStatus.UNAUTHORIZED,
        "not_signed_in",
        _("Log in, of stuur een geldige sleutel mee: Authorization: Bearer <sleutel>. Die maak je bij je account."),
        headers={"WWW-Authenticate": 'Bearer realm="academie"'},
    )

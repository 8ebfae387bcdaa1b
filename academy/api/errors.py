"""How the API says no: ``{"code", "message", "reasons"}`` with a Dutch sentence, whatever went wrong."""

from __future__ import annotations

import json
import logging
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from academy.common.errors import DomainError, NotAllowedError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ninja import NinjaAPI

logger = logging.getLogger(__name__)


class Refusal(Exception):  # noqa: N818 -- an answer, not a fault
    """An answer other than success. ``extra`` is added to the body, ``headers`` to the response."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        reasons: Iterable[Reason] = (),
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message
        self.reasons, self.extra, self.headers = tuple(reasons), extra or {}, headers or {}


def not_found() -> Refusal:
    """What somebody gets who may not know that it exists, too."""
    return Refusal(HTTPStatus.NOT_FOUND, "not_found", _("Dit bestaat niet, of je kunt er niet bij."))


def forbidden(message: str = "") -> Refusal:
    return Refusal(HTTPStatus.FORBIDDEN, "not_allowed", message or _("Dit kun je met jouw rol niet doen."))


def invalid(field: str, message: str) -> Refusal:
    sentence = f"{field}: {message}"
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", sentence, reasons=[Reason("invalid", sentence)])


def respond(refusal: Refusal) -> JsonResponse:
    body = {
        "code": refusal.code,
        "message": refusal.message,
        "reasons": [{"code": reason.code, "message": reason.message} for reason in refusal.reasons],
        **refusal.extra,
    }
    return JsonResponse(body, status=refusal.status, headers=refusal.headers)


class ReadableParser(Parser):
    """Takes JSON that a database can hold: no NUL, no half characters, not nested without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            body = json.loads(request.body)
            # Half characters have no UTF-8.
            json.dumps(body, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ValueError("Nested too deeply.") from error
        if _has_nul(body):
            raise ValueError("A NUL in a text.")
        return body


def unreadable() -> Refusal:
    return Refusal(
        HTTPStatus.BAD_REQUEST,
        "unreadable",
        _("We kunnen dit niet lezen. Stuur geldige JSON in UTF-8, zonder nultekens."),
    )


def _has_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    if isinstance(value, dict):
        return any(_has_nul(part) for pair in value.items() for part in pair)
    return isinstance(value, list) and any(_has_nul(part) for part in value)


def _domain(_request: HttpRequest, error: DomainError) -> HttpResponse:
    if isinstance(error, NotAllowedError):
        status = HTTPStatus.FORBIDDEN
    else:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if error.field else HTTPStatus.CONFLICT
    return respond(Refusal(status, error.code, error.message, reasons=error.reasons))


def _validation(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    reasons = [Reason("invalid", _sentence(fault)) for fault in error.errors[:20]]
    return respond(Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", reasons[0].message, reasons=reasons))


def _sentence(fault: dict[str, Any]) -> str:
    """Names the field and the remedy."""
    context = fault.get("ctx", {})
    # The first part is where it stood (body, query), the second the name of our own parameter for a body.
    path = [str(part) for part in fault["loc"][1:] if part not in {"payload", "asked"}]
    words = {
        "missing": _("vul dit in"),
        "extra_forbidden": _("dit veld kennen we niet; haal het weg"),
        "literal_error": _("kies %(expected)s") % {"expected": str(context.get("expected")).replace(" or ", " of ")},
        "string_too_long": _("gebruik hoogstens %(max_length)s tekens") % {"max_length": context.get("max_length")},
        "too_long": _("stuur hoogstens %(max_length)s regels tegelijk") % {"max_length": context.get("max_length")},
        "less_than_equal": _("vul hoogstens %(le)s in") % {"le": context.get("le")},
        "greater_than_equal": _("vul minstens %(ge)s in") % {"ge": context.get("ge")},
    }
    kinds = {
        "string": _("dit moet tekst zijn"),
        "int": _("dit moet een heel getal zijn"),
        "bool": _("kies true of false"),
        "date": _("schrijf een datum als 2027-04-14"),
        "list": _("dit moet een lijst zijn"),
        "model": _("dit moet een object zijn"),
    }
    kind = str(fault["type"])
    said = words.get(kind) or kinds.get(kind.split("_", maxsplit=1)[0]) or _("dit klopt niet; kijk het na")
    return f"{'.'.join(path) or _('verzoek')}: {said}."


def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """The one refusal that ninja makes itself: whatever went wrong in the parser."""
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return respond(unreadable())
    raise error


def answer_in_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ninja's own "method not allowed" has no body; ours has."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        refusal = Refusal(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "method",
            _("Dit adres kent deze methode niet. Kijk op /api/v1/docs wat er wel kan."),
            headers={"Allow": response["Allow"]},
        )
        return respond(refusal)

    return answered


def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("The API failed at %s", request.path, exc_info=error)
    return respond(
        Refusal(
            HTTPStatus.INTERNAL_SERVER_ERROR,
            "failed",
            _("Er ging bij ons iets mis. Probeer het later opnieuw of meld het bij het bureau."),
        )
    )


def install(api: NinjaAPI) -> None:
    api.add_exception_handler(Refusal, lambda _request, refusal: respond(refusal))
    api.add_exception_handler(Http404, lambda _request, _error: respond(not_found()))
    api.add_exception_handler(DomainError, _domain)
    api.add_exception_handler(ValidationError, _validation)
    api.add_exception_handler(HttpError, _http)
    api.add_exception_handler(Exception, _unexpected)

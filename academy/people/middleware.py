"""What every request passes: readable text, a door whose time tells nothing, the second factor of whoever needs one."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.people.domain.second_factor import has_one, is_needed, was_given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.http import HttpRequest, HttpResponseBase

NUL, UNDECODED = "\x00", "\ufffd"
# Where somebody without an app or key may go to get one, and where somebody with one may go to show it.
_ALWAYS = {
    "account_logout",
    "second_factor_needed",
    "account_reauthenticate",
    "account_inactive",
    "health_live",
    "health_ready",
}
ENROL = _ALWAYS | {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "account_email",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_set_password",
}
PROVE = _ALWAYS | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
# Where an address is sent that may or may not have an account.
TELL_NOTHING = {"account_login", "account_reset_password", "account_signup"}
_CHANCE = random.SystemRandom()


class ReadableRequestMiddleware:
    """Refuses what is no text before any query sees it: a NUL byte, which PostgreSQL cannot hold, and, in what is
    sent to be kept, bytes in another encoding, of which Django leaves a question mark in a box.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            del request.COOKIES[name]
        if NUL in request.path or _holds(NUL, request.GET.lists()):
            return self.refuse(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return None
        if request.content_type == "application/json":
            return self.refuse(request) if rb"\u0000" in request.body or b"\0" in request.body else None
        names = (upload.name or "" for _field, uploads in request.FILES.lists() for upload in uploads)
        sent = [*request.POST.lists(), *((name, []) for name in names)]
        return self.refuse(request) if _holds(NUL, sent) or _holds(UNDECODED, sent) else None

    @staticmethod
    def refuse(request: HttpRequest) -> HttpResponse:
        sentence = _("Er staat een teken in dat we niet kunnen lezen. Typ de tekst opnieuw en verstuur het nog eens.")
        if request.content_type == "application/json" or request.path.startswith("/api/"):
            return JsonResponse({"code": "unreadable", "message": sentence, "reasons": []}, status=400)
        return render(request, "people/unreadable.html", {"sentence": sentence}, status=400)


def _holds(character: str, fields: Iterable[tuple[str, list[Any]]]) -> bool:
    return any(character in name or any(character in str(value) for value in values) for name, values in fields)


class DoorPauseMiddleware:
    """Whoever sends an address to the door waits a random moment longer, at most ``DOOR_PAUSE_SECONDS``.

    The same work is done for an address with an account and for one without, but not to the last tenth of a
    millisecond; that drowns in the pause, at the few tries that the limits leave.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if request.method == "POST" and match is not None and match.view_name in TELL_NOTHING:
            time.sleep(_CHANCE.uniform(0, settings.DOOR_PAUSE_SECONDS))
        return response


class SecondFactorMiddleware:
    """Whoever needs a second factor gives one in this session before anything else opens, the CMS and API included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponseBase | None:
        user = request.user
        if not settings.ACADEMY_MFA_REQUIRED or not user.is_authenticated or not is_needed(user):
            return None
        if was_given(request):
            return None
        match = request.resolver_match
        if match is not None and match.view_name in (PROVE if has_one(user) else ENROL):
            return None
        if request.path.startswith("/api/"):
            sentence = _("Log in met je tweede stap en probeer het opnieuw.")
            return JsonResponse({"code": "second_factor", "message": sentence, "reasons": []}, status=403)
        back = request.get_full_path() if request.method == "GET" else "/"
        return HttpResponseRedirect(f"{reverse('second_factor_needed')}?{urlencode({'next': back})}")

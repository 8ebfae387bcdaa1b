"""What every response says to the browser: what may run, who may frame it, and that nothing personal is kept."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.utils.cache import patch_vary_headers

from academy.common.page_cache import CMS_PAGES, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

CMS = "/cms/"
NO_STORE = "no-store, private"
# The pages: only what we serve ourselves, nothing inline, no nonce (so that a public page can be cached).
STRICT = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "media-src": "'self'",
    "manifest-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# Wagtail's editor writes styles and a few scripts into its pages, shows previews in a frame and pictures from memory.
EDITOR = STRICT | {
    "script-src": "'self' 'unsafe-inline'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "frame-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-ancestors": "'self'",
}
PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)


def policy(directives: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in directives.items())


def _remember_log_out(request: HttpRequest | None, **_: object) -> None:
    """Marks the request during which somebody logged out; Django tells it by signal only."""
    if request is not None:
        vars(request)["logged_out_here"] = True


class Headers:
    """Sets the policies, keeps personal responses out of every cache and empties the browser at log-out.

    A view that needs a stricter policy (a file of somebody else, say) sets its own; under ``/cms/`` the editor's holds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # A form that starts a log-in at an identity provider is sent on to that address.
        providers = " ".join(settings.CSP_FORM_ACTION)
        self.strict = policy(STRICT | {"form-action": f"'self' {providers}".strip()})
        self.editor = policy(EDITOR)
        user_logged_out.connect(_remember_log_out, dispatch_uid="academy.headers")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(CMS):
            # A preview went through this middleware once already, with the policy of the page; the frame needs ours.
            response["Content-Security-Policy"] = self.editor
            response["X-Frame-Options"] = "SAMEORIGIN"
        else:
            response.headers.setdefault("Content-Security-Policy", self.strict)
            response["X-Frame-Options"] = "DENY"
        response["Permissions-Policy"] = PERMISSIONS
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        self._keep_out_of_caches(request, response)
        if "logged_out_here" in vars(request):
            response["Clear-Site-Data"] = '"cache", "storage"'
        return response

    @staticmethod
    def _keep_out_of_caches(request: HttpRequest, response: HttpResponse) -> None:
        """Whoever sends a session, a token or a cookie of any weight gets an answer that nobody stores."""
        personal = (
            settings.SESSION_COOKIE_NAME in request.COOKIES
            or "HTTP_AUTHORIZATION" in request.META
            or settings.SESSION_COOKIE_NAME in response.cookies
            or settings.CSRF_COOKIE_NAME in response.cookies
            or request.path.startswith(CMS)
        )
        if personal:
            response["Cache-Control"] = NO_STORE
        elif "Cache-Control" not in response:
            match = request.resolver_match
            page = match is not None and match.url_name == CMS_PAGES and response.status_code == HTTPStatus.OK
            response["Cache-Control"] = PUBLIC if page else NO_STORE
        patch_vary_headers(response, ["Cookie"])

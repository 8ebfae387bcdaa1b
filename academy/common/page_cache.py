"""Public pages from memory: whoever has no session gets the bytes that the last such visitor got, at most 30 s old."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

PUBLIC = "public, max-age=0, must-revalidate"
# Pages of the CMS are public when they are not restricted; Wagtail serves them all by this one route.
CMS_PAGES = "wagtail_serve"
MOST_PAGES = 512
MOST_BYTES = 512 * 1024
# What may tell answers to one address apart. Cookies that matter and htmx's requests never come here at all.
KNOWN_VARY = {"cookie", "hx-request", "hx-boosted", "hx-target", "hx-history-restore-request"}

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponse)
Key = tuple["str | None", ...]


def public_page(view: Callable[P, R]) -> Callable[P, R]:
    """Says of a view that its answer is the same for everybody who is not logged in."""

    @wraps(view)
    def said(*args: P.args, **kwargs: P.kwargs) -> R:
        response = view(*args, **kwargs)
        response.headers.setdefault("Cache-Control", PUBLIC)
        return response

    return said


@dataclass(frozen=True, slots=True)
class Stored:
    """An answer as it left the academy, and the moment from which it is too old."""

    body: bytes
    headers: dict[str, str]
    too_old_at: float


class PublicPages:
    """Stands first, so that a page from memory costs no session, no query and no template.

    Only answers that say ``public`` are kept: GET, 200, whole, without cookies. An entry is found by the raw scheme,
    host and address of the request, and is stored only after Django has accepted that host. Time alone ends it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.seconds: float = getattr(settings, "PUBLIC_PAGE_SECONDS", 0)
        if not self.seconds:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.pages: dict[Key, Stored] = {}
        self.personal_cookies = (settings.SESSION_COOKIE_NAME, settings.MESSAGES_COOKIE_NAME)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._may_come_from_memory(request):
            return self.get_response(request)
        meta = request.META
        key = (
            request.scheme,
            meta.get("HTTP_HOST") or meta.get("SERVER_NAME"),
            meta.get("HTTP_X_FORWARDED_HOST"),
            request.path,
            meta.get("QUERY_STRING"),
        )
        now = time.monotonic()
        stored = self.pages.get(key)
        if stored is not None and now < stored.too_old_at:
            return HttpResponse(b"" if request.method == "HEAD" else stored.body, headers=stored.headers)
        response = self.get_response(request)
        if request.method == "GET" and self._may_be_kept(request, response):
            self._keep(key, response, now)
        return response

    def _may_come_from_memory(self, request: HttpRequest) -> bool:
        meta = request.META
        if request.method not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in meta or "HTTP_HX_REQUEST" in meta:
            return False
        cookies = meta.get("HTTP_COOKIE", "")
        return not cookies or not any(name in cookies for name in self.personal_cookies)

    @staticmethod
    def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
        match = request.resolver_match
        return (
            response.status_code == HTTPStatus.OK
            and not response.streaming
            and not response.cookies
            and response.get("Cache-Control", "").startswith("public")
            and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
            and match is not None
            and {name.strip().lower() for name in response.get("Vary", "").split(",") if name} <= KNOWN_VARY
            and len(response.content) <= MOST_BYTES
        )

    def _keep(self, key: Key, response: HttpResponse, since: float) -> None:
        """Age counts from the moment the page began to be made, not from when it was done."""
        if len(self.pages) >= MOST_PAGES:
            fresh = {held: page for held, page in self.pages.copy().items() if page.too_old_at > since}
            self.pages = fresh if len(fresh) < MOST_PAGES else {}
        headers = dict(response.items()) | {"Content-Length": str(len(response.content))}
        self.pages[key] = Stored(response.content, headers, since + self.seconds)

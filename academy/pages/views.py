"""Files of the site, and the addresses of the CMS that nobody needs."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve
from wagtail.models import CollectionViewRestriction

from academy.pages.models import SiteRendition

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

CLOSED = "default-src 'none'; sandbox"


def refuse(request: HttpRequest, **_parts: Any) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Accounts and groups are kept by roles, sizes of pictures by a list: these addresses do not exist here."""
    raise Http404


def to_logout(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """There is one door, also to leave by."""
    return redirect("account_logout")


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """A document for who may have it, always as a download."""
    response: HttpResponse = serve(request, document_id, filename)
    if response.status_code == HttpResponse.status_code:
        response["Content-Security-Policy"] = CLOSED
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture in one of the allowed sizes. Originals are never handed out."""
    rendition = get_object_or_404(SiteRendition.objects.select_related("image__collection"), file=f"images/{name}")
    restricted = rendition.image.collection.get_view_restrictions()
    if not all(_lets_in(restriction, request) for restriction in restricted):
        raise Http404
    kind = mimetypes.guess_type(name)[0]
    if kind not in {"image/jpeg", "image/png", "image/webp"}:
        raise Http404
    try:
        response = FileResponse(rendition.file.open("rb"), content_type=kind)
    except FileNotFoundError as problem:
        raise Http404 from problem
    response["Content-Security-Policy"] = CLOSED
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store" if restricted else "public, max-age=86400"
    return response


def _lets_in(restriction: CollectionViewRestriction, request: HttpRequest) -> bool:
    return bool(restriction.accept_request(request))

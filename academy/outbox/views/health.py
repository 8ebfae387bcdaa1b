"""Whether the academy lives and whether it is ready; for monitors and for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from academy.outbox import rules
from academy.outbox.domain import health

if TYPE_CHECKING:
    from academy.outbox.domain.health import Part


@never_cache
@require_safe
def live(_request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Which part works; 503 when one does not."""
    parts = health.parts()
    good = all(part.good for part in parts)
    detailed = parts[0].good and _may_see_details(request)
    shown = {part.name: _shown(part, detailed=detailed) for part in parts}
    return JsonResponse({"status": "ok" if good else "fail", "parts": shown}, status=200 if good else 503)


def _may_see_details(request: HttpRequest) -> bool:
    try:
        return rules.can_see_jobs(request.user)
    except DatabaseError:
        return False


def _shown(part: Part, *, detailed: bool) -> str | dict[str, str]:
    word = "ok" if part.good else "fail"
    return {"status": word, "detail": part.detail} if detailed else word

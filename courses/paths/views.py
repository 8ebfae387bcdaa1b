"""The leerroutes, and one of them with how far the reader is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from academy.common.page_cache import public_page
from courses.paths.domain.progress import progress_on
from courses.paths.models import PathPage, PathsPage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@public_page
def paths(request: HttpRequest) -> HttpResponse:
    """Every leerroute that this reader may see."""
    found = list(PathPage.objects.visible_to(request.user).order_by("title"))
    context = {"page": PathsPage.objects.first(), "routes": progress_on(found, request.user)}
    return render(request, "paths/paths.html", context)


@require_safe
@public_page
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """One leerroute: its steps in order, and for who is logged in what is done and what comes next."""
    page = get_object_or_404(PathPage.objects.visible_to(request.user), slug=slug)
    (route,) = progress_on([page], request.user)
    return render(request, "paths/path.html", {"page": page, "route": route})

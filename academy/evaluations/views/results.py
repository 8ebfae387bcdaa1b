"""What came out of evaluations: numbers about gatherings, never about who answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from academy.common import clock
from academy.evaluations.domain.answering import TOGETHER
from academy.evaluations.domain.results import overall, results_of
from academy.evaluations.models import Evaluation
from academy.evaluations.rules import can_read_results, reads_all_results

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 25


@require_safe
@login_required
def evaluations(request: HttpRequest) -> HttpResponse:
    """Every questionnaire, the newest on top, and what all of them add up to."""
    if not reads_all_results(request.user):
        raise PermissionDenied
    found = Evaluation.objects.with_results().select_related("gathering").order_by("-opens_at", "-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "overall": overall(Evaluation.objects.all()), "together": TOGETHER}
    return render(request, "evaluations/evaluations.html", facts)


@require_safe
@login_required
def evaluation_results(request: HttpRequest, public_id: str) -> HttpResponse:
    """Of one gathering, by the address of that gathering; what was asked first stands first."""
    found = Evaluation.objects.select_related("gathering").filter(gathering__public_id=public_id)
    asked = list(found.order_by("opens_at", "pk"))
    if not asked or not can_read_results(request.user, asked[0].gathering):
        raise Http404
    now = clock.now()
    facts = {
        "gathering": asked[0].gathering,
        "parts": [(one, results_of(one), one.closes_at <= now) for one in asked],
        "together": TOGETHER,
        "reads_all": reads_all_results(request.user),
    }
    return render(request, "evaluations/results.html", facts)

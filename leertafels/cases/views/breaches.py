"""``/privacy-meldingen/``: what the privacy officer must judge, with the clock beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from academy.common import clock
from academy.common.errors import DomainError
from leertafels.cases import rules
from leertafels.cases.domain.breaches import close_breach, note_measures
from leertafels.cases.forms import BreachForm
from leertafels.cases.models import BreachRecord

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50


@require_safe
@never_cache
@login_required
def breaches(request: HttpRequest) -> HttpResponse:
    if not rules.can_handle_breaches(request.user):
        raise PermissionDenied
    rows = BreachRecord.objects.open_first().select_related("reported_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "cases/breaches.html", {"page": page, "now": clock.now()})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def breach(request: HttpRequest, public_id: str) -> HttpResponse:
    """With a judgement it is closed, without one what was done is written down."""
    if not rules.can_handle_breaches(request.user):
        raise Http404
    found = get_object_or_404(
        BreachRecord.objects.select_related("case", "reported_by", "closed_by"), public_id=public_id
    )
    form = BreachForm(request.POST if request.method == "POST" else None, initial={"measures": found.measures})
    if form.is_bound and form.is_valid() and _acted(request, found, form):
        return redirect("breaches")
    return render(request, "cases/breach.html", {"breach": found, "form": form, "now": clock.now()})


def _acted(request: HttpRequest, found: BreachRecord, form: BreachForm) -> bool:
    measures, outcome = form.cleaned_data["measures"], form.cleaned_data["outcome"]
    try:
        if outcome:
            close_breach(breach=found, measures=measures, outcome=outcome, by=request.user)
            messages.success(request, _("De melding is afgerond en de tekst is vernietigd."))
        else:
            note_measures(breach=found, measures=measures, by=request.user)
            messages.success(request, _("Opgeschreven. De melding staat nog open."))
    except DomainError as refused:
        form.add_error(refused.field, refused.message)
        for reason in refused.reasons:
            if reason.message != refused.message:
                form.add_error(refused.field, reason.message)
        return False
    return True

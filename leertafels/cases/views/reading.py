"""Reading a text, staying out of it, and saying that it leads to somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from academy.common.errors import NotAllowedError
from academy.people.views.fresh import fresh_login_required
from leertafels.cases import rules
from leertafels.cases.domain import breaches, opening
from leertafels.cases.domain.texts import LABELS
from leertafels.cases.views.finding import case_for, page_of, trail

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@never_cache
@fresh_login_required
def case(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text, or from when until when it can be read. Who has nothing to do with it finds nothing."""
    found = case_for(request, public_id, rules.can_know)
    reasons, parts = (), []
    try:
        content = opening.open_case(case=found, by=request.user)
    except NotAllowedError as refused:
        reasons = refused.reasons
    else:
        parts = [(LABELS[name], text) for name, text in content.parts().items() if text]
    context = {
        "case": found,
        "parts": parts,
        "reasons": reasons,
        "moments": rules.moments(found.session),
        "is_presenter": rules.is_presenter(request.user, found),
        "may_take_off": rules.can_take_off(request.user, found),
        "is_over": rules.is_over(found),
        "trail": trail(found.session.gathering),
    }
    return render(request, "cases/case.html", context)


@require_POST
@login_required
def conflict(request: HttpRequest, public_id: str) -> HttpResponse:
    found = case_for(request, public_id, rules.can_know)
    try:
        opening.declare_conflict(case=found, by=request.user)
    except NotAllowedError:
        raise Http404 from None
    messages.success(request, _("Deze inbreng blijft voor jou dicht. Bespreek met de gespreksleider hoe je meedoet."))
    return redirect(page_of(found.session.gathering))


@require_POST
@login_required
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    found = case_for(request, public_id, rules.can_know)
    breaches.report_traceable(case=found, by=request.user)
    messages.success(request, _("Dank je. De tekst is nu voor iedereen verborgen en de privacy officer weet het."))
    return redirect(page_of(found.session.gathering))


@require_safe
@never_cache
@login_required
def openings(request: HttpRequest, public_id: str) -> HttpResponse:
    """What became of a case and who opened it; nothing of what it says."""
    found = case_for(request, public_id, rules.can_see_openings)
    context = {
        "case": found,
        "openings": opening.openings_of(found),
        "moments": rules.moments(found.session),
        "is_presenter": rules.is_presenter(request.user, found),
        "may_take_off": rules.can_take_off(request.user, found),
        "is_over": rules.is_over(found),
        "trail": trail(found.session.gathering),
    }
    return render(request, "cases/openings.html", context)

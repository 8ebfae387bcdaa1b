"""The lost phone: two colleagues together remove a second factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from academy.common.errors import DomainError
from academy.people import rules
from academy.people.domain.second_factor import ask_reset, confirm_reset, waiting_resets
from academy.people.models import SecondFactorReset, User
from academy.people.views.fresh import fresh_login_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_required
@never_cache
def reset_list(request: HttpRequest) -> HttpResponse:
    _for_office(request)
    return render(request, "people/second_factor_resets.html", {"resets": waiting_resets()})


@require_POST
@fresh_login_required
def reset_ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """One colleague asks."""
    _for_office(request)
    person = get_object_or_404(User, public_id=public_id)
    try:
        ask_reset(person=person, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Gevraagd. Een tweede collega bevestigt dit binnen 24 uur."))
    return redirect("second_factor_reset_list")


@require_POST
@fresh_login_required
def reset_confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Another colleague confirms."""
    _for_office(request)
    reset = get_object_or_404(SecondFactorReset, public_id=public_id)
    try:
        confirm_reset(reset=reset, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("De tweede stap is weggehaald. %(who)s krijgt een mail.") % {"who": reset.person})
    return redirect("second_factor_reset_list")


def _for_office(request: HttpRequest) -> None:
    if not rules.can_reset_second_factor(request.user):
        raise PermissionDenied

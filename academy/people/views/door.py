"""The one door: what leads to it, and what stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from academy.people import rules
from academy.people.domain.second_factor import has_one, is_needed, was_given

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
def side_door(request: HttpRequest) -> HttpResponse:
    """Stands where Wagtail's own log-in pages would be: reads no password, leads to the one log-in."""
    back = safe_next(request)
    if request.user.is_authenticated:
        # Wagtail sends people here whom it refuses; leading them back would go round for ever.
        raise PermissionDenied(_("Dit deel van de site is voor de redactie. Vraag het bureau als je hier werk hebt."))
    return redirect_to_login(back)


@never_cache
def closed_reset(_request: HttpRequest) -> HttpResponse:
    """Stands where Wagtail's own password reset would be."""
    return redirect("account_reset_password")


@require_safe
@login_required
@never_cache
def security(request: HttpRequest) -> HttpResponse:
    """Everything about the account on one page."""
    return render(
        request,
        "people/security.html",
        {
            "needs_second_factor": is_needed(request.user),
            "may_reset": rules.can_reset_second_factor(request.user),
        },
    )


@require_safe
@login_required
@never_cache
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Tells why nothing opens yet, and leads to setting up or showing the second factor."""
    back = safe_next(request)
    if was_given(request):
        return HttpResponseRedirect(back)
    step = {"next": back}
    enrolled = has_one(request.user)
    return render(
        request,
        "people/second_factor_needed.html",
        {
            "has_one": enrolled,
            "prove_url": f"{reverse('mfa_reauthenticate')}?{urlencode(step)}",
            "prove_key_url": f"{reverse('mfa_reauthenticate_webauthn')}?{urlencode(step)}",
        },
    )


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """Where ``next`` points when that is a page of ours, else ``fallback``."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = wanted.startswith("/") and wanted.isprintable() and "\\" not in wanted
    if own and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return fallback

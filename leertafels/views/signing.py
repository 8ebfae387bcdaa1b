"""Reading the agreements of a table and signing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from academy.common.errors import DomainError
from academy.gatherings.kinds import kind_of
from leertafels.domain.signing import sign_agreements
from leertafels.forms import SignForm
from leertafels.reading import signature_of
from leertafels.rules import can_sign
from leertafels.views.reading import table_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def sign_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who has nothing to do with the table finds nothing to sign."""
    gathering = table_for(request.user, public_id)
    if not can_sign(request.user, gathering):
        raise Http404
    table, url = gathering.leertafel, kind_of(gathering).url(gathering)
    form = SignForm(request.POST if request.method == "POST" else None, table.agreements_version)
    if request.method == "POST" and form.is_valid():
        try:
            sign_agreements(leertafel=table, version=form.cleaned_data["version"], by=request.user)
        except DomainError as refused:
            # A fresh form: what is to be signed is what stands above it now.
            form = SignForm(None, table.agreements_version)
            messages.error(request, refused.message)
        else:
            messages.success(request, _("Je hebt de afspraken ondertekend."))
            return redirect(url)
    signed = signature_of(request.user, gathering)
    context = {"gathering": gathering, "leertafel": table, "form": form, "url": url, "signed": signed}
    return render(request, "leertafels/sign.html", context)

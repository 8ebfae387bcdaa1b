"""The keys that a person gives to a program or a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from academy.common.errors import DomainError
from academy.people.domain.tokens import create_token, revoke_token
from academy.people.forms.tokens import TokenForm
from academy.people.models import AccessToken
from academy.people.views.fresh import fresh_login_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@login_required
@never_cache
def token_list(request: HttpRequest) -> HttpResponse:
    return _page(request, TokenForm())


@require_POST
@never_cache
@fresh_login_required
def token_create(request: HttpRequest) -> HttpResponse:
    """Makes a key and shows its secret, this once."""
    form = TokenForm(request.POST)
    if form.is_valid():
        try:
            token, secret = create_token(person=request.user, secret=_secret(request, form), **form.terms())
        except DomainError as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            return render(request, "people/token_created.html", {"token": token, "secret": secret})
    return _page(request, form)


@require_POST
@login_required
def token_revoke(request: HttpRequest, public_id: str) -> HttpResponse:
    token = get_object_or_404(AccessToken, public_id=public_id, person=request.user)
    revoke_token(token=token, by=request.user)
    messages.success(request, _("De sleutel werkt niet meer."))
    return redirect("token_list")


def _secret(request: HttpRequest, form: TokenForm) -> str:
    """The same for the same form of the same person: a second click shows the key of the first."""
    once = f"{request.user.pk}:{form.cleaned_data['once']}"
    return salted_hmac("people.token", once, algorithm="sha256").hexdigest()


def _page(request: HttpRequest, form: TokenForm) -> HttpResponse:
    tokens = AccessToken.objects.filter(person=request.user, revoked_at__isnull=True)
    return render(request, "people/tokens.html", {"form": form, "tokens": tokens})

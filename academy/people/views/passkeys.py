"""Taking a passkey off an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.db import transaction
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from academy.people.models import User

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]), name="dispatch")
class RemovePasskeyView(RemoveWebAuthnView):
    """allauth's page, which asks for an app but not for a passkey whether the person can do without it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            self.get_object()  # 404 for a key of somebody else, before anything is asked
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        User.objects.select_for_update().get(pk=self.request.user.pk)  # of two clicks on two keys, one finds the last
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.object):
            return super().form_valid(form)
        form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
        return self.render_to_response(self.get_context_data(form=form))

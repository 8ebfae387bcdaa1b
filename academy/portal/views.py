"""The pages that show what the academy is made of; they exist in the demo only."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from academy.portal.forms import FILLED, WRONG, ExampleForm


class ComponentsView(FormView):
    """Every component once, and a form as it looks empty, filled and with errors (``?formulier=fouten``)."""

    template_name = "portal/components.html"
    form_class = ExampleForm

    def get_form(self, form_class: type[ExampleForm] | None = None) -> ExampleForm:
        state = self.request.GET.get("formulier")
        if self.request.method == "GET" and state in ("gevuld", "fouten"):
            return ExampleForm(data=FILLED if state == "gevuld" else WRONG)
        return super().get_form(form_class)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs["page"] = Paginator(range(87), 10).get_page(self.request.GET.get("page", 4))
        return super().get_context_data(**kwargs)

    def form_valid(self, form: ExampleForm) -> HttpResponse:  # noqa: ARG002 -- nothing is kept
        messages.success(self.request, _("Je aanmelding is verstuurd. Je hoort binnen twee werkdagen van ons."))
        return redirect("demo_components")


@require_safe
def show_error(_request: HttpRequest, code: int) -> HttpResponse:
    """Goes wrong on purpose, so that the error pages can be looked at."""
    wrong = {400: SuspiciousOperation("demo"), 403: PermissionDenied(), 500: RuntimeError("Shown on purpose.")}
    raise wrong.get(code, Http404())

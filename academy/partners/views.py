"""What is open to everybody: asking us to come, and where to ask advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from academy.common.errors import DomainError
from academy.common.limits import Limit, client_address, network, take
from academy.common.page_cache import public_page
from academy.partners.domain.requests import ask_information
from academy.partners.forms import InformationRequestForm
from academy.partners.models import TeamContact
from academy.people.rules import memberships

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

ASKED = Limit("partners.request", 5, 3600)


@require_http_methods(["GET", "HEAD", "POST"])
def request_information(request: HttpRequest) -> HttpResponse:
    form = InformationRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if take(ASKED, network(client_address(request))) is None:
            form.add_error(None, _("Er kwamen net al vijf aanvragen van dit adres. Probeer het over een uur opnieuw."))
        else:
            try:
                ask_information(**form.cleaned_data)
            except DomainError as refused:
                form.add_error(refused.field if refused.field in form.fields else None, refused.message)
            else:
                return redirect("information_requested")
    return render(request, "partners/request.html", {"form": form})


@require_safe
@public_page
def information_requested(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/requested.html")


@require_safe
def advice(request: HttpRequest) -> HttpResponse:
    """How to ask advice. Who belongs to a team sees the team's own contact first; nothing can be typed here."""
    if not request.user.is_authenticated:
        return public_page(render)(request, "partners/advice.html")
    confirmed = [held for held in memberships(request.user) if held.organisation.is_own or held.approved_at is not None]
    teams = [held.team_id for held in confirmed if held.team_id is not None]
    contacts = TeamContact.objects.current().filter(team__in=teams).select_related("team").order_by("team__name")
    return render(request, "partners/advice.html", {"contacts": contacts})

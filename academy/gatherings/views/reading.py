"""The catalogue, an offering and a run: public, and with more on it for who is logged in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from academy.common.page_cache import public_page
from academy.gatherings import showing
from academy.gatherings.catalogue import catalogue
from academy.gatherings.models import Gathering, Offering

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

RUN = "run"


@require_safe
@public_page
def catalogue_page(request: HttpRequest) -> HttpResponse:
    """Everything one can take part in; the choices stand in the address."""
    return render(request, "gatherings/catalogue.html", {"catalogue": catalogue(request.user, request.GET)})


@require_safe
@public_page
def offering_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One offering of whatever kind, in the template of that kind, with its dates."""
    found = Offering.objects.visible_to(request.user).filter(slug=slug).order_by("pk").first()
    if found is None:
        raise Http404
    page = found.specific
    context = page.get_context(request) | showing.offering_facts(page, request.user)
    return TemplateResponse(request, page.get_template(request), context)


@require_safe
@public_page
def run_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One run: when, where as far as one may know, who gives it, what it counts for, and one's own seat."""
    runs = Gathering.objects.visible_to(request.user).filter(kind=RUN).select_related("offering").with_places()
    gathering = get_object_or_404(runs, public_id=public_id)
    return render(request, "gatherings/run.html", showing.gathering_facts(gathering, request.user))

"""``/gemeente/``: what a municipality sees of itself. Never a name, never a number below five."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from academy.common import clock
from academy.gatherings.models import Gathering
from academy.partners import rules
from academy.partners.models import InformationRequest
from academy.people.models import Municipality
from academy.portal.admin_pages import allowed
from academy.portal.mine_overview import address
from academy.portal.partners_reading import present
from academy.portal.partners_views import report_facts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_AHEAD = 5


@allowed(rules.sees_municipalities)
@require_safe
def municipality(request: HttpRequest) -> HttpResponse:
    """The own municipality; who speaks for several chooses with ``?gemeente=``. The manager has the whole board."""
    places = Municipality.objects.filter(pk__in=rules.own_municipalities(request.user))
    own = {place.code: place for place in map(present, places.select_related("successor", "region"))}
    if not own:
        return redirect("partners")
    place = own.get(request.GET.get("gemeente", ""), next(iter(own.values())))
    if request.GET.get("gemeente", place.code) not in own:
        raise Http404
    ahead = Gathering.objects.visible_to(request.user).open().filter(starts_at__gt=clock.now()).order_by("starts_at")
    context = {
        "places": list(own.values()),
        "ahead": [(one, address(one)) for one in ahead[:MOST_AHEAD]],
        "requests": InformationRequest.objects.of(place)[:MOST_AHEAD],
        **report_facts(request, place),
    }
    return render(request, "portal_partners/own_municipality.html", context)

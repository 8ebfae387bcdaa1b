"""A closed place: after a fresh log-in, for who may come, and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from academy.common.errors import NotAllowedError
from academy.gatherings.domain.places import open_place
from academy.gatherings.enums import VenueKind
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Session
from academy.people.views.fresh import fresh_login_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@never_cache
@fresh_login_required
def session_place(request: HttpRequest, public_id: str) -> HttpResponse:
    """The address of a session, or from when until when it can be read. Who has nothing to do with it finds nothing."""
    sessions = Session.objects.select_related("venue", "gathering").filter(venue__kind=VenueKind.CLOSED)
    session = get_object_or_404(sessions, public_id=public_id)
    reasons, place = (), None
    try:
        place = open_place(session=session, by=request.user)
    except NotAllowedError as refused:
        reasons = refused.reasons
        if any(reason.code == "no_seat" for reason in reasons):
            raise Http404 from None
    facts = {"session": session, "place": place, "reasons": reasons}
    return render(request, "gatherings/place.html", facts | {"url": kind_of(session.gathering).url(session.gathering)})

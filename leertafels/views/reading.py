"""The list of leertafels and the page of one table: public, and with more on it for who takes part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from academy.common.page_cache import public_page
from academy.gatherings.models import Gathering
from leertafels import reading
from leertafels.domain.leertafel_kind import NAME

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse

    from academy.people.models import User


@require_safe
@public_page
def tables_page(request: HttpRequest) -> HttpResponse:
    """Every leertafel one can join; the choices stand in the address."""
    return render(request, "leertafels/tables.html", {"listing": reading.listing(request.user, request.GET)})


@require_safe
@public_page
def table_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One table: when, where as far as one may know, what it counts for, the agreements, and one's own place."""
    gathering = table_for(request.user, public_id)
    return render(request, "leertafels/table.html", reading.table_facts(gathering, request.user))


def table_for(user: User | AnonymousUser, public_id: str) -> Gathering:
    tables = Gathering.objects.visible_to(user).filter(kind=NAME, leertafel__isnull=False).with_places()
    gathering: Gathering = get_object_or_404(tables.select_related("offering", "leertafel"), public_id=public_id)
    return gathering

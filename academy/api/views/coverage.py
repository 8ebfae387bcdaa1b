"""Whom we reach per municipality and moment; a municipality contact sees the own one, without small numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from academy.api.doors import SignedIn
from academy.api.errors import forbidden, invalid
from academy.api.shapes import Code, CoverageOut
from academy.partners import rules
from academy.partners.coverage import board
from academy.partners.moments import calendar_years, periods
from academy.partners.municipal import report_of
from academy.people.models import Municipality, Region
from academy.portal.partners_reading import present

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from academy.partners.coverage import Area, Cell
    from academy.partners.disclosure import Told
    from academy.partners.moments import Period

router = Router(tags=["Gemeenten en partners"], auth=SignedIn())


class AskedCoverage(Schema):
    region: Annotated[str, Field(max_length=100)] = ""
    period: Code = ""


@router.get("/coverage", response=CoverageOut, url_name="coverage", summary="Bereik per gemeente en moment")
def coverage(request: HttpRequest, asked: Query[AskedCoverage]) -> dict[str, Any]:
    """``region`` is a name or its part of the address; ``period`` is ``24m`` or a calendar year.

    A municipality contact asks for calendar years only. ``persons`` is then the low end of a band of five and
    ``teams`` counts teams with five persons or more; what is hidden is null, and zero is hidden too.
    """
    user = request.auth
    if not rules.sees_municipalities(user):
        raise forbidden(_("Dit is voor de accounthouder en voor contactpersonen van gemeenten."))
    region = _region(asked.region)
    if rules.keeps_partners(user):
        period = _period(asked.period, periods())
        areas = [area for area in board(period) if region is None or area.region == region]
        return {"regions": [_region_of(area) for area in areas]}
    period = _period(asked.period, calendar_years())
    own = Municipality.objects.filter(pk__in=rules.own_municipalities(user)).select_related("successor", "region")
    places = {place.pk: place for place in map(present, own)}.values()
    regions: dict[str, list[dict[str, Any]]] = {}
    for place in places:
        if region is None or place.region_id == region.pk:
            shown = _shown(place, report_of(place, period).cells)
            regions.setdefault(place.region.name, []).append(shown)
    return {"regions": [{"name": name, "municipalities": found} for name, found in regions.items()]}


def _region_of(area: Area) -> dict[str, Any]:
    return {"name": area.region.name, "municipalities": [_shown(line.municipality, line.cells) for line in area.lines]}


def _region(asked: str) -> Region | None:
    if not asked:
        return None
    found = Region.objects.filter(slug=asked.lower()).first() or Region.objects.filter(name__iexact=asked).first()
    if found is None:
        raise invalid("region", _("deze regio kennen we niet; gebruik een naam uit het antwoord zonder region."))
    return found


def _period(asked: str, offered: dict[str, Period]) -> Period:
    if asked and asked not in offered:
        raise invalid("period", _("kies %(known)s.") % {"known": ", ".join(offered)})
    return offered[asked] if asked else next(iter(offered.values()))


def _shown(place: Municipality, cells: Sequence[Cell | Told]) -> dict[str, Any]:
    moments = [{"moment": cell.moment.value, "persons": cell.persons, "teams": cell.teams} for cell in cells]
    return {"code": place.code, "name": place.name, "moments": moments}

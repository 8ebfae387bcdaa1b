"""The catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from django.db.models import Exists, OuterRef
from ninja import Query, Router, Schema
from pydantic import Field

from academy.api.doors import Anyone
from academy.api.paging import page
from academy.api.shapes import Code, Listed, OfferingOut
from academy.gatherings.enums import Form, OfferingKind
from academy.gatherings.models import FOUND_AS, Gathering, Offering
from academy.knowledge.search import find

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest

router = Router(tags=["Aanbod"], auth=Anyone())


class Asked(Schema):
    q: Annotated[str, Field(max_length=200)] = ""
    theme: Code = ""
    form: Form | None = None
    kind: OfferingKind | None = None
    cursor: Annotated[str, Field(max_length=500)] = ""


@router.get("/offerings", response=Listed[OfferingOut], url_name="offerings", summary="Het openbare aanbod")
def offerings(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    rows = Offering.objects.visible_to(request.auth).prefetch_related("themes")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.form:
        rows = rows.filter(form=asked.form)
    if asked.theme:
        rows = rows.filter(themes__slug=asked.theme)
    if asked.q.strip():
        rows = rows.filter(pk__in=find(asked.q, FOUND_AS.values()))
    joinable = Gathering.objects.visible_to(request.auth).open().filter(offering=OuterRef("pk"))
    return page(rows.annotate(joinable=Exists(joinable)), by=("title", "pk"), cursor=asked.cursor, show=show)


def show(offering: Offering) -> dict[str, Any]:
    return {
        "id": offering.slug,
        "kind": offering.kind,
        "form": offering.form,
        "pillar": offering.pillar,
        "title": offering.title,
        "summary": offering.search_description,
        "themes": [theme.slug for theme in offering.themes.all()],
        "study_load_minutes": offering.study_load_minutes,
        "price": offering.price,
        "open_gatherings": offering.joinable,
        "url": f"/aanbod/{offering.slug}/",
    }

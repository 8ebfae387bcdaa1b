"""Offers that stand beside an article, on the page of a group and under "voor jou"."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.gatherings.catalogue import coming
from academy.gatherings.enums import Audience, Form, OfferingKind
from academy.gatherings.models import Lead, Offering, Seat
from academy.knowledge.beside import Offer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.models import AnonymousUser

    from academy.knowledge.beside import Wanted
    from academy.people.models import User


def _when(row: Mapping[str, Any]) -> str:
    if row["next_start"]:
        return formats.moment(row["next_start"])
    if row["any_time"]:
        return _("wanneer het jou uitkomt")
    return _("bij een andere aanbieder") if row["kind"] == OfferingKind.EXTERNAL else _("nog geen datum")


def offers_on(user: User | AnonymousUser, wanted: Wanted) -> tuple[Offer, ...]:
    """Offerings with one of these themes: what begins first in front, then what has no date, the newest first."""
    at, through = clock.now(), Offering.themes.through.objects
    first = coming(user, at).filter(offering=OuterRef("pk")).beginnings(at)
    found = Offering.objects.visible_to(user).filter(
        Exists(through.filter(offering=OuterRef("pk"), theme__in=list(wanted.themes)))
    )
    if wanted.inside is not None:
        found = found.exclude(audience=Audience.EXTERNAL if wanted.inside else Audience.INTERNAL)
    if wanted.is_new and user.is_authenticated:
        own = {"gathering__offering": OuterRef("pk"), "person": user.pk}
        follows, leads = Seat.objects.active().filter(**own), Lead.objects.current().filter(**own)
        found = found.exclude(Exists(follows) | Exists(leads))
    rows = list(
        found.annotate(
            next_start=Subquery(first[:1]),
            any_time=Exists(coming(user, at).filter(offering=OuterRef("pk"), starts_at__isnull=True)),
        )
        .order_by(F("next_start").asc(nulls_last=True), "-page_ptr_id")
        .values("pk", "title", "slug", "introduction", "form", "kind", "next_start", "any_time")[: wanted.most]
    )
    themes = defaultdict(set)
    if wanted.is_new:
        pairs = through.filter(offering__in=[row["pk"] for row in rows]).values_list("offering_id", "theme_id")
        for offering, theme in pairs:
            themes[offering].add(theme)
    forms = dict(Form.choices)
    return tuple(
        Offer(
            key=row["pk"],
            title=row["title"],
            url=reverse("offering", args=[row["slug"]]),
            introduction=row["introduction"],
            form=str(forms[row["form"]]),
            when=_when(row),
            themes=frozenset(themes[row["pk"]]),
        )
        for row in rows
    )

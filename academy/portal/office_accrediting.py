"""What registers grant: which accreditation runs out, and writing down the next one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from academy.common import clock
from academy.gatherings import rules
from academy.gatherings.domain.accrediting import accredit
from academy.gatherings.models import Accreditation
from academy.portal.admin_pages import allowed, form_page, page_of, sent
from academy.portal.office_accrediting_forms import AccreditationForm

if TYPE_CHECKING:
    from datetime import date

    from django import forms

PER_PAGE = 25
# An application takes months; what ended longer ago than this nobody misses.
AHEAD, BACK = timedelta(days=183), timedelta(days=90)
may_accredit = allowed(rules.can_accredit)


def _trail(request: HttpRequest) -> list[tuple[str, str]]:
    """From the office, or for the administrator from her own page."""
    if rules.can_use_desk(request.user):
        return [(reverse("office"), _("Bureau"))]
    return [(reverse("manage_home"), _("Beheer"))]


@may_accredit
@require_safe
def office_accreditations(request: HttpRequest) -> HttpResponse:
    """What runs out, the first one on top; or everything."""
    today, everything = clock.today(), request.GET.get("toon") == "alle"
    found = Accreditation.objects.all() if everything else Accreditation.objects.ending(today - BACK, today + AHEAD)
    found = found.with_uncovered().select_related("offering", "register", "chamber").order_by("valid_to", "pk")
    page = page_of(request, found, PER_PAGE)
    context = {
        "page": page,
        "rows": [(one, *status_of(one, today)) for one in page],
        "everything": everything,
        "trail": _trail(request),
    }
    return render(request, "portal_office/accreditations.html", context)


def status_of(accreditation: Accreditation, today: date) -> tuple[str, str]:
    """The kind and the word of its status mark."""
    if accreditation.valid_to < today:
        return "late", _("verlopen")
    if not accreditation.is_granted:
        return "quiet", _("aangevraagd")
    return ("soon", _("loopt af")) if accreditation.valid_to <= today + AHEAD else ("done", _("geldig"))


@may_accredit
@require_http_methods(["GET", "HEAD", "POST"])
def office_accredit(request: HttpRequest) -> HttpResponse:
    """A new one; with ``?na=`` it follows on one that runs out."""
    after = request.GET.get("na", "")
    before = None
    if after:
        found = Accreditation.objects.select_related("offering", "register", "chamber")
        before = get_object_or_404(found, pk=after if after.isascii() and after.isdigit() and len(after) < 19 else 0)  # noqa: PLR2004 -- digits of the longest key

    def act(form: forms.Form) -> str:
        kept = accredit(by=request.user, **form.terms())
        return _("De accreditatie van %(title)s is vastgelegd.") % {"title": kept.offering.title}

    return form_page(
        request,
        AccreditationForm(sent(request), before),
        act,
        title=_("Accreditatie vastleggen"),
        explanation=_("Wie al een plek heeft, houdt wat toen beloofd is. Wie nu een plek neemt, krijgt dit beloofd."),
        back=reverse("office_accreditations"),
        button=_("Leg vast"),
        trail=[*_trail(request), (reverse("office_accreditations"), _("Accreditaties"))],
    )

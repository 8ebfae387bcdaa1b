"""``/partners/``: whom we do not reach yet, what to do this week, and the page of each partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from academy.common import formats
from academy.partners import rules
from academy.partners.coverage import board
from academy.partners.domain.counting import choose_offerings
from academy.partners.enums import CountsAs, Moment, RequestState
from academy.partners.models import CountedOffering, InformationRequest, Outreach
from academy.partners.moments import calendar_years
from academy.partners.municipal import report_of
from academy.people.enums import Ring
from academy.people.models import Municipality, Organisation
from academy.portal import partners_reading as reading
from academy.portal.admin_pages import allowed, form_page, page_of, sent
from academy.portal.charts import pairs, shares
from academy.portal.partners_forms import CountedForm, CoverageForm

if TYPE_CHECKING:
    from django import forms

    from academy.partners.municipal import MunicipalReport
    from academy.portal.charts import Pair

PER_PAGE = 25
LOOKS = {
    RequestState.NEW: "soon",
    RequestState.PLANNED: "soon",
    RequestState.HELD: "done",
    RequestState.DECLINED: "quiet",
}
read_or_send = require_http_methods(["GET", "HEAD", "POST"])
keepers = allowed(rules.keeps_partners)


def trail(partner: Municipality | Organisation | None = None) -> list[tuple[str, str]]:
    home = [(reverse("partners"), _("Partners"))]
    return [*home, (partner_url(partner), partner.name)] if partner else home


def partner_url(partner: Municipality | Organisation) -> str:
    return reverse("partner", args=(reading.address_part(partner),))


@keepers
@require_safe
def partners(request: HttpRequest) -> HttpResponse:
    """The board: every municipality and moment, with the white spots on top."""
    everywhere = board(CoverageForm(request.GET, []).period)
    form = CoverageForm(request.GET, [area.region for area in everywhere])
    areas = [area for area in everywhere if form.region in (None, area.region)]
    context = {
        "form": form,
        "areas": areas,
        "charts": [(area, shares(area.reached, len(area.lines))) for area in areas],
        "moments": list(Moment),
        "white": sum(len(area.white) for area in areas),
        "places": sum(len(area.lines) for area in areas),
        "waiting": reading.waiting_numbers(),
    }
    return render(request, "portal_partners/board.html", context)


@keepers
@require_safe
def partners_week(request: HttpRequest) -> HttpResponse:
    return render(request, "portal_partners/week.html", {**reading.week(), "trail": trail()})


@keepers
@require_safe
def partners_figures(request: HttpRequest) -> HttpResponse:
    areas = board(CoverageForm(request.GET, []).period)
    form = CoverageForm(request.GET, [area.region for area in areas])
    context = {"form": form, "trail": trail(), **reading.figures_of(areas, form.region, form.period)}
    return render(request, "portal_partners/figures.html", context)


@keepers
@require_safe
def partners_organisations(request: HttpRequest) -> HttpResponse:
    """Partners that are no municipality, those of the second ring first."""
    rows = Organisation.objects.active().filter(is_own=False, municipality__isnull=True)
    page = page_of(request, rows.order_by("name"), PER_PAGE)
    last = Outreach.objects.filter(organisation__in=page.object_list).order_by("organisation", "-held_on", "-pk")
    spoken: dict[int, Any] = {}
    for moment in last:
        spoken.setdefault(moment.organisation_id, moment.held_on)
    context = {
        "page": page,
        "rows": [(one, spoken.get(one.pk)) for one in page],
        "second": Ring.SECOND,
        "trail": trail(),
    }
    return render(request, "portal_partners/organisations.html", context)


@keepers
@read_or_send
def partners_counting(request: HttpRequest) -> HttpResponse:
    """Which trainings make the second moment."""

    def act(form: forms.Form) -> str:
        for name in CountsAs.values:
            choose_offerings(offerings=form.cleaned_data[name], counts_as=name, by=request.user)
        return _("Opgeslagen. De cijfers rekenen er vanaf nu mee, ook voor wat al geweest is.")

    held = CountedOffering.objects.values_list("counts_as", "offering")
    first = {name: [key for counts_as, key in held if counts_as == name] for name in CountsAs.values}
    return form_page(
        request,
        CountedForm(sent(request), first),
        act,
        title=_("Wat telt mee voor Trainen?"),
        explanation=_("Iemand heeft moment 2 gehad na een bijeenkomst uit deze set, of na een afgeronde e-learning."),
        back=reverse("partners"),
        button=_("Sla op"),
        trail=trail(),
    )


@keepers
@require_safe
def partner(request: HttpRequest, code: str) -> HttpResponse:
    """One municipality or organisation. What merged away leads to where its work went on."""
    found = reading.find_partner(code)
    there = reading.present(found)
    if there != found:
        words = {"name": found.name, "there": there.name, "day": formats.short_day(found.active_to)}
        messages.info(request, _("%(name)s is per %(day)s opgegaan in %(there)s; alles van toen staat hier.") % words)
        return redirect(partner_url(there))
    form = CoverageForm(request.GET, [])
    facts = reading.everything_about(there, form.period)
    context = {"partner": there, "code": reading.address_part(there), "form": form, "trail": trail(), **facts}
    template = "municipality" if isinstance(there, Municipality) else "organisation"
    return render(request, f"portal_partners/{template}.html", context)


@keepers
@require_safe
def partner_report(request: HttpRequest, code: str) -> HttpResponse:
    """What the municipality may have on paper: the same as it sees on its own page."""
    found = reading.find_partner(code)
    if not isinstance(found, Municipality):
        raise Http404
    there = reading.present(found)
    if there != found:
        return redirect("partner_report", reading.address_part(there))
    return render(request, "portal_partners/report.html", {"trail": trail(there), **report_facts(request, there)})


def report_facts(request: HttpRequest, place: Municipality) -> dict[str, Any]:
    form = CoverageForm(request.GET, [], calendar_years())
    report = report_of(place, form.period)
    agreements = reading.Agreement.objects.of(place).current().select_related("team")
    return {"form": form, "report": report, "agreements": agreements, "chart": comparison_of(report)}


def comparison_of(report: MunicipalReport) -> tuple[Pair, ...]:
    """Own bar and that of the region for each moment; a hidden number draws nothing."""
    rows, hidden = [], _("niet getoond")
    for cell in report.cells:
        facts = {"moment": cell.moment.label, "own": cell.persons or hidden, "average": cell.average or hidden}
        words = _("%(moment)s: %(own)s, gemiddeld per gemeente in de regio %(average)s") % facts
        rows.append((cell.moment.label, cell.persons, cell.average, words))
    return pairs(rows)


@keepers
@require_safe
def partner_requests(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("staat", RequestState.NEW)
    rows = reading.requests_by_state(state)
    context = {"page": page_of(request, rows, PER_PAGE), "state": state, "states": RequestState.choices}
    return render(request, "portal_partners/requests.html", {**context, "trail": trail()})


@keepers
@require_safe
def partner_request(request: HttpRequest, public_id: str) -> HttpResponse:
    rows = InformationRequest.objects.select_related("municipality", "organisation", "handled_by")
    found = get_object_or_404(rows, public_id=public_id)
    up = [*trail(), (reverse("partner_requests"), _("Aanvragen"))]
    return render(request, "portal_partners/request.html", {"asked": found, "look": LOOKS[found.state], "trail": up})

"""HR: registrations, hours and points of our own staff. Every number opens its rows; every look is logged."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common import clock, formats
from academy.common.spreadsheets import CSV, MOST_XLSX_ROWS, XLSX, download
from academy.people.domain import consent as consents
from academy.people.domain.audit import record_many
from academy.people.enums import Role
from academy.people.models import User, WorksCouncilConsent
from academy.people.rules import can_record_consent, has_role
from academy.portal import reports
from academy.portal.admin_pages import allowed, form_page, page_of, sent
from academy.portal.hr_forms import ConsentForm, HoursForm, PeriodForm, RegistrationsForm, RowsForm
from academy.portal.reports_registrations import chosen, registration_lines, summarised

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from academy.people.querysets import UserQuerySet
    from academy.portal.reports import HoursLine

HOURS_HEADING = ("Naam", "Team", "Uren", "Activiteiten", "Punten verwacht", "Punten toegekend")
ROWS_HEADING = ("Naam", "Activiteit", "Vorm", "Pijler", "Afgerond op", "Uren", "Punten verwacht", "Punten toegekend")
REGISTRATIONS_HEADING = (
    "Naam",
    "Team",
    "Functie",
    "Registratie verplicht",
    "Kamer",
    "Nummer",
    "Herregistratie op",
    "Status",
    "Tekort",
    "Risico binnen 12 maanden",
)


def is_hr(user: User) -> bool:
    """``hr.overview`` in the permission table."""
    return has_role(user, Role.HR)


def for_hr(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only for HR, and only while the works council agrees; until then there is a page that says so."""

    @allowed(is_hr)
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if reports.consent() is None:
            return redirect("hr_consent")
        return view(request, *args, **kwargs)

    return inner


def note_seen(request: HttpRequest, people: Iterable[int], *, action: str = "hours.list") -> None:
    """Write down whose hours or registration the answer holds; they can read it on their own page."""
    record_many(action=action, by=request.user, subjects=set(people), target=request.path)


def _keys(public_ids: Iterable[str]) -> list[int]:
    return list(User.objects.filter(public_id__in=set(public_ids)).values_list("pk", flat=True))


@lru_cache(maxsize=4096)
def in_hours(minutes: int) -> str:
    """For a spreadsheet: ``1,33``"""
    return formats.number(Decimal(minutes) / 60, 2)


@lru_cache(maxsize=4096)
def in_points(points: Decimal) -> str:
    """For a spreadsheet: ``6,00``"""
    return formats.number(points, 2)


@lru_cache(maxsize=4096)
def in_days(day: date) -> str:
    """For a spreadsheet: ``14-04-2027``"""
    return f"{day:%d-%m-%Y}"


def _kind(request: HttpRequest) -> str:
    kind = request.GET.get("soort", CSV)
    if kind not in (CSV, XLSX):
        raise Http404
    return kind


def _file(name: str, wanted: reports.Wanted) -> str:
    return f"{name}-{wanted.first:%Y%m%d}-{wanted.last:%Y%m%d}"


@require_safe
@for_hr
def overview(request: HttpRequest) -> HttpResponse:
    people = reports.overseen_by(request.user)
    form = PeriodForm(request.GET, people)
    context: dict[str, Any] = {"form": form, "consent": reports.consent()}
    if form.is_valid():
        wanted, today = form.wanted, clock.today()
        scope = reports.people_of(people, wanted)
        totals, fte = reports.total_of(scope, wanted), reports.average_fte(scope, wanted)
        context |= {
            "wanted": wanted,
            "totals": totals,
            "fte": fte,
            "per_fte": int(totals.minutes / fte.value) if fte.value else None,
            "pillars": reports.pillar_lines(scope, wanted),
            "summary": summarised(registration_lines(people, today), today),
        }
    return render(request, "portal_hr/overview.html", context)


@require_safe
@for_hr
def registrations(request: HttpRequest) -> HttpResponse:
    form = RegistrationsForm(request.GET)
    page = page_of(request, _lines(request, form))
    note_seen(request, _keys(line.person for line in page))
    return render(request, "portal_hr/registrations.html", {"form": form, "page": page, "today": clock.today()})


@require_safe
@for_hr
def registrations_download(request: HttpRequest) -> HttpResponseBase:
    kind, lines = _kind(request), _lines(request, RegistrationsForm(request.GET))
    note_seen(request, _keys(line.person for line in lines), action="hours.export")
    rows = (
        (
            line.name,
            line.teams,
            line.function,
            _yes(line.required),
            line.chamber,
            line.number,
            in_days(line.due_on) if line.due_on else "",
            line.word,
            line.short,
            _yes(line.at_risk),
        )
        for line in lines
    )
    return download(f"registraties-{clock.today():%Y%m%d}", kind, REGISTRATIONS_HEADING, rows)


def _yes(fact: bool) -> str:  # noqa: FBT001 -- a word for a fact
    return "ja" if fact else "nee"


def _lines(request: HttpRequest, form: RegistrationsForm) -> list[Any]:
    """The lines of the monitor that the filters leave; none for a filter that does not exist."""
    if not form.is_valid():
        return []
    found = form.cleaned_data
    lines = registration_lines(reports.overseen_by(request.user), clock.today(), team=found["team"])
    chamber = found["kamer"].name if found["kamer"] else ""
    return chosen(lines, status=found["status"], attention=found["let_op"], chamber=chamber)


@require_safe
@for_hr
def hours(request: HttpRequest) -> HttpResponse:
    people = reports.overseen_by(request.user)
    form = HoursForm(request.GET, people)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        wanted, per = form.wanted, form.cleaned_data["per"] or "persoon"
        scope = reports.people_of(people, wanted)
        page = page_of(request, scope if per == "persoon" else _grouped(per, scope, wanted))
        lines = list(page)
        if per == "persoon":
            lines = _of_people(page.object_list, wanted)
            note_seen(request, [person.pk for person in page.object_list])
        context |= {
            "wanted": wanted,
            "per": per,
            "page": page,
            "lines": lines,
            "total": reports.total_of(scope, wanted),
        }
    return render(request, "portal_hr/hours.html", context)


def _grouped(per: str, scope: UserQuerySet, wanted: reports.Wanted) -> list[HoursLine]:
    return reports.team_lines(scope, wanted) if per == "team" else reports.pillar_lines(scope, wanted)


def _of_people(people: Iterable[User], wanted: reports.Wanted) -> list[HoursLine]:
    shown = list(people)
    keys = User.objects.filter(pk__in=[person.pk for person in shown])
    names = reports.team_names([person.pk for person in shown], wanted.reference_day)
    return reports.person_lines(shown, reports.per_person(keys, wanted), names)


@require_safe
@for_hr
def hours_download(request: HttpRequest) -> HttpResponseBase:
    people = reports.overseen_by(request.user)
    form, kind = HoursForm(request.GET, people), _kind(request)
    if not form.is_valid():
        raise Http404
    wanted, per = form.wanted, form.cleaned_data["per"] or "persoon"
    scope = reports.people_of(people, wanted)
    if per == "persoon":
        lines = reports.person_lines(
            scope, reports.per_person(scope, wanted), reports.team_names(scope, wanted.reference_day)
        )
        note_seen(request, scope.values_list("pk", flat=True), action="hours.export")
    else:
        lines = _grouped(per, scope, wanted)
    rows = (
        (
            line.label,
            line.note,
            in_hours(line.totals.minutes),
            str(line.totals.activities),
            in_points(line.totals.expected),
            in_points(line.totals.granted),
        )
        for line in lines
    )
    return download(_file(f"uren-per-{per}", wanted), kind, HOURS_HEADING, rows)


@require_safe
@for_hr
def hour_rows(request: HttpRequest) -> HttpResponse:
    people = reports.overseen_by(request.user)
    form = RowsForm(request.GET, people)
    context: dict[str, Any] = {"form": form}
    if form.is_valid():
        wanted = form.wanted
        page = page_of(request, reports.hour_rows(reports.people_of(people, wanted), wanted))
        rows = list(reports.read_rows(page.object_list))
        note_seen(request, _keys(row.person for row in rows))
        context |= {"wanted": wanted, "page": page, "rows": rows}
    return render(request, "portal_hr/rows.html", context)


@require_safe
@for_hr
def hour_rows_download(request: HttpRequest) -> HttpResponseBase:
    people = reports.overseen_by(request.user)
    form, kind = RowsForm(request.GET, people), _kind(request)
    if not form.is_valid():
        raise Http404
    wanted = form.wanted
    scope = reports.people_of(people, wanted)
    found = reports.hour_rows(scope, wanted)
    if kind == XLSX and found.count() > MOST_XLSX_ROWS:
        messages.error(
            request, _("Dit zijn te veel regels voor Excel. Kies een kortere periode, of haal ze op als CSV.")
        )
        return redirect(f"{reverse('hr_hour_rows')}?{request.GET.urlencode()}")
    note_seen(request, scope.values_list("pk", flat=True).iterator(), action="hours.export")
    return download(_file("uren", wanted), kind, ROWS_HEADING, row_cells(found))


def row_cells(found: QuerySet) -> Iterator[tuple[str, ...]]:
    """The lines of the download of :func:`hour_rows`."""
    for row in reports.read_rows(found):
        yield (
            row.name,
            row.title,
            row.form,
            row.pillar,
            in_days(row.completed_on),
            in_hours(row.minutes),
            in_points(row.expected),
            in_points(row.granted),
        )


@allowed(can_record_consent)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    def act(form: ConsentForm) -> str:
        consents.record_consent(by=request.user, **form.cleaned_data)
        return _("De instemming is vastgelegd. HR en leidinggevenden zien nu de uren en registraties.")

    return form_page(
        request,
        ConsentForm(sent(request)),
        act,
        template="portal_hr/consent.html",
        title=_("Instemming van de ondernemingsraad"),
        back=reverse("hr_consent"),
        button=_("Leg de instemming vast"),
        held=reports.consent(),
        earlier=WorksCouncilConsent.objects.select_related("recorded_by")[:20],
        is_hr=is_hr(request.user),
    )


@allowed(can_record_consent)
@require_POST
def withdraw_consent(request: HttpRequest) -> HttpResponse:
    held = WorksCouncilConsent.objects.not_withdrawn().filter(public_id=request.POST.get("instemming", "")).first()
    if held is not None:
        consents.withdraw_consent(consent=held, by=request.user)
        messages.success(request, _("De instemming is ingetrokken. De overzichten zijn meteen dicht."))
    return redirect("hr_consent")

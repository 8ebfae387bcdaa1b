"""Planning a group on one page: what it is, dates generated from a series and then changed by hand, and planning it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from academy.common import formats
from academy.common.errors import DomainError
from academy.gatherings.domain.planning import Plan
from academy.portal.admin_pages import sent
from academy.portal.groups_views import page_url
from academy.portal.office_forms import SeriesForm, SessionFormSet
from academy.portal.office_schedule import days_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms
    from django.http import HttpRequest, HttpResponse

    from academy.gatherings.models import Gathering
    from academy.portal.office_forms import SessionRows

    Make = Callable[[dict[str, Any], list[Plan]], Gathering]


def plan_page(
    request: HttpRequest, form_class: type[forms.Form], make: Make, *, weeks: int = 1, **context: Any
) -> HttpResponse:
    """``make`` plans the group from what was filled in and its dates; ``weeks`` is the rhythm that is offered first.

    The button ``dates`` fills the list again; nothing is kept until the group is planned, and nothing typed is lost.
    """
    data = sent(request)
    generate = data is not None and "dates" in data
    run, rows = form_class(data), SessionFormSet(data, prefix="s")
    series = SeriesForm(data if generate else None, initial={"weeks": weeks})
    skipped: tuple[Any, ...] = ()
    if data is not None and not generate:
        series = SeriesForm(None, initial={name: data.get(name) for name in SeriesForm.base_fields})
    if generate:
        run = form_class(None, initial={name: data.get(name) for name in form_class.base_fields})
        if series.is_valid():
            rows, skipped = _generated(series)
    elif data is not None and run.is_valid() & rows.is_valid():
        gathering = _planned(run, rows, make)
        if gathering is not None:
            messages.success(request, _("De groep staat klaar als concept. Kijk alles na en zet hem open."))
            return redirect(page_url(gathering))
    context |= {"run": run, "series": series, "rows": rows, "form": run}
    context["skipped"] = [formats.day(day) for day in skipped]
    return render(request, "portal_office/plan.html", context)


def _generated(series: SeriesForm) -> tuple[SessionRows, tuple[Any, ...]]:
    """The list of dates as if it had been typed, so that remarks and refusals are already there."""
    values, found = series.cleaned_data, days_of(series.series())
    data = {"s-TOTAL_FORMS": len(found.days), "s-INITIAL_FORMS": 0}
    for number, day in enumerate(found.days):
        data[f"s-{number}-day"] = day.isoformat()
        data[f"s-{number}-starts"], data[f"s-{number}-ends"] = f"{values['starts']:%H:%M}", f"{values['ends']:%H:%M}"
    return SessionFormSet(data, prefix="s"), found.skipped


def _planned(run: forms.Form, rows: SessionRows, make: Make) -> Gathering | None:
    """The group with its lead, or None with each refusal at its own field or row."""
    values, kept = run.cleaned_data, rows.kept
    where = {"venue": values["venue"], "online_url": values["online_url"]}
    plans = [Plan(row.cleaned_data["starts_at"], row.cleaned_data["ends_at"], **where) for row in kept]
    try:
        with transaction.atomic():
            return make(values, plans)
    except DomainError as refused:
        if refused.row is not None:
            kept[refused.row].add_error("day", refused.message)
        else:
            field = "lead" if refused.code == "lead_busy" else refused.field
            run.add_error(field if field in run.fields else None, refused.message)
    except ValidationError as refused:
        run.add_error(None, refused.messages)
    return None

"""The attendance sheet of one session, and corrections after closing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings import rules
from academy.gatherings.domain import corrections
from academy.gatherings.domain.attendance import Row, StaleError, read_sheet, record_attendance
from academy.gatherings.domain.closing import close_session
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Correction
from academy.people.models import User
from academy.portal.admin_pages import form_page, member_only, sent
from academy.portal.groups_forms import AttendanceForm, CorrectionForm
from academy.portal.groups_views import group_for, page_url, read_or_send, session_in, trail
from academy.portal.tables_forms import ClockForm
from academy.portal.tables_reading import unsigned_at

if TYPE_CHECKING:
    from django import forms

    from academy.gatherings.domain.attendance import Sheet
    from academy.gatherings.models import Gathering


@member_only
@read_or_send
def attendance_sheet(request: HttpRequest, public_id: str, session_id: str) -> HttpResponse:
    """Who was there. Two people may fill it in at once: nobody overwrites the other without seeing it."""
    gathering = group_for(request, public_id, rules.can_record_attendance)
    session = session_in(gathering, session_id)
    form = AttendanceForm(sent(request), read_sheet(session))
    clocks = ClockForm(sent(request), session) if kind_of(gathering).has_clocks else None
    filled = stale = False
    if request.method == "POST" and "everybody" in request.POST:
        form, filled = form.with_everybody_present(), True
    elif request.method == "POST" and form.is_valid() & (clocks is None or clocks.is_valid()):
        told = {} if clocks is None else clocks.cleaned_data
        version = form.cleaned_data["version"]
        try:
            sheet = record_attendance(session=session, rows=form.rows(), by=request.user, version=version, **told)
        except StaleError:
            session.refresh_from_db()
            form, stale = form.after(read_sheet(session)), True
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            return _kept(request, gathering, sheet)
    context = {
        "clocks": clocks,
        "stale": stale,
        "unsigned": unsigned_at(gathering, form.people) if clocks is not None else (),
        "ended": session.ends_at <= clock.now(),
        "gathering": gathering,
        "session": session,
        "form": form,
        "filled": filled,
        "is_open": session.closed_at is None and session.cancelled_at is None and not gathering.closed_at,
        "began": session.starts_at <= clock.now(),
        "trail": trail(request.user, gathering),
    }
    return render(request, "portal_groups/attendance.html", context)


def _kept(request: HttpRequest, gathering: Gathering, sheet: Sheet) -> HttpResponse:
    """What was written stays, also when closing it at once is refused."""
    missing = len(sheet.missing)
    if missing:
        messages.success(request, _("Bewaard. Nog niet ingevuld: %(missing)d.") % {"missing": missing})
        return redirect(request.path)
    if "close" not in request.POST:
        messages.success(request, _("Bewaard. Iedereen is ingevuld."))
        return redirect(page_url(gathering))
    try:
        close_session(session=sheet.session, by=request.user)
    except DomainError as refused:
        messages.error(request, refused.message)
        return redirect(request.path)
    messages.success(request, _("Afgesloten. Punten staan nu bij iedereen in de eigen registratie."))
    return redirect(page_url(gathering))


@member_only
@read_or_send
def ask_correction(request: HttpRequest, public_id: str, session_id: str, person_id: str) -> HttpResponse:
    gathering = group_for(request, public_id, rules.can_correct)
    session = session_in(gathering, session_id)
    seated = User.objects.filter(seats__gathering=gathering).distinct()
    person = get_object_or_404(seated, public_id=person_id)
    held = session.attendance.filter(person=person).first()

    def act(form: forms.Form) -> str:
        values = form.cleaned_data
        row = Row(person, values["status"], values["minutes"])
        corrections.ask_correction(session=session, row=row, reason=values["reason"], by=request.user)
        return _("De correctie wacht op een collega, die hem bevestigt of afwijst.")

    initial = {"status": held.status, "minutes": held.minutes or None} if held else {}
    return form_page(
        request,
        CorrectionForm(sent(request), initial=initial),
        act,
        title=_("Aanwezigheid van %(name)s corrigeren") % {"name": person.shown_name},
        explanation=_("Bewijs en punten veranderen pas als een tweede collega de correctie bevestigt."),
        back=page_url(gathering),
        button=_("Vraag de correctie"),
        trail=trail(request.user, gathering),
    )


@member_only
@require_POST
def decide_correction(request: HttpRequest, public_id: str, answer: str) -> HttpResponse:
    """``answer`` is ``bevestigen`` or ``afwijzen``."""
    correction = get_object_or_404(Correction.objects.select_related("session__gathering"), public_id=public_id)
    gathering = correction.session.gathering
    if not rules.can_correct(request.user, gathering):
        raise Http404
    try:
        if answer == "bevestigen":
            corrections.confirm_correction(correction=correction, by=request.user)
            messages.success(request, _("De correctie is doorgevoerd. Bewijs en punten volgen."))
        else:
            corrections.reject_correction(correction=correction, by=request.user)
            messages.success(request, _("De correctie is afgewezen. Er is niets veranderd."))
    except NotAllowedError as refused:
        raise PermissionDenied(refused.message) from refused
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect(reverse("group", args=(gathering.public_id,)))

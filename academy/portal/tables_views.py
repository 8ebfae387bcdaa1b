"""What only a leertafel has at the desk: planning and changing it, and answering who asks for a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings import rules
from academy.gatherings.domain import approval, leads
from academy.gatherings.enums import DECIDED_BY_OTHERS, LeadRole
from academy.gatherings.models import Seat
from academy.portal.admin_pages import allowed, form_page, member_only, sent
from academy.portal.groups_views import group_for, page_url, read_or_send, session_in, trail
from academy.portal.planning_page import plan_page
from academy.portal.tables_forms import ChangeTableForm, OwnTableForm, TableForm
from academy.portal.tables_reading import script_of
from leertafels.domain.tables import change_leertafel, leads_own_tables, plan_leertafel
from leertafels.rules import can_plan_tables

if TYPE_CHECKING:
    from django import forms

    from academy.gatherings.domain.planning import Plan
    from academy.gatherings.models import Gathering

# How far meetings of a table usually lie apart.
USUAL_WEEKS = 6
OWN_TERMS = ("capacity", "minimum", "asks_text", "approval")


@allowed(can_plan_tables)
@read_or_send
def plan_table(request: HttpRequest) -> HttpResponse:
    """Plan a leertafel. A facilitator leads what she plans; the office names who does."""
    own = leads_own_tables(request.user)

    def make(values: dict[str, Any], plans: list[Plan]) -> Gathering:
        terms = {name: values[name] for name in OWN_TERMS}
        if values["title"]:
            terms["title"] = values["title"]
        gathering = plan_leertafel(page=values["offering"], sessions=plans, by=request.user, **terms).gathering
        lead = request.user if own else values["lead"]
        if lead is not None:
            # Who may plan a table of her own may lead it: nobody needs to give her that role once more.
            by = None if own else request.user
            leads.assign_lead(gathering=gathering, person=lead, role=LeadRole.FACILITATES, by=by)
        return gathering

    return plan_page(
        request,
        OwnTableForm if own else TableForm,
        make,
        title=_("Leertafel plannen"),
        trail=trail(request.user),
        back=reverse("groups" if own else "office"),
        weeks=USUAL_WEEKS,
        about_table=True,
    )


@member_only
@read_or_send
def change_table(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the people at the table agreed, and what kind of table it is."""
    gathering = group_for(request, public_id, rules.can_plan)
    table = getattr(gathering, "leertafel", None)
    if table is None:
        raise Http404

    def act(form: forms.Form) -> str:
        change_leertafel(leertafel=table, by=request.user, **form.terms())
        return _("De leertafel is gewijzigd.")

    return form_page(
        request,
        ChangeTableForm(sent(request), table),
        act,
        title=_("%(title)s wijzigen") % {"title": gathering.title},
        explanation=_("Een leertafel is geen adviesvraag en geen melding, en vervangt geen stap van de Meldcode."),
        back=page_url(gathering) if rules.can_read_participants(request.user, gathering) else reverse("groups"),
        button=_("Sla op"),
        trail=trail(request.user, gathering),
    )


@member_only
@require_safe
def table_script(request: HttpRequest, public_id: str, session_id: str) -> HttpResponse:
    """How the evening goes: the whole script on one page, and with ``?stap=`` one step on the full screen.

    ``?werkvorm=`` chooses another method than the theme proposes; what is no method or no step is ignored.
    """
    gathering = group_for(request, public_id, rules.can_record_attendance)
    session = session_in(gathering, session_id)
    script = script_of(gathering, session, request.GET.get("werkvorm", ""), request.GET.get("stap", ""))
    if script is None:
        raise Http404
    context = {
        "gathering": gathering,
        "session": session,
        "script": script,
        "now": clock.now(),
        "trail": trail(request.user, gathering),
    }
    return render(request, "portal_groups/step.html" if script.now else "portal_groups/script.html", context)


@member_only
@require_POST
def decide_request(request: HttpRequest, public_id: str, seat_id: str, answer: str) -> HttpResponse:
    """Who leads says yes or no to somebody who asked for a place; ``answer`` is ``bevestigen`` or ``afwijzen``."""
    gathering = group_for(request, public_id, rules.can_place)
    asked = Seat.objects.filter(gathering=gathering, gathering__approval__in=DECIDED_BY_OTHERS)
    seat: Seat = get_object_or_404(asked.select_related("person", "gathering__offering"), public_id=seat_id)
    act = approval.approve_seat if answer == "bevestigen" else approval.decline_seat
    try:
        seat = act(seat=seat, by=request.user)
    except NotAllowedError as refused:
        raise PermissionDenied(refused.message) from refused
    except DomainError as refused:
        messages.error(request, f"{seat.person.full_name}: {refused.message}")
    else:
        words = {"name": seat.person.full_name, "state": seat.get_state_display()}
        messages.success(request, _("%(name)s: %(state)s. De mail gaat eruit.") % words)
    return redirect(page_url(gathering))

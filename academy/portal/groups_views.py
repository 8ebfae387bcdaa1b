"""``/mijn-groepen/``: the groups somebody leads, who comes, the sheet to sign, and closing."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.evaluations.models import Evaluation
from academy.evaluations.rules import can_read_results
from academy.gatherings import rules
from academy.gatherings.domain import admitting, closing, leads, seats
from academy.gatherings.enums import DerivedState, LeadRole
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Gathering, Lead, Seat, Session
from academy.portal import groups_reading as reading
from academy.portal.admin_pages import member_only, page_of
from academy.portal.groups_forms import StandInForm
from academy.portal.groups_picking import pick_page
from academy.portal.tables_reading import table_at_desk
from courses.kijkje.rules import can_plan_visits
from courses.learning.domain.standing import out_of_attempts
from courses.learning.domain.testing import give_attempt
from leertafels.rules import can_plan_tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from academy.portal.groups_picking import Picked

PER_PAGE = 25
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def group_for(request: HttpRequest, public_id: str, rule: Callable[[Any, Gathering], bool]) -> Gathering:
    """The group in the address with its counts; somebody whom ``rule`` refuses may not know that it is there."""
    groups = Gathering.objects.with_counts().select_related("offering", "leertafel")
    gathering: Gathering = get_object_or_404(groups, public_id=public_id)
    if not rule(request.user, gathering):
        raise Http404
    return gathering


def session_in(gathering: Gathering, public_id: str) -> Session:
    session: Session = get_object_or_404(gathering.sessions.select_related("venue"), public_id=public_id)
    session.gathering = gathering
    return session


def page_url(gathering: Gathering) -> str:
    return reverse("group", args=(gathering.public_id,))


def trail(user: Any, gathering: Gathering | None = None) -> list[tuple[str, str]]:
    """The way back: to the office for who works there, to the own groups for everybody else."""
    if rules.can_use_desk(user):
        steps = [(reverse("office"), _("Bureau")), (reverse("office_groups"), _("Groepen"))]
    else:
        steps = [(reverse("groups"), _("Mijn groepen"))]
    return [*steps, (page_url(gathering), gathering.title)] if gathering is not None else steps


@member_only
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    mine = Gathering.objects.led_by(request.user)
    finished = request.GET.get("toon") == "afgerond"
    page = page_of(request, reading.over(mine) if finished else reading.coming(mine), PER_PAGE)
    rows = [reading.row_of(gathering, request.user) for gathering in page]
    context = {
        "page": page,
        "rows": rows,
        "finished": finished,
        "may_plan_tables": can_plan_tables(request.user),
        "may_plan_visits": can_plan_visits(request.user),
    }
    return render(request, "portal_groups/groups.html", context)


@member_only
@require_safe
def group(request: HttpRequest, public_id: str) -> HttpResponse:
    gathering = group_for(request, public_id, rules.can_read_participants)
    user = request.user
    people = reading.people_of(gathering)
    free = None if gathering.capacity is None else max(gathering.capacity - gathering.seats_taken, 0)
    status, status_word = reading.status_of(gathering)
    sessions = reading.sessions_of(gathering)
    context = {
        "table": table_at_desk(gathering, sessions, len(people.confirmed)),
        "may_place": rules.can_place(user, gathering),
        "gathering": gathering,
        "status": status,
        "status_word": status_word,
        "people": people,
        "free": free,
        "sessions": sessions,
        "corrections": reading.corrections_waiting(gathering),
        "trail": trail(user),
        "public_url": kind_of(gathering).url(gathering),
        "now": clock.now(),
        "may_record": rules.can_record_attendance(user, gathering),
        "may_close": rules.can_close(user, gathering),
        "may_correct": rules.can_correct(user, gathering),
        "may_plan": rules.can_plan(user, gathering),
        "at_desk": rules.can_use_desk(user),
        "stuck": out_of_attempts(gathering) if rules.can_record_attendance(user, gathering) else (),
        "is_over": gathering.state in reading.OVER,
        "evaluated": can_read_results(user, gathering) and Evaluation.objects.filter(gathering=gathering).exists(),
        "to_close": gathering.derived_state == DerivedState.TO_CLOSE,
        "began": gathering.starts_at is not None and gathering.starts_at <= clock.now(),
    }
    return render(request, "portal_groups/group.html", context)


@member_only
@require_safe
def signature_sheet(request: HttpRequest, public_id: str, session_id: str) -> HttpResponse:
    """A list to sign on paper, with room for who comes unannounced."""
    gathering = group_for(request, public_id, rules.can_record_attendance)
    session = session_in(gathering, session_id)
    people = reading.people_of(gathering)
    context = {
        "gathering": gathering,
        "session": session,
        "people": people,
        "spare": range(3),
        "trail": trail(request.user, gathering),
    }
    return render(request, "portal_groups/signature_sheet.html", context)


def _closing_page(
    request: HttpRequest, gathering: Gathering, close: Callable[[], object], session: Session | None = None
) -> HttpResponse:
    refused: DomainError | None = None
    foreseen = None
    if request.method == "POST":
        try:
            close()
        except DomainError as error:
            refused = error
        else:
            messages.success(request, _("Afgesloten. De bewijzen en punten worden nu gemaakt en verstuurd."))
            return redirect(page_url(gathering))
    else:
        try:
            foreseen = closing.foresee_closing(gathering=gathering, session=session, by=request.user)
        except DomainError as error:
            refused = error
    gathering = group_for(request, gathering.public_id, rules.can_close)
    done = session.closed_at is not None if session else gathering.state == DerivedState.CLOSED
    context = {
        "gathering": gathering,
        "session": session,
        "refused": refused,
        "foreseen": foreseen,
        "already": done,
        "sessions": [one for one in reading.sessions_of(gathering) if one.cancelled_at is None],
        "now": clock.now(),
        "seated": len(reading.people_of(gathering).confirmed),
        "trail": trail(request.user, gathering),
    }
    return render(request, "portal_groups/close.html", context, status=409 if refused and request.POST else 200)


@member_only
@read_or_send
def close_group(request: HttpRequest, public_id: str) -> HttpResponse:
    gathering = group_for(request, public_id, rules.can_close)
    return _closing_page(request, gathering, lambda: closing.close_gathering(gathering=gathering, by=request.user))


@member_only
@read_or_send
def close_group_session(request: HttpRequest, public_id: str, session_id: str) -> HttpResponse:
    """For kinds that close session by session."""
    gathering = group_for(request, public_id, rules.can_close)
    session = session_in(gathering, session_id)
    return _closing_page(request, gathering, lambda: closing.close_session(session=session, by=request.user), session)


@member_only
@read_or_send
def enrol(request: HttpRequest, public_id: str) -> HttpResponse:
    """Somebody on the telephone wants to come."""
    gathering = group_for(request, public_id, rules.can_place)

    def act(picked: Picked) -> str:
        taken = seats.take_seat(person=picked.person, gathering=gathering, by=request.user, despite=picked.despite)
        words = _("%(name)s: %(state)s.")
        if taken.position is not None:
            words = _("%(name)s: %(state)s, als nummer %(position)d.")
        facts = {"name": picked.person, "state": taken.seat.get_state_display(), "position": taken.position}
        return words % facts

    return pick_page(
        request,
        act,
        title=_("Iemand inschrijven"),
        explanation=_("Is er geen plek, dan komt iemand op de wachtlijst. De bevestiging gaat per mail."),
        back=page_url(gathering),
        button=_("Schrijf in"),
        trail=trail(request.user, gathering),
        set_aside=seats.SET_ASIDE,
    )


@member_only
@read_or_send
def walk_in(request: HttpRequest, public_id: str, session_id: str) -> HttpResponse:
    """Somebody came without a seat."""
    gathering = group_for(request, public_id, rules.can_record_attendance)
    session = session_in(gathering, session_id)

    def act(picked: Picked) -> str:
        admitting.admit(session=session, person=picked.person, by=request.user)
        return _("%(name)s staat nu op de lijst. Vul hieronder de aanwezigheid in.") % {"name": picked.person}

    return pick_page(
        request,
        act,
        title=_("Iemand zonder inschrijving"),
        explanation=_(
            "Deze persoon is er en doet mee. Je ziet zelf of er ruimte is; het aantal plekken telt hier niet."
        ),
        back=reverse("attendance_sheet", args=(gathering.public_id, session.public_id)),
        button=_("Zet op de lijst"),
        trail=trail(request.user, gathering),
    )


@member_only
@read_or_send
def stand_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """A colleague takes over for a while and may do all that the one who leads may."""
    gathering = group_for(request, public_id, rules.can_stand_in)

    def act(picked: Picked) -> str:
        last = picked.extra["ends_on"]
        leads.assign_lead(
            gathering=gathering,
            person=picked.person,
            role=LeadRole.STANDS_IN,
            by=request.user,
            ends_at=clock.amsterdam(last + timedelta(days=1), time()) if last else None,
        )
        return _("%(name)s valt nu in en ziet deze groep bij Mijn groepen.") % {"name": picked.person}

    return pick_page(
        request,
        act,
        title=_("Invaller noemen"),
        explanation=_("Een invaller mag alles wat jij in deze groep mag, vanaf nu."),
        back=page_url(gathering),
        button=_("Laat invallen"),
        trail=trail(request.user, gathering),
        extra=StandInForm,
    )


@member_only
@require_POST
def one_more_attempt(request: HttpRequest, public_id: str, seat_id: str) -> HttpResponse:
    """Somebody used all attempts at the closing test."""
    gathering = group_for(request, public_id, rules.can_record_attendance)
    seat = get_object_or_404(Seat.objects.confirmed().select_related("person"), gathering=gathering, public_id=seat_id)
    try:
        give_attempt(seat=seat, by=request.user)
    except NotAllowedError as refused:
        raise PermissionDenied(refused.message) from refused
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("%(name)s kan de toets nog een keer doen.") % {"name": seat.person})
    return redirect(page_url(gathering))


@member_only
@require_POST
def end_lead(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    gathering = group_for(request, public_id, rules.can_stand_in)
    lead = get_object_or_404(Lead.objects.select_related("person"), gathering=gathering, pk=number)
    try:
        leads.end_lead(lead=lead, by=request.user)
    except NotAllowedError as refused:
        raise PermissionDenied(refused.message) from refused
    messages.success(request, _("%(name)s begeleidt deze groep niet meer.") % {"name": lead.person})
    return redirect(page_url(gathering) if rules.can_read_participants(request.user, gathering) else "groups")

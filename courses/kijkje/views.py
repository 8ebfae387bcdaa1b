"""The Kijkjes, what one does before a visit, the visit itself, and looking back on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common.errors import DomainError, NotAllowedError
from academy.common.identifiers import digest
from academy.common.page_cache import public_page
from academy.gatherings.catalogue import catalogue
from academy.gatherings.enums import OfferingKind, SeatState
from academy.gatherings.models import Gathering, Offering, Seat
from academy.gatherings.showing import gathering_facts
from courses.kijkje import rules
from courses.kijkje.domain.announcing import accept_invitation
from courses.kijkje.domain.kinds import page_of
from courses.kijkje.domain.preparing import begin_preparation, sign_statement
from courses.kijkje.domain.readiness import readiness_of
from courses.kijkje.domain.visits import write_debrief
from courses.kijkje.enums import VISIT
from courses.kijkje.forms import DebriefForm, SignForm
from courses.kijkje.models import Announcement, Debrief, KijkjePage
from courses.kijkje.showing import beside_steps, visit_facts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@public_page
def kijkjes(request: HttpRequest) -> HttpResponse:
    """What a Kijkje is, and every one that this reader may see."""
    asked = {"soort": OfferingKind.KIJKJE.value, "page": request.GET.get("page", "1")}
    context = {"catalogue": catalogue(request.user, asked), "may_announce": rules.can_announce(request.user)}
    return render(request, "kijkje/kijkjes.html", context)


def _page_for(request: HttpRequest, slug: str) -> KijkjePage:
    """The Kijkje in the address, for who may go there; 404 for one she may not see."""
    if not rules.can_book(request.user):
        raise PermissionDenied
    visible = Offering.objects.visible_to(request.user).filter(slug=slug)
    page: KijkjePage = get_object_or_404(KijkjePage.objects.filter(pk__in=visible.values("pk")))
    return page


@require_POST
@login_required
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin with the lessons, or go on with them."""
    page = _page_for(request, slug)
    try:
        seat = begin_preparation(page=page, by=request.user)
    except DomainError as refused:
        for reason in refused.reasons:
            messages.error(request, reason.message)
        return redirect("offering", page.slug)
    return redirect("learn", seat.gathering.public_id)


@read_or_send
@login_required
@never_cache
def statement(request: HttpRequest, slug: str) -> HttpResponse:
    """The confidentiality statement: to read, and to sign once a version."""
    page = _page_for(request, slug)
    if not page.statement.strip():
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = SignForm(sent, initial={"version": page.statement_version})
    if sent is not None and form.is_valid():
        try:
            sign_statement(page=page, version=form.cleaned_data["version"], by=request.user)
        except DomainError as refused:
            messages.error(request, refused.message)
            return redirect("kijkje_statement", page.slug)
        messages.success(request, _("Dank je, je hebt getekend. Nu nog een datum."))
        return redirect(f"{reverse('offering', args=[page.slug])}#data")
    context = {"page": page, "form": form, "ready": readiness_of(page, request.user)}
    return render(request, "kijkje/statement.html", context)


def _visit_for(request: HttpRequest, public_id: str) -> Gathering:
    visits = Gathering.objects.visible_to(request.user).filter(kind=VISIT)
    gathering: Gathering = get_object_or_404(
        visits.select_related("offering", "visit").with_places(), public_id=public_id
    )
    return gathering


@require_safe
@login_required
@never_cache
def visit(request: HttpRequest, public_id: str) -> HttpResponse:
    """One visit: when, where as far as one may know, who receives, and one's own place."""
    if not rules.can_read_visits(request.user):
        raise PermissionDenied
    gathering = _visit_for(request, public_id)
    facts = gathering_facts(gathering, request.user)
    seat = facts["mine"].seat if facts["mine"] else None
    facts |= visit_facts(gathering, page_of(gathering), request.user, seat)
    # What has to be done first stands in a card of its own; who receives the visitors does not ask a place.
    facts["reasons"] = () if facts["leads"] else beside_steps(facts["reasons"])
    return render(request, "kijkje/visit.html", facts)


@read_or_send
@login_required
@never_cache
def debrief(request: HttpRequest, public_id: str) -> HttpResponse:
    """How a visitor looks back. Who was no visitor finds nothing here."""
    seats = Seat.objects.filter(person=request.user, state=SeatState.CONFIRMED, gathering__kind=VISIT)
    seat = get_object_or_404(seats.select_related("gathering"), gathering__public_id=public_id)
    page = page_of(seat.gathering)
    held = Debrief.objects.filter(seat=seat).first()
    sent = request.POST if request.method == "POST" else None
    form = DebriefForm(sent, page.questions, note=held.note if held else "", answers=held.answers if held else [])
    if sent is not None and form.is_valid():
        try:
            write_debrief(seat=seat, note=form.cleaned_data["note"], answers=form.answers, by=request.user)
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, _("Bewaard. Je kunt dit later aanvullen."))
            return redirect("visit", public_id)
    return render(request, "kijkje/debrief.html", {"form": form, "gathering": seat.gathering, "held": held})


@require_safe
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who follows the link in her invitation: make an account or log in, and then choose a Kijkje."""
    row = Announcement.objects.select_related("team").filter(digest=digest(token)).first()
    if row is None:
        raise Http404
    if request.user.is_authenticated and row.person_id == request.user.pk:
        return redirect("kijkjes")
    return render(request, "kijkje/invitation.html", {"row": row, "token": token, "is_used": row.person_id is not None})


@require_POST
@login_required
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Say that it is oneself who was invited."""
    try:
        row = accept_invitation(token=token, by=request.user)
    except NotAllowedError:
        raise Http404 from None
    messages.success(request, _("Welkom, %(name)s. Kies hieronder je Kijkje.") % {"name": row.name})
    return redirect("kijkjes")

"""Asking a seat and giving it up: one click each, and a second click changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from academy.common.errors import DomainError
from academy.gatherings.domain.moving import swap_seat
from academy.gatherings.domain.offers import accept_offer, decline_offer
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.enums import SeatState
from academy.gatherings.forms import SwapForm
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Gathering, Seat, SeatOffer
from academy.gatherings.querysets import gathering_known_to
from academy.gatherings.rules import can_cancel_seat, can_take_seat
from academy.people.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from academy.gatherings.domain.seats import Taken


@require_POST
def seat_take(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask a seat. Who is not logged in comes back to the page, not to this button."""
    gathering = gathering_known_to(request.user, public_id)
    if gathering is None:
        raise Http404
    page = kind_of(gathering).url(gathering)
    if not request.user.is_authenticated:
        return redirect_to_login(page)
    if not can_take_seat(request.user):
        raise PermissionDenied
    try:
        taken = take_seat(person=request.user, gathering=gathering, by=request.user)
    except DomainError as refused:
        _say_why(request, refused)
    else:
        messages.success(request, _said(taken))
    return redirect(page)


@require_POST
@login_required
def seat_cancel(request: HttpRequest, public_id: str) -> HttpResponse:
    seat = _seat(request, public_id)
    try:
        ended = cancel_seat(seat=seat, by=request.user)
    except DomainError as refused:
        _say_why(request, refused)
    else:
        words = _("De plek is afgemeld. Omdat het zo kort ervoor is, telt dit als laat.")
        messages.success(request, words if ended.late else _("De plek is afgemeld."))
    return _back(seat.gathering)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def seat_swap(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the place to a colleague. An unknown address gets the same answer as somebody who is no colleague."""
    seat = _seat(request, public_id)
    form = SwapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        colleague = User.objects.get_queryset().active().filter(email__iexact=form.cleaned_data["email"]).first()
        try:
            swap_seat(seat=seat, colleague=colleague or seat.person, by=request.user)
        except DomainError as refused:
            for reason in refused.reasons:
                form.add_error("email", reason.message)
        else:
            messages.success(request, _("De plek is nu van je collega. Je collega krijgt een mail."))
            return _back(seat.gathering)
    url = kind_of(seat.gathering).url(seat.gathering)
    return render(request, "gatherings/swap.html", {"form": form, "seat": seat, "url": url})


@require_POST
@login_required
def offer_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    return _answer(request, public_id, accept_offer, _("De plek is van jou. De bevestiging staat in je mail."))


@require_POST
@login_required
def offer_decline(request: HttpRequest, public_id: str) -> HttpResponse:
    return _answer(request, public_id, decline_offer, _("Dank je. De plek gaat naar wie na jou komt."))


def _answer(request: HttpRequest, public_id: str, act: Callable[..., object], done: str) -> HttpResponse:
    offer = _offer(request, public_id)
    try:
        act(offer=offer, by=request.user)
    except DomainError as refused:
        _say_why(request, refused)
    else:
        messages.success(request, done)
    return _back(offer.seat.gathering)


def _seat(request: HttpRequest, public_id: str) -> Seat:
    """One's own seat, or that of somebody for whom one arranges; any other is not there."""
    seat = get_object_or_404(Seat.objects.select_related("gathering", "person"), public_id=public_id)
    if not can_cancel_seat(request.user, seat):
        raise Http404
    return seat


def _offer(request: HttpRequest, public_id: str) -> SeatOffer:
    rows = SeatOffer.objects.select_related("seat__gathering", "seat__person")
    offer = get_object_or_404(rows, public_id=public_id)
    if not can_cancel_seat(request.user, offer.seat):
        raise Http404
    return offer


def _back(gathering: Gathering) -> HttpResponse:
    return redirect(kind_of(gathering).url(gathering))


def _say_why(request: HttpRequest, refused: DomainError) -> None:
    for reason in refused.reasons:
        messages.error(request, reason.message)


def _said(taken: Taken) -> str:
    """What happened, and what happens next."""
    match taken.seat.state:
        case SeatState.CONFIRMED:
            return _("Je plek is vast. De bevestiging staat in je mail.")
        case SeatState.REQUESTED:
            return _("Je aanvraag is verstuurd. Je krijgt een mail zodra erover besloten is.")
        case SeatState.OFFERED:
            return _("Er is een plek voor je vrij. Neem je hem aan?")
        case _waiting:
            return _("Je staat op de wachtlijst, op plaats %(position)s. Komt er een plek vrij, dan mailen we je.") % {
                "position": taken.position
            }

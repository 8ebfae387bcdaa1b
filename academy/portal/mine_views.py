"""One's own pages: overview, agenda, seats and portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from academy.common import clock
from academy.common.errors import DomainError
from academy.gatherings.calendar import agenda_of, feed_of
from academy.gatherings.rules import has_agenda
from academy.people.domain.tokens import create_token, person_of
from academy.people.enums import TokenKind
from academy.people.models import AccessToken
from academy.portal import mine_agenda, mine_portfolio
from academy.portal.admin_pages import allowed, member_only, page_of
from academy.portal.mine_moments import journey
from academy.portal.mine_overview import overview_of, seats_ahead, with_addresses
from academy.portal.mine_work import desks_of
from courses.paths.domain.progress import paths_of

if TYPE_CHECKING:
    from django.http import HttpRequest

PACE_COOKIE = "pace"
PACE_SECONDS = 365 * 24 * 3600
SESSIONS_PER_PAGE = 25


def shows_pace(request: HttpRequest) -> bool:
    """Whether this browser shows the mark of the pace; the person hid it otherwise."""
    return request.COOKIES.get(PACE_COOKIE) != "off"


@member_only
@never_cache
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    shown, seats = shows_pace(request), list(seats_ahead(request.user))
    context = {
        "overview": overview_of(request.user, seats, with_pace=shown),
        "journey": journey(request, seats),
        "shows_pace": shown,
        "has_agenda": has_agenda(request.user),
        "routes": paths_of(request.user, seats),
        "desks": desks_of(request.user),
    }
    return render(request, "portal_mine/overview.html", context)


@require_POST
@member_only
def pace(request: HttpRequest) -> HttpResponse:
    """Hides the mark of the pace in this browser, or shows it again."""
    answer = redirect("mine")
    if request.POST.get("toon") == "aan":
        answer.delete_cookie(PACE_COOKIE, samesite="Lax")
    else:
        answer.set_cookie(
            PACE_COOKIE,
            "off",
            max_age=PACE_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return answer


@allowed(has_agenda)
@never_cache
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """What comes, day by day; ``?week=2027-W09`` chooses the week of the table on a wide screen.

    Without a choice it is the week of the first session on the page.
    """
    mine = agenda_of(request.user)
    page = page_of(request, mine.filter(ends_at__gt=clock.now()), SESSIONS_PER_PAGE)
    coming = with_addresses(page.object_list)
    first = coming[0].starts_at.astimezone(clock.AMSTERDAM).date() if coming else clock.today()
    monday = mine_agenda.monday_of(request.GET.get("week", ""), otherwise=first)
    begins, ends = mine_agenda.span_of(monday)
    week = mine_agenda.week_of(monday, with_addresses(mine.filter(starts_at__gte=begins, starts_at__lt=ends)))
    feeds = AccessToken.objects.filter(person=request.user, kind=TokenKind.FEED, revoked_at__isnull=True)
    context = {
        "page": page,
        "days": mine_agenda.by_day(coming),
        "week": week,
        "today": clock.today(),
        "feeds": feeds,
    }
    return render(request, "portal_mine/agenda.html", context)


@never_cache
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The agenda as a calendar file: for whoever is logged in, or for the program that has the key in the address."""
    secret = request.GET.get("token", "")
    if not secret and not request.user.is_authenticated:
        return member_only(feed)(request)
    person = person_of(secret, kind=TokenKind.FEED) if secret else request.user
    if person is None:
        raise Http404
    if not has_agenda(person):
        raise PermissionDenied
    headers = {"Content-Disposition": 'attachment; filename="blijf-groeien-academie.ics"'}
    return HttpResponse(feed_of(person), content_type="text/calendar; charset=utf-8", headers=headers)


@require_POST
@never_cache
@allowed(has_agenda)
def subscribe(request: HttpRequest) -> HttpResponse:
    """Makes a personal address for a calendar program and shows it, this once."""
    try:
        _token, secret = create_token(person=request.user, kind=TokenKind.FEED, name=_("Agenda-abonnement"))
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("mine_agenda")
    address = f"{settings.PUBLIC_URL}{reverse('mine_feed')}?{urlencode({'token': secret})}"
    return render(request, "portal_mine/subscribed.html", {"address": address})


@member_only
@never_cache
@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    page = page_of(request, mine_portfolio.seats_of(request.user), SESSIONS_PER_PAGE)
    rows = [mine_portfolio.seat_row(seat) for seat in page.object_list]
    return render(request, "portal_mine/seats.html", {"page": page, "rows": rows})


@member_only
@never_cache
@require_safe
def portfolio(request: HttpRequest) -> HttpResponse:
    page = page_of(request, mine_portfolio.records_of(request.user))
    context = {
        "page": page,
        "rows": mine_portfolio.record_rows(page.object_list),
        "certificates": mine_portfolio.all_certificates(request.user),
        "hours": mine_portfolio.minutes_of(request.user),
        "today": clock.today(),
    }
    return render(request, "portal_mine/portfolio.html", context)

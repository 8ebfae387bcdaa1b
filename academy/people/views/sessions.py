"""Where somebody is logged in, and ending that one by one or all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from academy.people.domain.signing_in import end_other_sessions, end_session, open_sessions

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# In this order: nearly every browser also calls itself Safari, and many call themselves Chrome.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox"} | {
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"} | {
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@require_safe
@login_required
@never_cache
def session_list(request: HttpRequest) -> HttpResponse:
    own = open_sessions(person=request.user)
    here = [one for one in own if one.session_key == request.session.session_key]
    others = [one for one in own if one not in here]
    lines = [{"session": one, "device": device(one.user_agent), "is_here": one in here} for one in here + others]
    return render(request, "people/sessions.html", {"lines": lines, "others": len(others)})


@require_POST
@login_required
def session_end(request: HttpRequest, number: int) -> HttpResponse:
    """Log out elsewhere. The session one is in ends by logging out, so here it does not exist."""
    elsewhere = UserSession.objects.exclude(session_key=request.session.session_key)
    session = get_object_or_404(elsewhere, pk=number, user=request.user)
    words = device(session.user_agent)
    end_session(session=session)
    messages.success(request, _("Je bent uitgelogd op %(device)s.") % {"device": words})
    return redirect("session_list")


@require_POST
@login_required
def sessions_end(request: HttpRequest) -> HttpResponse:
    end_other_sessions(person=request.user, keep=request.session.session_key)
    messages.success(request, _("Je bent overal anders uitgelogd."))
    return redirect("session_list")


def device(user_agent: str) -> str:
    """What a browser calls itself, in words that its owner recognises."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s op %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("een ander apparaat")

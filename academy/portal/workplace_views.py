"""Externals about themselves: where they work, asked once after signing up, and a personal invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _, gettext_lazy as _lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common import clock
from academy.common.errors import DomainError
from academy.people import rules
from academy.people.domain import introducing, inviting, joining
from academy.people.models import Membership, OrganisationRequest
from academy.people.views.door import safe_next
from academy.portal.admin_pages import form_page, member_only, sent
from academy.portal.externals_forms import LeavePlaceForm, WorkplaceForm

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

read_or_send = require_http_methods(["GET", "HEAD", "POST"])
TRAIL = [(reverse_lazy("profile"), _lazy("Mijn gegevens"))]
# Where the secret of an invitation waits while its receiver makes an account; it stays out of every later address.
STASH = "invitation"


@member_only
@never_cache
@read_or_send
def workplace(request: HttpRequest) -> HttpResponse:
    """Organisation, team and function on one page; what is there already stands above it."""
    person = request.user
    proposed = None
    if "anders" not in request.GET and not person.memberships.exists():
        proposed = joining.propose_organisation(email=person.email)
    at_ours = proposed if proposed is not None and proposed.is_own else None
    form = WorkplaceForm(sent(request), proposed=None if at_ours else proposed)
    if request.method == "POST" and form.is_valid():
        try:
            said = _introduce(request, form.cleaned_data)
        except DomainError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, said)
            return HttpResponseRedirect(safe_next(request, reverse("mine")))
    context = {
        "form": form,
        "is_new": not rules.is_introduced(person),
        "proposed": proposed,
        "at_ours": at_ours,
        "onward": safe_next(request, ""),
        "places": person.memberships.current().select_related("organisation", "team", "job_function"),
        "declined": person.memberships.filter(declined_at__isnull=False).select_related("organisation", "team")[:1],
        "request": request,
        "asked": OrganisationRequest.objects.waiting().filter(person=person).first(),
        "trail": TRAIL,
    }
    return render(request, "portal_mine/workplace.html", context)


def _introduce(request: HttpRequest, values: dict[str, Any]) -> str:
    """Ask for the place; what the person reads then."""
    typed = values.pop("organisation_name", "")
    if values["organisation"] is not None:
        place = introducing.introduce(person=request.user, **values)
        return _(
            "Je werkplek is opgegeven: %(place)s. Je kunt meteen lezen en boeken; je organisatie bevestigt nog."
        ) % {"place": place.place_name}
    introducing.ask_for_organisation(person=request.user, organisation_name=typed, job_function=values["job_function"])
    return _("Het bureau zoekt %(name)s voor je uit. Je kunt meteen lezen en boeken.") % {"name": typed}


@member_only
@require_POST
def pass_workplace(request: HttpRequest) -> HttpResponse:
    """Not now, or never: nothing waits for it."""
    introducing.pass_over(person=request.user)
    return HttpResponseRedirect(safe_next(request, reverse("mine")))


@member_only
@read_or_send
def leave_workplace(request: HttpRequest, number: int) -> HttpResponse:
    places = Membership.objects.filter(person=request.user, organisation__is_own=False)
    place = get_object_or_404(places.select_related("organisation", "team"), pk=number)

    def act(form: Any) -> str:
        introducing.leave_place(membership=place, by=request.user, **form.cleaned_data)
        return _("Je werkplek bij %(place)s stopt. Je account, portfolio en certificaten blijven van jou.") % {
            "place": place.place_name
        }

    return form_page(
        request,
        LeavePlaceForm(sent(request), initial={"on": clock.today()}),
        act,
        title=_("Ik werk niet meer bij %(place)s") % {"place": place.place_name},
        back=reverse("workplace"),
        button=_("Beëindig deze werkplek"),
        trail=TRAIL,
        explanation=_("Vanaf die dag ziet de organisatie je niet meer. Wat je volgde en behaalde neem je mee."),
    )


@require_safe
@never_cache
def invitation_open(request: HttpRequest, secret: str) -> HttpResponse:
    """The link of the mail: keeps the secret in the session and goes on without it in the address."""
    if inviting.invitation_for(secret) is not None:
        request.session[STASH] = secret
    else:
        request.session.pop(STASH, None)
    return redirect("invitation")


@never_cache
@read_or_send
def invitation(request: HttpRequest) -> HttpResponse:
    """What the invitation is for; who is logged in can accept it, others make an account or log in first."""
    secret = request.session.get(STASH, "")
    found = inviting.invitation_for(secret) if secret else None
    if request.method == "POST" and not request.user.is_authenticated:
        return member_only(invitation)(request)
    refusal = ""
    if request.method == "POST":
        try:
            place = inviting.accept_invitation(secret=secret, person=request.user)
        except DomainError as refused:
            refusal = refused.message
        else:
            request.session.pop(STASH, None)
            messages.success(request, _("Welkom namens %(place)s.") % {"place": place.place_name})
            return redirect("mine")
    here = urlencode({"next": reverse("invitation")})
    context = {
        "invitation": found,
        "refusal": refusal,
        "signup_url": f"{reverse('account_signup')}?{here}",
        "login_url": f"{reverse('account_login')}?{here}",
    }
    return render(request, "portal_mine/invitation.html", context)

"""Who says to work at a partner: confirm, decline, confirm again by list, and invite somebody.

A coordinator meets only people of the own organisation here; somebody else's row is not there for her (404).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _, gettext_lazy as _lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common import clock
from academy.common.errors import DomainError
from academy.people import rules
from academy.people.domain import confirming, introducing, inviting
from academy.people.models import Membership, OrganisationRequest, PersonalInvitation
from academy.portal.admin_pages import allowed, form_page, member_only, page_of, sent
from academy.portal.externals_forms import AnswerForm, InvitationForm, ReasonForm, RenewForm

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest, HttpResponse

HOME = [(reverse_lazy("manage_home"), _lazy("Beheer"))]
HERE = [*HOME, (reverse_lazy("manage_approvals"), _lazy("Plekken bevestigen"))]
AT_ONCE = 100
read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _renewable(request: HttpRequest) -> list[Membership]:
    rows = Membership.objects.renewable_by(request.user).select_related("person", "organisation", "team")
    return rows.order_by("organisation__name", "person__full_name", "pk")[:AT_ONCE]


@allowed(rules.may_approve)
@require_safe
def manage_approvals(request: HttpRequest) -> HttpResponse:
    user = request.user
    rows = Membership.objects.waiting_for(user).select_related("person", "organisation", "team", "job_function")
    invitations = PersonalInvitation.objects.visible_to(user).unanswered().select_related("organisation", "team")
    asked = (
        OrganisationRequest.objects.waiting() if rules.can_answer_requests(user) else OrganisationRequest.objects.none()
    )
    context = {
        "page": page_of(request, rows.order_by("starts_on", "pk")),
        "renewals": len(_renewable(request)),
        "requests": list(asked.exclude(person=user).select_related("person", "job_function")),
        "invitations": list(invitations[:AT_ONCE]),
        "trail": HOME,
    }
    return render(request, "portal_admin/approvals.html", context)


def _place(request: HttpRequest, number: int) -> Membership:
    """A place that this user may confirm; one that has ended is nobody's business any more.

    What was declined is still found: whoever sends the form twice reads the same sentence.
    """
    runs = Q(ends_on__isnull=True) | Q(ends_on__gt=clock.today()) | Q(declined_at__isnull=False)
    places = Membership.objects.filter(runs).select_related("organisation", "person", "team")
    found = get_object_or_404(places, pk=number)
    if found.person == request.user or not rules.can_approve(request.user, found.organisation):
        raise Http404
    return found


@member_only
@require_POST
def approve_place(request: HttpRequest, number: int) -> HttpResponse:
    place = _place(request, number)
    try:
        confirming.approve_membership(membership=place, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("De plek van %(name)s is bevestigd.") % {"name": place.person.full_name})
    return redirect("manage_approvals")


@member_only
@read_or_send
def decline_place(request: HttpRequest, number: int) -> HttpResponse:
    place = _place(request, number)

    def act(form: forms.Form) -> str:
        confirming.decline_membership(membership=place, by=request.user, **form.cleaned_data)
        return _("%(name)s krijgt bericht dat de plek niet is bevestigd.") % {"name": place.person.full_name}

    return form_page(
        request,
        ReasonForm(sent(request)),
        act,
        title=_("%(name)s niet bevestigen") % {"name": place.person.full_name},
        back=reverse("manage_approvals"),
        button=_("Bevestig niet"),
        danger=True,
        trail=HERE,
        explanation=_("De plek bij %(place)s vervalt. Het account blijft: lezen en boeken kan gewoon.")
        % {"place": place.place_name},
    )


@allowed(rules.may_approve)
@read_or_send
def renew_places(request: HttpRequest) -> HttpResponse:
    """The list of whose confirmation runs out; one button for all that are ticked."""
    rows = _renewable(request)
    if not rows and request.method != "POST":
        messages.info(request, _("Niemand hoeft nu opnieuw bevestigd te worden."))
        return redirect("manage_approvals")

    def act(form: forms.Form) -> str:
        done = confirming.renew_memberships(memberships=form.cleaned_data["people"], by=request.user)
        return _("%(number)d plekken zijn weer negentig dagen bevestigd.") % {"number": done}

    return form_page(
        request,
        RenewForm(
            sent(request),
            rows=Membership.objects.renewable_by(request.user).select_related("person", "organisation", "team"),
        ),
        act,
        title=_("Werken deze mensen er nog?"),
        back=reverse("manage_approvals"),
        button=_("Bevestig wie is aangevinkt"),
        trail=HERE,
        explanation=_(
            "Een bevestiging geldt negentig dagen. Haal het vinkje weg bij wie vertrokken is: die ziet geen besloten "
            "plekken en casussen meer, maar houdt het account en het portfolio."
        ),
    )


@allowed(rules.can_answer_requests)
@read_or_send
def answer_request(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(OrganisationRequest.objects.select_related("person"), public_id=public_id)

    def act(form: forms.Form) -> str:
        introducing.answer_request(request=asked, by=request.user, **form.cleaned_data)
        return _("%(name)s heeft nu een bevestigde plek.") % {"name": asked.person.full_name}

    return form_page(
        request,
        AnswerForm(sent(request)),
        act,
        title=_("Waar werkt %(name)s?") % {"name": asked.person.full_name},
        back=reverse("manage_approvals"),
        button=_("Bevestig de plek"),
        trail=HERE,
        explanation=_("Opgegeven: %(name)s. Klopt dat? Dan is de plek meteen bevestigd.")
        % {"name": ", ".join(filter(None, (asked.organisation_name, asked.team_name)))},
    )


@allowed(rules.can_answer_requests)
@read_or_send
def decline_request(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(OrganisationRequest.objects.select_related("person"), public_id=public_id)

    def act(form: forms.Form) -> str:
        introducing.decline_request(request=asked, by=request.user, **form.cleaned_data)
        return _("%(name)s krijgt bericht.") % {"name": asked.person.full_name}

    return form_page(
        request,
        ReasonForm(sent(request)),
        act,
        title=_("%(name)s niet toevoegen") % {"name": asked.organisation_name},
        back=reverse("manage_approvals"),
        button=_("Voeg niet toe"),
        danger=True,
        trail=HERE,
    )


@allowed(rules.may_approve)
@read_or_send
def invite_person(request: HttpRequest) -> HttpResponse:
    def act(form: forms.Form) -> str:
        invitation, _secret = inviting.invite_person(by=request.user, **form.cleaned_data)
        return _("De uitnodiging is onderweg naar %(email)s. Ze werkt %(days)d dagen.") % {
            "email": invitation.email,
            "days": inviting.HOLDS_DAYS,
        }

    return form_page(
        request,
        InvitationForm(sent(request), inviter=request.user),
        act,
        title=_("Iemand uitnodigen"),
        back=reverse("manage_approvals"),
        button=_("Verstuur de uitnodiging"),
        trail=HERE,
        explanation=_(
            "Voor wie geen werkadres heeft, zoals een vrijwilliger. Wie de uitnodiging aanneemt, is meteen bevestigd; "
            "nodig dus alleen mensen uit die je kent."
        ),
    )


@member_only
@require_POST
def withdraw_invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(PersonalInvitation.objects.visible_to(request.user), public_id=public_id)
    try:
        inviting.withdraw_invitation(invitation=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("De uitnodiging werkt niet meer."))
    return redirect("manage_approvals")

"""Bringing in and taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.models import Session
from academy.people.views.fresh import fresh_login_required
from leertafels.cases import rules
from leertafels.cases.detector import STOP
from leertafels.cases.domain import bringing, destroying, opening
from leertafels.cases.domain.texts import look_at
from leertafels.cases.forms import CaseForm
from leertafels.cases.views.finding import case_for, page_of, trail

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, QueryDict

    from leertafels.cases.domain.texts import Content
    from leertafels.cases.models import Case

show_or_send = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_post_parameters()
@show_or_send
@never_cache
@login_required
def bring_in(request: HttpRequest, public_id: str) -> HttpResponse:
    session = get_object_or_404(Session.objects.select_related("gathering"), public_id=public_id)
    agreed = rules.takes_cases(session.gathering)
    if agreed is None or not rules.at_table(request.user, session.gathering):
        raise Http404
    form = CaseForm(_posted(request), asks_text=agreed.asks_text)
    done = _sent(form, lambda content: bringing.bring_in(session=session, content=content, by=request.user).case)
    if done is not None:
        messages.success(request, _("Je inbreng is versleuteld bewaard. Je kunt hem aanpassen tot het begin."))
        return redirect("case_openings", done.public_id)
    return render(request, "cases/bring_in.html", _page(session, form) | {"asks_text": agreed.asks_text})


@sensitive_post_parameters()
@show_or_send
@never_cache
@fresh_login_required
def change(request: HttpRequest, public_id: str) -> HttpResponse:
    """The text stands in the form, so it asks for the same fresh log-in as reading."""
    case = case_for(request, public_id, rules.is_presenter)
    agreed = rules.takes_cases(case.session.gathering)
    try:
        content = opening.open_case(case=case, by=request.user)
    except NotAllowedError as refused:
        messages.error(request, refused.message)
        return redirect("case_openings", case.public_id)
    asks_text = agreed is not None and agreed.asks_text
    form = CaseForm(_posted(request), asks_text=asks_text, initial=content.parts())
    done = _sent(form, lambda content: bringing.change(case=case, content=content, by=request.user))
    if done is not None:
        messages.success(request, _("Je inbreng is aangepast."))
        return redirect("case_openings", case.public_id)
    context = _page(case.session, form) | {"asks_text": asks_text, "case": case}
    return render(request, "cases/bring_in.html", context)


@require_POST
@login_required
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    case = case_for(request, public_id, rules.can_take_off)
    return _done(request, case, lambda: bringing.withdraw(case=case, by=request.user), _("De inbreng is van tafel."))


@require_POST
@login_required
def again(request: HttpRequest, public_id: str) -> HttpResponse:
    case = case_for(request, public_id, rules.is_presenter)
    words = _("Je inbreng ligt op tafel bij de volgende bijeenkomst.")
    return _done(request, case, lambda: bringing.bring_in_again(case=case, by=request.user), words)


@require_POST
@login_required
def destroy(request: HttpRequest, public_id: str) -> HttpResponse:
    case = case_for(request, public_id, rules.can_take_off)
    words = _("De tekst is vernietigd. Er is geen kopie.")
    return _done(request, case, lambda: destroying.destroy_now(case=case, by=request.user), words)


def _done(request: HttpRequest, case: Case, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, words)
    return redirect(page_of(case.session.gathering))


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, also when that is nothing."""
    return request.POST if request.method == "POST" else None


def _sent(form: CaseForm, act: Callable[[Content], Case]) -> Case | None:
    """What ``act`` made of a form that was sent and is right; None means: show it (again)."""
    if not form.is_bound:
        return None
    hits = look_at(form.typed())
    stops = any(hit.level == STOP for found in hits.values() for hit in found)
    if stops or (form.is_valid() and hits and not form.cleaned_data["warnings_seen"]):
        form.show(hits)
        return None
    if not form.is_valid():
        return None
    try:
        return act(form.content())
    except DomainError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
    return None


def _page(session: Session, form: CaseForm) -> dict[str, object]:
    when = rules.moments(session)
    return {"session": session, "form": form, "moments": when, "trail": trail(session.gathering)}

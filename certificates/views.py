"""Certificates on screen: for anybody with the code, for the holder, and for who takes one back."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from academy.common.errors import DomainError
from academy.common.limits import Limit, client_address, network, take
from academy.common.page_cache import public_page
from academy.people.domain.audit import record
from certificates import rules
from certificates.domain.files import read_file
from certificates.domain.holders import show_full_name
from certificates.domain.verification import check, latest_event, normal_code
from certificates.domain.withdrawing import approve_withdrawal, ask_withdrawal, question_about
from certificates.enums import Kind, Status, WithdrawalReason
from certificates.forms import CodeForm, WithdrawalForm
from certificates.models import Certificate, CertificateFile
from certificates.rendering.paper import paper_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

logger = logging.getLogger(__name__)
# Guessing is hopeless (128 bits); this keeps somebody from trying all the same.
TRIES = Limit("certificate_code", 10, 60)
WORDS = {Status.VALID: "done", Status.WITHDRAWN: "late", Status.SUPERSEDED: "soon", Status.EXPIRED: "quiet"}


@require_safe
@public_page
def verify(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.GET if "code" in request.GET else None)
    if form.is_valid() and (code := normal_code(form.cleaned_data["code"])):
        return redirect("certificate", code=code)
    if form.is_bound and not form.errors:
        form.add_error("code", _("Een code bestaat uit letters en cijfers. Kijk onder aan het bewijs."))
    return render(request, "certificates/verify.html", {"form": form})


@require_safe
@never_cache
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """All of it for who may see it; what the code proves for everybody else, a few times a minute."""
    if request.user.is_authenticated and (found := _find(code)) and rules.can_open(request.user, found):
        return _unlisted(_full(request, found))
    if take(TRIES, network(client_address(request))) is None:
        return _unlisted(render(request, "429.html", status=HTTPStatus.TOO_MANY_REQUESTS))
    known = check(code)
    if known is None:
        raise Http404
    facts = {"known": known, "kind": Kind(known.kind).label, **_status(known.status)}
    return _unlisted(render(request, "certificates/check.html", facts))


@login_required
@require_safe
@never_cache
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    found = _demand(request, code, rules.can_download)
    _log(request, found)
    try:
        content = read_file(certificate=found)
    except (OSError, ValueError):
        logger.exception("The file of certificate %s is damaged.", found.pk)
        return render(request, "certificates/damaged.html", status=HTTPStatus.INTERNAL_SERVER_ERROR)
    if content is None:
        messages.info(request, _("Het bestand wordt nog gemaakt. Probeer het over een minuut opnieuw."))
        return redirect("certificate", code=code)
    name = f'attachment; filename="certificaat-{found.code[:5]}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


@login_required
@require_POST
def show_name(request: HttpRequest, code: str) -> HttpResponse:
    found = _demand(request, code, lambda user, paper: paper.person == user and rules.can_download(user, paper))
    shown = "shown" in request.POST
    show_full_name(certificate=found, shown=shown, by=request.user)
    said = _("Wie de code heeft, ziet nu je volledige naam.") if shown else _("Wie de code heeft, ziet je voorletters.")
    messages.success(request, said)
    return redirect("certificate", code=code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def withdrawal(request: HttpRequest, code: str) -> HttpResponse:
    """Asks to take a certificate back; shows the question to the colleague who confirms it."""
    found = _demand(request, code, _takes_part_in_withdrawal)
    form = WithdrawalForm(request.POST or None) if rules.can_withdraw_this(request.user, found) else None
    if form is None and request.method == "POST":
        raise Http404
    if form is not None and form.is_valid():
        try:
            reason = WithdrawalReason(form.cleaned_data["reason"])
            ask_withdrawal(certificate=found, reason=reason, by=request.user)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(
                request, _("Je vraag ligt bij HR en beheer. Tot iemand bevestigt, blijft het bewijs geldig.")
            )
            return redirect("certificate_withdraw", code=code)
    question = question_about(found)
    facts = {
        "certificate": found,
        "form": form,
        "question": question,
        "may_approve": question is not None and question.by != request.user and _may_approve(request.user, found),
        **_status(found.status),
    }
    return render(request, "certificates/withdrawal.html", facts)


@login_required
@require_POST
def approval(request: HttpRequest, code: str) -> HttpResponse:
    found = _demand(request, code, _may_approve)
    try:
        approve_withdrawal(certificate=found, by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("certificate_withdraw", code=code)
    messages.success(request, _("Het bewijs is ingetrokken. De houder krijgt bericht."))
    return redirect("certificate", code=code)


def _find(code: str) -> Certificate | None:
    papers = Certificate.objects.with_status().select_related("holder", "record", "subject__person")
    return papers.filter(code=normal_code(code)).first()


def _demand(request: HttpRequest, code: str, allowed: Callable[[object, Certificate], bool]) -> Certificate:
    found = _find(code)
    if found is None or not allowed(request.user, found):
        raise Http404
    return found


def _may_approve(user: object, paper: Certificate) -> bool:
    return rules.can_approve_withdrawal(user) and paper.person != user


def _takes_part_in_withdrawal(user: object, paper: Certificate) -> bool:
    return rules.can_withdraw_this(user, paper) or (_may_approve(user, paper) and question_about(paper) is not None)


def _full(request: HttpRequest, found: Certificate) -> HttpResponse:
    _log(request, found)
    event = latest_event(found)
    facts = {
        "certificate": found,
        "paper": paper_of(found),
        "is_made": CertificateFile.objects.filter(certificate=found).exists(),
        "is_holder": found.person == request.user,
        "may_download": rules.can_download(request.user, found),
        "may_withdraw": _takes_part_in_withdrawal(request.user, found),
        "event": event,
        **_status(found.status),
    }
    return render(request, "certificates/certificate.html", facts)


def _log(request: HttpRequest, found: Certificate) -> None:
    """Who opened the paper of somebody else is on record before it is shown."""
    if found.person != request.user:
        record(action="certificate.open", by=request.user, subject=found.person, target=found.code)


def _status(status: str) -> dict[str, object]:
    return {"status": Status(status), "status_word": Status(status).label, "status_kind": WORDS[Status(status)]}


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response

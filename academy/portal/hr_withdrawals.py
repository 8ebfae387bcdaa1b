"""Certificates that somebody asked to withdraw, for who may confirm that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from academy.portal.admin_pages import allowed
from certificates.domain.withdrawing import questions_waiting
from certificates.rules import can_approve_withdrawal

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@allowed(can_approve_withdrawal)
@require_safe
def withdrawals(request: HttpRequest) -> HttpResponse:
    """The oldest question on top; somebody's own certificate is another's to decide about."""
    waiting = [one for one in questions_waiting() if one.certificate.person != request.user]
    return render(request, "portal_hr/withdrawals.html", {"waiting": waiting})

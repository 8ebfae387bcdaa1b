"""What did not succeed, for the office: parked jobs and bounced mail, each with a button to try again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from academy.outbox import rules
from academy.outbox.domain.failures import bounced_messages, parked_jobs
from academy.outbox.domain.jobs import retry_job
from academy.outbox.domain.messages import retry_message
from academy.outbox.models import Job, Message

if TYPE_CHECKING:
    from academy.people.models import User


@login_required
@require_safe
def failed_jobs(request: HttpRequest) -> HttpResponse:
    if not rules.can_see_jobs(request.user):
        raise PermissionDenied
    facts = {"jobs": parked_jobs(), "messages_bounced": bounced_messages()}
    return render(request, "outbox/failed_jobs.html", facts)


@login_required
@require_POST
def job_retry(request: HttpRequest, public_id: str) -> HttpResponse:
    by = _allowed(request)
    retry_job(job=get_object_or_404(Job, public_id=public_id), by=by)
    messages.success(request, _("De taak wordt opnieuw geprobeerd."))
    return redirect("failed_jobs")


@login_required
@require_POST
def message_retry(request: HttpRequest, public_id: str) -> HttpResponse:
    by = _allowed(request)
    retry_message(message=get_object_or_404(Message, public_id=public_id), by=by)
    messages.success(request, _("Het bericht wordt opnieuw verstuurd."))
    return redirect("failed_jobs")


def _allowed(request: HttpRequest) -> User:
    if not rules.can_retry_jobs(request.user):
        raise PermissionDenied
    return request.user

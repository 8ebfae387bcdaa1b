"""The questions, at an address that works only for who was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from academy.common import clock
from academy.common.errors import DomainError
from academy.evaluations.domain.answering import answer
from academy.evaluations.enums import Occasion
from academy.evaluations.forms import OpinionForm
from academy.evaluations.models import Evaluation, Respondent
from academy.evaluations.questionnaires import QUESTIONNAIRES
from academy.evaluations.rules import may_answer
from academy.gatherings.kinds import kind_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def evaluation(request: HttpRequest, public_id: str) -> HttpResponse:
    asked = get_object_or_404(Evaluation.objects.select_related("gathering"), public_id=public_id)
    if not may_answer(request.user, asked.gathering):
        raise Http404
    questions = QUESTIONNAIRES[Occasion(asked.occasion)]
    form = OpinionForm(questions, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            answer(evaluation=asked, opinion=form.opinion(), by=request.user)
        except DomainError as refused:
            form.add_error(refused.field, refused.message)
        else:
            return redirect("evaluation", public_id=public_id)
    facts = {
        "evaluation": asked,
        "questions": questions,
        "form": form,
        "url": kind_of(asked.gathering).url(asked.gathering),
        "is_over": asked.closes_at <= clock.now(),
        "has_answered": Respondent.objects.filter(evaluation=asked, person=request.user).exists(),
    }
    return render(request, "evaluations/evaluation.html", facts)

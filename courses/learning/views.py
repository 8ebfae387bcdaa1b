"""Learning on a screen: where one is, one lesson a page, and the closing test. Works without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from academy.common.errors import DomainError
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Seat
from courses.learning.domain.lessons import finish_lesson
from courses.learning.domain.standing import Standing, standing_of
from courses.learning.domain.testing import hand_in
from courses.learning.forms import TestForm
from courses.learning.models import Attempt
from courses.learning.rules import learns_in

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpRequest, HttpResponse

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


def _seat(request: HttpRequest, gathering_id: str) -> tuple[Seat, Standing]:
    """One's own seat and how far one is; 404 without a seat, and where there is nothing to learn on a screen."""
    seats = Seat.objects.confirmed().select_related("gathering__offering", "person")
    seat = get_object_or_404(seats, gathering__public_id=gathering_id, person=request.user)
    standing = standing_of(seat)
    if not learns_in(request.user, seat) or not (standing.material.lessons or standing.has_test):
        raise Http404
    return seat, standing


def _context(seat: Seat, standing: Standing, **more: Any) -> dict[str, Any]:
    gathering, kind = seat.gathering, kind_of(seat.gathering)
    return {
        "gathering": gathering,
        "gathering_url": kind.url(gathering),
        "learned": kind.learned,
        "standing": standing,
        **more,
    }


@require_safe
@login_required
@never_cache
def learn(request: HttpRequest, gathering_id: str) -> HttpResponse:
    """Everything there is to do, what is done, and the step to go on with."""
    seat, standing = _seat(request, gathering_id)
    lessons = [
        {"lesson": lesson, "done": lesson.id in standing.done, "is_next": lesson is standing.next_lesson}
        for lesson in standing.material.lessons
    ]
    return render(request, "learning/overview.html", _context(seat, standing, lessons=lessons))


@read_or_send
@login_required
@never_cache
def learn_lesson(request: HttpRequest, gathering_id: str, number: int) -> HttpResponse:
    """One lesson; sending the form finishes it and goes on."""
    seat, standing = _seat(request, gathering_id)
    lesson = standing.material.lesson(number)
    if lesson is None:
        raise Http404
    following = standing.material.lesson(number + 1)
    if request.method == "POST":
        try:
            standing = finish_lesson(seat=seat, lesson=lesson.id, by=request.user)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("learn", gathering_id)
        if following is not None:
            return redirect("learn_lesson", gathering_id, following.number)
        return redirect("learn_test" if standing.may_take_test else "learn", gathering_id)
    context = _context(
        seat, standing, lesson=lesson, following=following, previous=number - 1, is_done=lesson.id in standing.done
    )
    return render(request, "learning/lesson.html", context)


@read_or_send
@login_required
@never_cache
def learn_test(request: HttpRequest, gathering_id: str) -> HttpResponse:
    """All questions on one page; handing in leads to the result."""
    seat, standing = _seat(request, gathering_id)
    if request.method != "POST":
        if not standing.may_take_test:
            return redirect("learn", gathering_id)
        form = TestForm(standing.material.questions, initial={"number": standing.next_attempt})
        return render(request, "learning/test.html", _context(seat, standing, form=form))
    form = TestForm(standing.material.questions, request.POST)
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            attempt = hand_in(seat=seat, answers=form.answers, number=number, by=request.user)
        except DomainError as refusal:
            if not standing.may_take_test:
                messages.error(request, refusal.message)
                return redirect("learn", gathering_id)
            form.refuse(refusal)
        else:
            return redirect("learn_result", gathering_id, attempt.number)
    return render(request, "learning/test.html", _context(seat, standing, form=form))


@require_safe
@login_required
@never_cache
def learn_result(request: HttpRequest, gathering_id: str, number: int) -> HttpResponse:
    """How an attempt went, and which lessons to read again."""
    seat, standing = _seat(request, gathering_id)
    attempt = get_object_or_404(Attempt.objects.visible_to(request.user), seat=seat, number=number)
    wrong = {one["lesson"] for one in attempt.outcome if not one["right"]}
    again = [lesson for lesson in standing.material.lessons if lesson.id in wrong]
    explained = {question.id: question.explanation for question in standing.material.questions}
    rows = [
        {**one, "place": place, "explanation": explained.get(one["question"], "")}
        for place, one in enumerate(attempt.outcome, 1)
    ]
    return render(request, "learning/result.html", _context(seat, standing, attempt=attempt, again=again, rows=rows))

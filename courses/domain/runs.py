"""Planning runs of a course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.planning import plan_gathering
from academy.gatherings.enums import Form
from academy.gatherings.rules import can_plan
from courses.domain.run_kind import NAME
from courses.models import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.gatherings.domain.planning import Plan
    from academy.people.models import User
    from courses.models import CoursePage


@transaction.atomic
def plan_run(
    *,
    course: CoursePage,
    sessions: Sequence[Plan],
    by: User | None,
    group: str = "",
    remarks: str = "",
    allow_past: bool = False,
    **terms: Any,
) -> Run:
    """A run in draft, on the terms of the course unless ``terms`` (those of ``plan_gathering``) says otherwise.

    An e-learning has no sessions: everybody begins when it suits. Everything else has at least one. Raises DomainError
    when that does not fit, when a blended course has no lessons, or when it asks more sessions than are planned.
    """
    _check_fits(course, sessions)
    gathering = plan_gathering(kind=NAME, offering=course, sessions=sessions, by=by, allow_past=allow_past, **terms)
    run = Run(gathering=gathering, group=group.strip(), remarks=remarks.strip())
    run.full_clean(exclude=["gathering"])
    run.save()
    return run


@transaction.atomic
def change_run(*, run: Run, by: User, group: str | None = None, remarks: str | None = None) -> Run:
    """Change the name of the group or what is good to know; None leaves it as it is."""
    run = Run.objects.select_for_update(of=("self",)).select_related("gathering").get(pk=run.pk)
    if not can_plan(by, run.gathering):
        raise NotAllowedError("not_allowed", _("Een uitvoering wijzigt de trainer of het bureau."))
    run.group = run.group if group is None else group.strip()
    run.remarks = run.remarks if remarks is None else remarks.strip()
    run.full_clean(exclude=["gathering"])
    run.save()
    return run


def _check_fits(course: CoursePage, sessions: Sequence[Plan]) -> None:
    if course.form == Form.E_LEARNING:
        if sessions:
            raise DomainError(
                "no_sessions",
                _("Een e-learning heeft geen bijeenkomsten. Kies bij de training de vorm “deels online”."),
                field="sessions",
            )
        if not (course.material.lessons or course.has_test):
            raise DomainError("no_lessons", _("Deze e-learning heeft nog geen lessen. Voeg die eerst toe."))
        return
    if not sessions:
        raise DomainError("sessions_missing", _("Plan minstens een bijeenkomst."), field="sessions")
    if course.form == Form.BLENDED and not course.material.lessons:
        raise DomainError(
            "no_lessons", _("Deze training is deels online, maar heeft nog geen lessen. Voeg die eerst toe.")
        )
    if course.sessions_needed is not None and course.sessions_needed > len(sessions):
        raise DomainError(
            "sessions_short",
            _("Voor deze training zijn %(number)d bijeenkomsten nodig. Plan er meer.")
            % {"number": course.sessions_needed},
            field="sessions",
        )

"""Predicates: who is asked, and who reads what people thought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.gatherings.enums import AttendanceStatus
from academy.gatherings.models import Attendance
from academy.gatherings.rules import leads
from academy.people.enums import Role
from academy.people.rules import has_role

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from academy.gatherings.models import Gathering
    from academy.people.models import User

# ``evaluation.results``: numbers about gatherings, never about people, so for all of them.
READ_RESULTS = (Role.TRAINER, Role.FACILITATOR, Role.EDITOR, Role.TEAM_MANAGER, Role.HR, Role.AUDITOR)


def attendance_counted(gathering: Gathering) -> QuerySet[Attendance]:
    """Of whom it was written down that she was there, at least once."""
    there: QuerySet[Attendance] = Attendance.objects.of(gathering).filter(
        status=AttendanceStatus.PRESENT, person__is_active=True
    )
    return there


def may_answer(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``evaluation.submit``: who was there."""
    return user.is_authenticated and attendance_counted(gathering).filter(person_id=user.pk).exists()


def reads_all_results(user: User | AnonymousUser) -> bool:
    return has_role(user, *READ_RESULTS)


def can_read_results(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``evaluation.results``, and who led it without such a role."""
    return reads_all_results(user) or leads(user, gathering)

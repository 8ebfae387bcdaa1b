"""Finishing lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError
from academy.gatherings.domain.recognising import recognise_seats
from courses.learning.domain.access import locked_for
from courses.learning.domain.standing import standing_of
from courses.learning.models import LessonDone

if TYPE_CHECKING:
    from academy.gatherings.models import Seat
    from academy.people.models import User
    from courses.learning.domain.standing import Standing


@transaction.atomic
def finish_lesson(*, seat: Seat, lesson: str, by: User) -> Standing:
    """Write down that a lesson is finished; twice is once. The last step of an e-learning is recognised at once.

    ``lesson`` is the id of the lesson. Raises DomainError for one that is not (or no longer) taught here.
    """
    seat = locked_for(seat, by)
    standing = standing_of(seat)
    if lesson not in {one.id for one in standing.material.lessons}:
        raise DomainError("unknown_lesson", _("Deze les is er niet meer. Ga verder bij het overzicht van de lessen."))
    if lesson in standing.done:
        return standing
    LessonDone.objects.create(seat=seat, lesson=lesson, done_at=clock.now())
    recognise_seats([seat], by=None)
    return standing_of(seat)

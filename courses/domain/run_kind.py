"""What a run answers when the kernel asks: who may come in, what somebody earned, where its page is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common.errors import Reason
from academy.common.questions import written_once
from academy.gatherings.kinds import Kind, Step
from academy.gatherings.models import Seat
from certificates.credits.models import AchievementRecord
from courses.models import CoursePage

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.gatherings.models import Gathering
    from academy.people.models import User
    from certificates.achievement import Achievement

NAME = "run"


class RunKind(Kind):
    name = NAME

    def url(self, gathering: Gathering) -> str:
        return f"/uitvoering/{gathering.public_id}/"

    def reasons(self, person: User, gathering: Gathering) -> tuple[Reason, ...]:
        """``prerequisite`` when the course that comes first was not completed here."""
        first = next(iter(_before(course=gathering.offering_id)), None)
        if first is None or has_completed(person, first):
            return ()
        return (
            Reason(
                "prerequisite",
                _("Rond eerst “%(title)s” af; daarna kun je je hier inschrijven.") % {"title": first.title},
            ),
        )

    def achievements(self, seat: Seat) -> tuple[Achievement, ...]:
        from courses.domain.earning import achievements  # noqa: PLC0415 -- brings the ledger along; few processes ask

        return achievements(seat)

    def steps(self, seat: Seat) -> tuple[Step, ...]:
        """The lessons and the test, when the course has any."""
        course = CoursePage.objects.filter(pk=seat.gathering.offering_id).first()
        if course is None or not (course.material.lessons or course.has_test):
            return ()
        return (Step(_("Naar de lessen"), reverse("learn", args=(seat.gathering.public_id,))),)


def has_completed(person: User, course: CoursePage) -> bool:
    """Whether a run of ``course`` gave ``person`` a certificate that is on record."""
    from courses.domain.earning import source_key  # noqa: PLC0415 -- idem

    seats = Seat.objects.confirmed().filter(person=person, gathering__offering_id=course.pk)
    keys = [source_key(seat) for seat in seats]
    records = AchievementRecord.objects.in_force().filter(source_key__in=keys)
    return any(record.payload["certificate"] for record in records)


@written_once
def _before(*, course: int) -> QuerySet[Any]:
    return CoursePage.objects.filter(leads_to=course).order_by().only("title")[:1]

"""Whether somebody is ready for a visit: the preparation done, the present statement signed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common import formats
from academy.common.errors import Reason
from courses.kijkje.models import KijkjePage, Signature
from courses.learning.models import Attempt, LessonDone

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from academy.people.models import User


@dataclass(frozen=True, slots=True)
class Readiness:
    """``signed_at`` is about the version that stands on the page now; ``needs_signature`` is false without a text."""

    lessons_done: int
    lessons_total: int
    is_prepared: bool
    needs_signature: bool
    signed_at: datetime | None

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None or not self.needs_signature


def readiness_of(page: KijkjePage, person: User) -> Readiness:
    return readiness_among(page, [person.pk])[person.pk]


def readiness_among(page: KijkjePage, people: Collection[int]) -> dict[int, Readiness]:
    """How ready each of these people is, by key; three queries, however many.

    Every lesson that stands on the page now counts, also one that was added after somebody began.
    """
    material, seat_of = page.material, {"seat__gathering__offering": page.pk, "seat__person__in": people}
    lessons = {lesson.id for lesson in material.lessons}
    done: dict[int, set[str]] = defaultdict(set)
    for person, lesson in LessonDone.objects.filter(**seat_of).values_list("seat__person", "lesson"):
        done[person].add(lesson)
    passed = set(Attempt.objects.passed().filter(**seat_of).values_list("seat__person", flat=True))
    signed = dict(
        Signature.objects.filter(page=page, version=page.statement_version, person__in=people).values_list(
            "person", "signed_at"
        )
    )
    return {
        person: Readiness(
            lessons_done=len(done[person] & lessons),
            lessons_total=len(lessons),
            is_prepared=lessons <= done[person] and (person in passed or not material.questions),
            needs_signature=bool(page.statement.strip()),
            signed_at=signed.get(person),
        )
        for person in people
    }


def lacking(page: KijkjePage, ready: Readiness) -> Iterator[Reason]:
    """What still has to be done before a visit, as reasons that refuse."""
    if not ready.is_prepared:
        yield Reason(
            "prerequisite",
            _("Doe eerst de voorbereiding bij “%(title)s” (online, %(minutes)s). Daarna kun je een bezoek kiezen.")
            % {"title": page.title, "minutes": formats.minutes(page.material.minutes)},
        )
    if not ready.is_signed:
        yield Reason(
            "agreement",
            _("Onderteken eerst de geheimhoudingsverklaring bij “%(title)s”.") % {"title": page.title},
        )

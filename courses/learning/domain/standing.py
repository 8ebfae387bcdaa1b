"""How far somebody is with lessons and test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from academy.common import clock
from academy.gatherings.models import Seat
from courses.learning.material import Material
from courses.learning.models import Attempt, ExtraAttempt, LessonDone, Teaching

if TYPE_CHECKING:
    from datetime import date, datetime

    from academy.gatherings.models import Gathering
    from courses.learning.material import Lesson

NOTHING = Material((), ())


@dataclass(frozen=True, slots=True)
class Standing:
    """``done`` says per id of a lesson when it was finished; ``attempts`` are the tests handed in, first one first."""

    material: Material
    done: dict[str, datetime]
    attempts: tuple[Attempt, ...]
    pass_pct: int
    allowed: int | None

    @property
    def next_lesson(self) -> Lesson | None:
        """Where to go on, on whatever device: the first lesson that is not finished."""
        return next((lesson for lesson in self.material.lessons if lesson.id not in self.done), None)

    @property
    def lessons_done(self) -> int:
        return sum(lesson.id in self.done for lesson in self.material.lessons)

    @property
    def lessons_total(self) -> int:
        return len(self.material.lessons)

    @property
    def has_test(self) -> bool:
        return bool(self.material.questions)

    @property
    def passed(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.passed), None)

    @property
    def attempts_left(self) -> int | None:
        """None means as many as needed."""
        return None if self.allowed is None else max(self.allowed - len(self.attempts), 0)

    @property
    def next_attempt(self) -> int:
        """The number of the attempt that somebody would make now."""
        return len(self.attempts) + 1

    @property
    def may_take_test(self) -> bool:
        return self.has_test and self.passed is None and self.next_lesson is None and self.attempts_left != 0

    @property
    def is_complete(self) -> bool:
        """Everything on the screen is done: each lesson finished, and the test passed when there is one."""
        return self.next_lesson is None and (self.passed is not None or not self.has_test)

    @property
    def completed_on(self) -> date | None:
        """The day of the last step; None while something is left, and when there was nothing to do."""
        if not self.is_complete:
            return None
        moments = [self.done[lesson.id] for lesson in self.material.lessons]
        if self.passed is not None:
            moments.append(self.passed.submitted_at)
        return max(moments).astimezone(clock.AMSTERDAM).date() if moments else None

    @property
    def begun_on(self) -> date | None:
        moments = [*self.done.values(), *(attempt.submitted_at for attempt in self.attempts)]
        return min(moments).astimezone(clock.AMSTERDAM).date() if moments else None


def standing_of(seat: Seat) -> Standing:
    """Read from the database each time; three small queries."""
    teaching = teaching_of(seat)
    if teaching is None:
        return Standing(NOTHING, {}, (), 0, 0)
    allowed = teaching.max_attempts
    if allowed is not None:
        allowed += ExtraAttempt.objects.filter(seat=seat).count()
    return Standing(
        material=teaching.material,
        done=dict(LessonDone.objects.filter(seat=seat).values_list("lesson", "done_at")),
        attempts=tuple(Attempt.objects.filter(seat=seat).order_by("number")),
        pass_pct=teaching.pass_pct,
        allowed=allowed,
    )


def out_of_attempts(gathering: Gathering) -> list[Seat]:
    """Whose attempts at the closing test are used up without passing; the same few queries, however many people."""
    teaching = gathering.offering.specific
    if not isinstance(teaching, Teaching) or not teaching.has_test or teaching.max_attempts is None:
        return []
    used, extra = (
        Coalesce(Subquery(rows.order_by().values("seat").annotate(total=Count("pk")).values("total")), 0)
        for rows in (Attempt.objects.filter(seat=OuterRef("pk")), ExtraAttempt.objects.filter(seat=OuterRef("pk")))
    )
    passed = Attempt.objects.passed().filter(seat=OuterRef("pk"))
    found = Seat.objects.confirmed().filter(~Exists(passed), gathering=gathering)
    found = found.annotate(used=used, allowed=extra + teaching.max_attempts).filter(used__gte=F("allowed"))
    return list(found.select_related("person").order_by("person__full_name", "pk"))


def teaching_of(seat: Seat) -> Teaching | None:
    """The page that this seat learns from; None when its offering is not learned from a screen."""
    page = seat.gathering.offering.specific
    return page if isinstance(page, Teaching) else None

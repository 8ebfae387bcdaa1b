"""Kennismaken - Trainen - Leertafel: the one place that says what counts for which moment.

A visit counts for the first, a training of the set for the second, a leertafel for the third, each from the first
session somebody was present at. A training without sessions (an e-learning) counts when its test was passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.gatherings.enums import AttendanceStatus
from academy.gatherings.models import Attendance
from academy.partners.enums import CountsAs, Moment
from academy.partners.models import CountedOffering
from courses.learning.models import Attempt

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.people.models import User

# The kinds of gathering as their packages register them.
RUN = "run"
ORDER = tuple(Moment)
KIND_OF = {Moment.MEET: "visit", Moment.TRAIN: RUN, Moment.TABLE: "leertafel"}
ROLLING = "24m"
ROLLING_MONTHS = 24
YEARS_BACK = 3


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to and including ``last``; ``code`` stands in addresses and the API."""

    code: str
    label: str
    first: date
    last: date

    @property
    def reference_day(self) -> date:
        """Who belongs to a team on this day is counted there: the last day, or today when that is earlier."""
        return min(self.last, clock.today())

    @property
    def days(self) -> str:
        return formats.days(self.first, self.reference_day)


def calendar_years() -> dict[str, Period]:
    """The present year and those before it, by code. They share no day, so no two of them tell what lies between."""
    this = clock.today().year
    years = [this - back for back in range(YEARS_BACK)]
    return {str(year): Period(str(year), str(year), date(year, 1, 1), date(year, 12, 31)) for year in years}


def periods() -> dict[str, Period]:
    """The rolling 24 months first, then the calendar years."""
    today = clock.today()
    day = min(today.day, 28)
    begin = date(today.year - ROLLING_MONTHS // 12, today.month, day) + timedelta(days=1)
    rolling = Period(ROLLING, _("laatste 24 maanden"), begin, today)
    return {ROLLING: rolling, **calendar_years()}


def offerings_that_count(*, counts_as: str = CountsAs.SET) -> QuerySet[CountedOffering]:
    return CountedOffering.objects.filter(counts_as=counts_as).values("offering")


def reached(*, period: Period | None = None, person: User | None = None) -> QuerySet[Any]:
    """Pairs of a person and the number of a moment in ``ORDER``, for each time; of one person, in a period, or all."""
    present, passed = _present(), _passed()
    if person is not None:
        present, passed = present.filter(person=person), passed.filter(seat__person=person)
    if period is not None:
        first, after = clock.amsterdam(period.first, time()), clock.amsterdam(period.last + timedelta(days=1), time())
        present = present.filter(session__starts_at__gte=first, session__starts_at__lt=after)
        passed = passed.filter(submitted_at__gte=first, submitted_at__lt=after)
    return present.values_list("person_id", "moment").union(passed.values_list("seat__person_id", "moment"), all=True)


def moments_of(person: User) -> set[Moment]:
    """Which of the three moments ``person`` has had."""
    return {ORDER[number] for _person, number in reached(person=person)}


def _present() -> QuerySet[Attendance]:
    counted = Q(session__gathering__kind__in=[KIND_OF[Moment.MEET], KIND_OF[Moment.TABLE]]) | Q(
        session__gathering__kind=RUN, session__gathering__offering__in=offerings_that_count()
    )
    whens = [When(session__gathering__kind=KIND_OF[moment], then=Value(n)) for n, moment in enumerate(ORDER)]
    rows: QuerySet[Attendance] = Attendance.objects.filter(counted, status=AttendanceStatus.PRESENT)
    return rows.order_by().annotate(moment=Case(*whens, output_field=IntegerField()))


def _passed() -> QuerySet[Attempt]:
    """Tests that were passed of trainings in the set that everybody does in her own time."""
    rows: QuerySet[Attempt] = Attempt.objects.passed().filter(
        seat__gathering__kind=RUN,
        seat__gathering__starts_at__isnull=True,
        seat__gathering__offering__in=offerings_that_count(),
    )
    return rows.order_by().annotate(moment=Value(ORDER.index(Moment.TRAIN), output_field=IntegerField()))

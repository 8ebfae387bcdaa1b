"""What stands on the first page after logging in: the next session, what is to be done, points and certificates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.gatherings.calendar import agenda_of
from academy.gatherings.enums import Form, SeatState
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Seat, SeatOffer
from academy.knowledge.welcoming import for_you
from academy.portal.mine_points import meter_of
from certificates.credits.domain.standing import standing
from certificates.credits.models import AchievementRecord
from certificates.models import Certificate
from courses.kijkje.enums import PREPARATION
from courses.learning.material import read_material
from courses.learning.models import Attempt, LessonDone
from leertafels.domain.leertafel_kind import NAME as TABLE
from leertafels.models import Agreement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from academy.gatherings.models import Session
    from academy.knowledge.welcoming import ForYou
    from academy.people.models import User
    from academy.portal.mine_points import Meter
    from courses.learning.material import Material

# Nobody has more seats in what is not over; the page stays a page.
MOST_SEATS = 300
MOST_TASKS = 5
# Forms with something to do on the screen.
ON_SCREEN = {Form.E_LEARNING.value, Form.BLENDED.value}
MOST_SESSIONS = 3
MOST_CERTIFICATES = 3
# The kinds of page with lessons on them.
TAUGHT_ON = ("coursepage", "kijkjepage")


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits for this person. ``offer`` is the free place that she may take or leave."""

    title: str
    text: str
    url: str
    action: str
    until: datetime | None = None
    offer: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Lists are cut off; ``more_tasks`` says how many tasks do not stand there."""

    sessions: tuple[Session, ...]
    tasks: tuple[Task, ...]
    more_tasks: int
    waiting: int
    meters: tuple[Meter, ...]
    for_you: ForYou
    certificates: tuple[Certificate, ...]


def overview_of(person: User, seats: Sequence[Any], *, with_pace: bool) -> Overview:
    """Five queries beside ``seats``, which are those of ``seats_ahead``. What is for her costs six more once in five
    minutes.
    """
    held = running(seats)
    confirmed = [seat for seat in held if seat.state == SeatState.CONFIRMED]
    tasks = (*offers_of(held), *agreements_of(confirmed), *lessons_of(confirmed))
    return Overview(
        sessions=tuple(with_addresses(agenda_of(person).filter(ends_at__gt=clock.now())[:MOST_SESSIONS])),
        tasks=tasks[:MOST_TASKS],
        more_tasks=max(0, len(tasks) - MOST_TASKS),
        waiting=sum(seat.state in (SeatState.WAITLISTED, SeatState.REQUESTED) for seat in held),
        for_you=for_you(person).without(seat.gathering.offering_id for seat in held),
        meters=tuple(meter_of(part, confirmed, with_pace=with_pace) for part in standing(person, clock.today())),
        certificates=tuple(certificates_of(person)[:MOST_CERTIFICATES]),
    )


def certificates_of(person: User) -> QuerySet[Certificate]:
    """Valid ones, the newest first."""
    found: QuerySet[Certificate] = Certificate.objects.of(person).valid().order_by("-seq")
    return found


def seats_ahead(person: User) -> QuerySet[Seat]:
    """Her seats in what is not over, in order, with all that her first page wants to know of them."""
    own = {"seat": OuterRef("pk")}
    records = AchievementRecord.objects.filter(source_key=Concat(Value("seat:"), OuterRef("public_id")))
    offers = SeatOffer.objects.open().filter(**own)
    signed = Agreement.objects.standing().filter(leertafel=OuterRef("gathering"), person=person)
    lessons = LessonDone.objects.filter(**own).order_by().values("seat").annotate(total=Count("pk")).values("total")
    seats: QuerySet[Seat] = Seat.objects.ahead().for_person(person).select_related("gathering")
    return seats.annotate(
        is_on_record=Exists(records),
        offer_id=Subquery(offers.values("public_id")[:1]),
        offer_until=Subquery(offers.values("deadline")[:1]),
        has_signed=Exists(signed),
        teaching=Coalesce(*(f"gathering__offering__{page}__teaching" for page in TAUGHT_ON)),
        lessons_finished=Coalesce(Subquery(lessons), 0),
        has_passed=Exists(Attempt.objects.passed().filter(**own)),
    ).order_by("gathering__starts_at", "pk")[:MOST_SEATS]


def running(seats: Iterable[Any]) -> list[Any]:
    """Of ``seats_ahead`` what is to come, and what is done in one's own pace and is not done yet."""
    return [seat for seat in seats if seat.gathering.ends_at is not None or not seat.is_on_record]


def offers_of(seats: Iterable[Any]) -> list[Task]:
    """Free places that wait for an answer; what runs out first stands first."""
    waiting = [seat for seat in seats if seat.state == SeatState.OFFERED and seat.offer_id]
    return [_offer(seat) for seat in sorted(waiting, key=lambda seat: seat.offer_until)]


def agreements_of(confirmed: Iterable[Any]) -> list[Task]:
    """Leertafels whose agreements she did not sign yet."""
    return [
        Task(
            title=seat.gathering.title,
            text=_("Onderteken de afspraken. Daarna zie je wie er nog meer aan tafel zitten."),
            url=reverse("table_sign", args=(seat.gathering.public_id,)),
            action=_("Lees en onderteken"),
        )
        for seat in confirmed
        if seat.gathering.kind == TABLE and not seat.has_signed
    ]


def lessons_of(confirmed: Iterable[Any]) -> list[Task]:
    """Lessons to finish and tests to pass."""
    learned = (
        seat for seat in confirmed if seat.promise.get("form") in ON_SCREEN or seat.gathering.kind == PREPARATION
    )
    tasks = (_lessons(seat, read_material(seat.teaching)) for seat in learned if seat.teaching)
    return [task for task in tasks if task is not None]


def _offer(seat: Any) -> Task:
    return Task(
        title=seat.gathering.title,
        text=_("Er is een plek voor je vrij. Antwoord voor %(until)s.") % {"until": formats.moment(seat.offer_until)},
        url=address(seat.gathering),
        action=_("Bekijk de plek"),
        until=seat.offer_until,
        offer=seat.offer_id,
    )


def _lessons(seat: Any, material: Material) -> Task | None:
    """None when everything on the screen is done."""
    lessons = len(material.lessons)
    if seat.lessons_finished < lessons:
        text = _("%(done)d van de %(lessons)d lessen gedaan.") % {"done": seat.lessons_finished, "lessons": lessons}
        action = _("Ga verder") if seat.lessons_finished else _("Begin")
    elif material.questions and not seat.has_passed:
        text, action = _("Je hebt alle lessen gedaan. Nu de toets nog."), _("Naar de toets")
    else:
        return None
    url = reverse("learn", args=(seat.gathering.public_id,))
    return Task(title=seat.gathering.title, text=text, url=url, action=action)


def address(gathering: Any) -> str:
    """The page of a gathering."""
    return kind_of(gathering).url(gathering)


def with_addresses(sessions: QuerySet[Session]) -> list[Session]:
    """Sessions with ``url``, the page of their gathering."""
    found: list[Any] = list(sessions)
    for session in found:
        session.url = address(session.gathering)
    return found

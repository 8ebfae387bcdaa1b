"""What the people of the demo did before today: seats, attendance, lessons and tests, through the domain."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from academy.common import clock
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import AttendanceStatus
from academy.gatherings.models import Gathering, Seat, Session
from academy.portal.demo.courses import plan
from certificates.credits.domain.events import grant, submit
from certificates.credits.domain.registrations import register, verify_registration
from certificates.credits.models import Chamber, CreditEntry
from courses.learning.domain.lessons import finish_lesson
from courses.learning.domain.standing import standing_of
from courses.learning.domain.testing import hand_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from academy.people.models import User
    from academy.portal.demo import Demo

# Course, days of the sessions, hours, who took part, how many participants besides, and who was ill.
PAST = (
    ("samenwerken-volgens-top3", (-280, -273), 6, ("noor", "proces", "ontvanger"), 0, ()),
    ("oranje-huis-aanpak", (-210,), 6, ("noor", "proces", "leiding", "yasmin"), 0, ("yasmin",)),
    ("traumasensitief-werken", (-150,), 6, ("noor", "rosa"), 9, ()),
    ("veiligheidsplan-met-het-gezin", (-120,), 4, ("noor", "proces"), 6, ()),
    ("opfrisdag-aandachtsfunctionaris", (-95,), 6, ("noor", "leiding"), 11, ()),
    ("online-geweld-en-stalking", (-75,), 1.5, ("noor", "proces", "els"), 17, ()),
    ("patronen-van-geweld", (-60,), 6, ("proces",), 12, ("proces",)),
    ("herkennen-signaleren-bespreken", (-25,), 4, ("samir",), 7, ()),
)
# Who is registered with SKJ, chamber JGP: months until the period ends.
REGISTERED = {"noor": ("110000001", 14), "proces": ("110000002", 31), "marjan": ("110000003", 5)}
# Noor keeps her register up to date; this many days ago it decided.
GRANTED_AGO = 116


def load_registrations(demo: Demo) -> None:
    chamber = Chamber.objects.with_code("SKJ:JGP").get()
    with demo.days_ago(375):
        today = demo.now.astimezone(clock.AMSTERDAM).date()
        for name, (number, months) in REGISTERED.items():
            starts_on = today + relativedelta(months=months, years=-5)
            held = register(person=demo.people[name], chamber=chamber, number=number, starts_on=starts_on)
            verify_registration(registration=held, by=demo.people["bureau"], on=clock.today())


def load_histories(demo: Demo) -> None:
    """Runs that were given and closed, so that points and certificates of the past are there."""
    crowd = list(demo.participants)
    demo.random.shuffle(crowd)
    for slug, offsets, hours, names, others, ill in PAST:
        gathering = plan(demo, slug, *offsets, hours=hours, ahead=15)
        members = [demo.people[name] for name in names] + [crowd.pop() for _ in range(others)]
        enrol(demo, gathering, members, days=14 - offsets[0])
        learn(demo, gathering, days=3 - offsets[0], skip={demo.people[name].pk for name in ill})
        attend_and_close(demo, gathering, ill={demo.people[name].pk for name in ill})
    _load_e_learning(demo, crowd[:14])


def load_grants(demo: Demo) -> None:
    """What the register decided about, on one day; the last that she handed in still waits for its answer."""
    noor = demo.people["noor"]
    with demo.days_ago(GRANTED_AGO):
        today = clock.today()
        handed_in, looked_at = today - timedelta(days=10), today - timedelta(days=24)
        entries = CreditEntry.objects.filter(subject__person=noor, points_expected__gt=0, completed_on__lte=handed_in)
        for entry in entries.order_by("completed_on", "seq"):
            submit(entry=entry, on=handed_in, by=noor)
            if entry.completed_on <= looked_at:
                grant(entry=entry, points=entry.points_expected, on=today, by=noor)


def enrol(demo: Demo, gathering: Gathering, people: Iterable[User], *, days: int) -> list[Seat]:
    """Everybody takes a seat herself, in the order of ``people``, ``days`` before today."""
    with demo.days_ago(days, hour=11):
        return [take_seat(person=person, gathering=gathering, by=person).seat for person in people]


def learn(demo: Demo, gathering: Gathering, *, days: int, skip: Collection[int] = ()) -> None:
    """Everybody but ``skip`` does the lessons and passes the test."""
    with demo.days_ago(days, hour=19):
        seats = Seat.objects.confirmed().filter(gathering=gathering).select_related("person", "gathering__offering")
        for seat in seats:
            if seat.person_id not in skip:
                study(seat)


def study(seat: Seat) -> None:
    standing = standing_of(seat)
    for lesson in standing.material.lessons:
        finish_lesson(seat=seat, lesson=lesson.id, by=seat.person)
    if standing.has_test:
        answers = {question.id: sorted(question.right) for question in standing.material.questions}
        hand_in(seat=seat, answers=answers, number=1, by=seat.person)


def attend_and_close(demo: Demo, gathering: Gathering, *, ill: set[int]) -> None:
    """The lead writes down who was there, on the day itself, and closes after the last session."""
    lead = demo.people["marjan"]
    for session in Session.objects.filter(gathering=gathering).order_by("starts_at"):
        with clock.frozen(session.ends_at):
            seats = Seat.objects.confirmed().filter(gathering=gathering).select_related("person")
            rows = [
                Row(seat.person, AttendanceStatus.EXCUSED if seat.person_id in ill else AttendanceStatus.PRESENT)
                for seat in seats
            ]
            record_attendance(session=session, rows=rows, by=lead, version=None)
    with clock.frozen(session.ends_at):
        close_gathering(gathering=gathering, by=lead)


def _load_e_learning(demo: Demo, people: list[User]) -> None:
    """Some finished the Meldcode e-learning, some began and stopped; Noor has yet to begin."""
    gathering = Gathering.objects.get(offering=demo.courses["meldcode-in-vijf-stappen"])
    enrol(demo, gathering, [demo.people["noor"]], days=6)
    for number, person in enumerate(people):
        seat = enrol(demo, gathering, [person], days=150 - 9 * number)[0]
        if number % 4 != 3:  # noqa: PLR2004 -- one in four stopped
            with demo.days_ago(149 - 9 * number, hour=20):
                study(seat)

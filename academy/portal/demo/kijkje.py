"""The three Kijkjes of the demo, their visits, and the newcomers who were announced."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from academy.common import clock
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.planning import Plan
from academy.gatherings.domain.section import prepare_catalogue
from academy.gatherings.enums import AttendanceStatus, VenueKind
from academy.gatherings.models import Seat, Venue
from academy.knowledge.models import Theme
from academy.portal.demo.courses import working_day
from academy.portal.demo.histories import enrol, study
from academy.portal.demo.kijkje_texts import KIJKJES, QUESTIONS, STATEMENT
from academy.portal.demo.teaching import teaching
from courses.kijkje.domain.announcing import announce_newcomer, invite_due
from courses.kijkje.domain.preparing import begin_preparation, sign_statement
from courses.kijkje.domain.visits import plan_visit, write_debrief
from courses.kijkje.models import KijkjePage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.gatherings.models import Gathering
    from academy.people.models import User
    from academy.portal.demo import Demo
    from courses.kijkje.domain.announcing import Announced

VT, ORANJE, ANDERSOM = (kijkje.slug for kijkje in KIJKJES)


def load_kijkje(demo: Demo) -> None:
    """Pages, visits of the past and to come, and newcomers."""
    pages = _publish(demo)
    seated = set(Seat.objects.values_list("person", flat=True))
    crowd = [person for person in demo.participants if person.pk not in seated]
    _past(demo, pages, crowd[:3])
    guests = [demo.people["samir"], demo.people["noor"]]
    _ready(demo, pages[ORANJE], guests, days=14)
    waits = _visit(demo, pages[ORANJE], -5, venue="oranje-huis", expert="rosa")
    enrol(demo, waits, guests, days=10)
    _coming(demo, pages, crowd[3:8])
    _announce(demo, crowd[3])


def _publish(demo: Demo) -> dict[str, KijkjePage]:
    pages = {}
    with demo.days_ago(300):
        demo.venues["veilig-thuis"] = Venue.objects.create(
            name="Veilig Thuis Flevoland (fictief adres)",
            kind=VenueKind.OPEN,
            address="Voorbeeldlaan 20, Lelystad",
            directions="Meld je bij de receptie. De ruimte ligt op de begane grond.",
            room_for=12,
        )
        for text in KIJKJES:
            page = KijkjePage(
                slug=text.slug,
                title=text.title,
                introduction=text.introduction,
                audience_text=text.audience_text,
                body=[{"type": "text", "value": text.programme}],
                teaching=teaching(text.lessons),
                statement=STATEMENT,
                debrief_questions=[{"type": "question", "value": question} for question in QUESTIONS],
                audience=text.audience,
                study_load_minutes=text.minutes,
                cut_off_working_days=3,
                provider=demo.organisations[text.provider],
                review_on=clock.today() + timedelta(days=365),
                owner=demo.people["marjan"],
                live=False,
            )
            prepare_catalogue().add_child(instance=page)
            page.themes = list(Theme.objects.filter(slug="samenwerken-in-netwerken"))
            revision = page.save_revision(user=demo.people["marjan"])
            revision.publish(user=demo.people["redactie"], skip_permission_checks=True)
            pages[text.slug] = page
    return pages


def _visit(
    demo: Demo,
    page: KijkjePage,
    offset: int,
    *,
    venue: str = "veilig-thuis",
    host: str = "ontvanger",
    expert: str | None = None,
    visitors: int = 3,
) -> Gathering:
    # After lunch, and over when the leertafels begin; who sits in a run that ends later is asked for another day.
    start = clock.amsterdam(working_day(demo, offset), time(13))
    place = demo.venues[venue]
    with demo.days_ago(max(30 - offset, 3), hour=8):
        return plan_visit(
            page=page,
            session=Plan(start, start + timedelta(hours=3), venue=place),
            host=demo.people[host],
            back_up=demo.people["bureau"],
            expert=demo.people[expert] if expert else None,
            visitors=visitors,
            remarks="Neem een legitimatiebewijs mee. Er is koffie en thee.",
            by=None,
        ).gathering


def _ready(demo: Demo, page: KijkjePage, people: Iterable[User], *, days: int) -> None:
    """They did the lessons and signed."""
    with demo.days_ago(days, hour=20):
        for person in people:
            study(begin_preparation(page=page, by=person))
            sign_statement(page=page, version=page.statement_version, by=person)


def _past(demo: Demo, pages: dict[str, KijkjePage], guests: list[User]) -> None:
    page = pages[VT]
    _ready(demo, page, guests, days=55)
    gathering = _visit(demo, page, -45)
    seats = enrol(demo, gathering, guests, days=50)
    session = gathering.sessions.get()
    with clock.frozen(session.ends_at + timedelta(minutes=10)):
        rows = [Row(guest, AttendanceStatus.PRESENT) for guest in guests]
        record_attendance(session=session, rows=rows, by=demo.people["ontvanger"], version=None)
        close_gathering(gathering=gathering, by=demo.people["ontvanger"])
        write_debrief(
            seat=seats[0],
            note="Ik durf nu eerder te bellen.",
            answers=["Dat je advies kunt vragen zonder naam.", "Bij twijfel eerst bellen, niet eerst mailen."],
            by=guests[0],
        )


def _coming(demo: Demo, pages: dict[str, KijkjePage], guests: list[User]) -> None:
    """One that is full with somebody waiting, one with room, one in a closed place, one the other way around."""
    page = pages[VT]
    _ready(demo, page, guests[:3], days=20)
    enrol(demo, _visit(demo, page, 6, visitors=2), guests[:3], days=10)
    _visit(demo, page, 19)
    _visit(demo, page, 40, visitors=4)
    closed = _visit(demo, pages[ORANJE], 2, venue="oranje-huis", expert="rosa", visitors=2)
    _ready(demo, pages[ORANJE], guests[3:], days=9)
    enrol(demo, closed, guests[3:4], days=8)
    _visit(demo, pages[ORANJE], 27, venue="oranje-huis", expert="rosa", visitors=4)
    andersom = _visit(demo, pages[ANDERSOM], 11, venue="lelystad", host="pieter", visitors=2)
    _ready(demo, pages[ANDERSOM], [demo.people["proces"]], days=7)
    enrol(demo, andersom, [demo.people["proces"]], days=6)


def _announce(demo: Demo, booked: User) -> None:
    """Samir, and four people whom Pieter told of: one found her way, one did not, two only just begin."""
    for name, email, starts, by in (
        ("Samir El Idrissi (fictief)", demo.people["samir"].email, 42, "bureau"),
        ("Jesse Bakker (fictief)", "jesse.bakker@wijkteam-lelystad.example", 104, "pieter"),
        (booked.full_name, booked.email, 31, "pieter"),
        ("Fatma Yildiz (fictief)", "fatma.yildiz@wijkteam-lelystad.example", 4, "pieter"),
        ("Lot de Ruiter (fictief)", "lot.deruiter@wijkteam-lelystad.example", -9, "pieter"),
    ):
        with demo.days_ago(max(starts, 0) + 6, hour=9):
            _newcomer(demo, name, email, starts, by)
        if starts > 0:
            with demo.days_ago(starts, hour=8):
                invite_due()


def _newcomer(demo: Demo, name: str, email: str, starts: int, by: str) -> Announced:
    team = demo.teams["vaart" if by == "bureau" else "waterwijk"]
    day = demo.now.astimezone(clock.AMSTERDAM).date() - timedelta(days=starts)
    return announce_newcomer(name=name, email=email, team=team, starts_on=day, by=demo.people[by])

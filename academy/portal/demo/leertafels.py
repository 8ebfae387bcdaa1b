"""The four leertafels of the demo: all fictional, with meetings behind them and ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from academy.common import clock
from academy.gatherings.domain.approval import approve_seat
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering, close_session
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.planning import Plan, invite, open_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.domain.section import prepare_catalogue
from academy.gatherings.enums import Approval, Audience, LeadRole
from academy.gatherings.models import Session
from academy.knowledge.enums import Pillar
from academy.knowledge.models import Theme
from academy.people.models import Region
from academy.portal.demo.courses import working_day
from academy.portal.demo.histories import enrol
from leertafels.domain.signing import sign_agreements
from leertafels.domain.tables import plan_leertafel
from leertafels.enums import Level, Method, Mode
from leertafels.models import Leertafel, LeertafelPage

if TYPE_CHECKING:
    from academy.people.models import User
    from academy.portal.demo import Demo

LEAD = "marjan"
# Tables meet when the courses of the day are over, and never two on one day, also when a weekend moves one.
BEGINS = time(16, 0)
# Two series of intervision: ten meetings of last year; of this one nine are closed, one waits, two are to come.
FIRST_SERIES = tuple(range(-343, -216, 14))
SECOND_SERIES = tuple(range(-191, 41, 21))
CLOSED = 9


@dataclass(frozen=True)
class Text:
    """What the page of a leertafel says."""

    slug: str
    title: str
    introduction: str
    audience_text: str
    body: str
    theme: str
    mode: Mode
    method: Method
    level: Level = Level.PRACTICE
    region: str = ""
    audience: Audience = Audience.EVERYONE
    minutes: int = 120


TEXTS = (
    Text(
        "leertafel-veiligheid-in-het-gezin",
        "Leertafel Flevoland: Veiligheid in het gezin",
        "Met een vaste groep uit lokale teams bespreek je een casus waarin niemand te herkennen is.",
        "Voor medewerkers van lokale teams in Almere, Lelystad en Dronten.",
        "Iemand brengt een leervraag in. Samen kijken jullie wat er nu aan gevaar is, welk patroon je ziet, wat er al "
        "geregeld is en wat iedereen ervan leert. Wie wat doet in het gezin beslis je met je eigen team.",
        "veiligheidsplannen-en-veiligheidsafspraken",
        Mode.CASE,
        Method.SAFETY,
        region="flevoland",
    ),
    Text(
        "intervisietafel-zaanstreek-waterland",
        "Intervisietafel Zaanstreek-Waterland",
        "Je onderzoekt je eigen handelen, met vragen van vakgenoten en zonder kant-en-klare adviezen.",
        "Voor wie met gezinnen werkt en op het eigen werk wil terugkijken.",
        "We beginnen met wat je bezighoudt. Daarna werken we met de incidentmethode. Je gaat weg met een nieuwe vraag "
        "of een volgende stap voor jezelf.",
        "vakmanschap-en-registratie",
        Mode.INTERVISION,
        Method.INCIDENT,
        region="zaanstreek-waterland",
    ),
    Text(
        "leertafel-aandachtsfunctionarissen",
        "Leertafel aandachtsfunctionarissen (online)",
        "Anderhalf uur online met aandachtsfunctionarissen uit heel verschillende organisaties.",
        "Voor aandachtsfunctionarissen, bijvoorbeeld in de jeugdgezondheidszorg, de ouderenzorg of een wijkteam.",
        "De ene helft bespreken we hoe je collega's meekrijgt in de Meldcode, de andere helft kijk je terug op hoe jij "
        "dat deed.",
        "meldcode-en-afwegingskader",
        Mode.MIXED,
        Method.FIVE_STEPS,
        minutes=90,
    ),
    Text(
        "managementtafel-lokale-teams",
        "Managementtafel lokale teams",
        "Leidinggevenden spreken elk kwartaal over een thema. Er komen geen casussen op tafel.",
        "Op uitnodiging, voor leidinggevenden van lokale teams en van Veilig Thuis.",
        "Elke keer een ander thema: tijd om te leren, werkdruk, samen optrekken rond veiligheid.",
        "samenwerken-in-netwerken",
        Mode.INTERVISION,
        Method.FIVE_STEPS,
        level=Level.MANAGEMENT,
        audience=Audience.INVITATION,
    ),
)


def load_leertafels(demo: Demo) -> None:
    """Pages first, then the tables in the order of :data:`TEXTS`."""
    pages = _pages(demo)
    crowd = [person for person in demo.participants if not _works_for(person, demo.people["pieter"])]
    demo.random.shuffle(crowd)
    _safety(demo, pages[0], crowd[:6])
    _intervision(demo, pages[1], crowd[6:8])
    _online(demo, pages[2], crowd[8:13])
    _management(demo, pages[3])


def _works_for(person: User, manager: User) -> bool:
    return person.memberships.filter(manager=manager).exists()


def _pages(demo: Demo) -> list[LeertafelPage]:
    regions, catalogue, pages = {one.slug: one for one in Region.objects.all()}, prepare_catalogue(), []
    with demo.days_ago(372):
        for text in TEXTS:
            page = LeertafelPage(
                slug=text.slug,
                title=text.title,
                introduction=text.introduction,
                audience_text=text.audience_text,
                body=[{"type": "text", "value": f"<p>{text.body}</p>"}],
                pillar=Pillar.SKILLS,
                mode=text.mode,
                method=text.method,
                level=text.level,
                region=regions.get(text.region),
                audience=text.audience,
                study_load_minutes=text.minutes,
                review_on=clock.today() + timedelta(days=365),
                owner=demo.people[LEAD],
                live=False,
            )
            catalogue.add_child(instance=page)
            page.themes = list(Theme.objects.filter(slug=text.theme))
            revision = page.save_revision(user=demo.people[LEAD])
            revision.publish(user=demo.people["redactie"], skip_permission_checks=True)
            pages.append(page)
    return pages


def _table(
    demo: Demo, page: LeertafelPage, offsets: tuple[int, ...], *, minutes: int, venue: str = "", **terms: Any
) -> Leertafel:
    """An open table led by the facilitator, planned three weeks before its first meeting."""
    moments = [clock.amsterdam(working_day(demo, offset), BEGINS) for offset in offsets]
    where = {"venue": demo.venues[venue]} if venue else {"online_url": "https://voorbeeld.example/leertafel"}
    plans = [Plan(starts_at=moment, ends_at=moment + timedelta(minutes=minutes), **where) for moment in moments]
    with demo.days_ago(min(21 - offsets[0], 366) if offsets[0] < 0 else 21, hour=8):
        table = plan_leertafel(page=page, sessions=plans, by=None, **terms)
        assign_lead(gathering=table.gathering, person=demo.people[LEAD], role=LeadRole.FACILITATES, by=None)
        open_gathering(gathering=table.gathering, by=None)
    return table


def _sign(demo: Demo, table: Leertafel, people: list[User], *, days: int) -> None:
    with demo.days_ago(days, hour=12):
        for person in people:
            sign_agreements(leertafel=table, version=1, by=person)


def _hold(
    demo: Demo, table: Leertafel, present: dict[User, int | None], *, number: int, clocks: tuple[int, int]
) -> Session:
    """One meeting, written down when it ended; who is not named was absent."""
    session: Session = Session.objects.filter(gathering=table.gathering).order_by("starts_at")[number]
    with clock.frozen(session.ends_at):
        rows = [Row(person, "present", minutes) for person, minutes in present.items()]
        expected = table.gathering.seats.confirmed().select_related("person")
        rows += [Row(seat.person, "excused") for seat in expected if seat.person not in present]
        told = {"intervision_minutes": clocks[0], "case_minutes": clocks[1]}
        record_attendance(session=session, rows=rows, by=demo.people[LEAD], version=0, **told)
    return session


def _close(demo: Demo, session: Session) -> None:
    with clock.frozen(session.ends_at):
        close_session(session=session, by=demo.people[LEAD])


def _safety(demo: Demo, page: LeertafelPage, crowd: list[User]) -> None:
    """A case discussion within two working days; the newcomer has a place and signed."""
    table = _table(demo, page, (-41, 1, 43, 85), minutes=120, venue="lelystad", capacity=10, asks_text=True)
    enrol(demo, table.gathering, crowd, days=55)
    _sign(demo, table, crowd[:4], days=54)
    _close(demo, _hold(demo, table, dict.fromkeys(crowd[:5]), number=0, clocks=(0, 120)))
    samir = demo.people["samir"]
    enrol(demo, table.gathering, [samir], days=20)
    _sign(demo, table, [samir], days=20)


def _intervision(demo: Demo, page: LeertafelPage, crowd: list[User]) -> None:
    """A series of last year with its proof, and one that goes on; its last meeting waits for its attendance."""
    noor, samir, proces = (demo.people[name] for name in ("noor", "samir", "proces"))
    members = [noor, proces, *crowd]
    first = _table(demo, page, FIRST_SERIES, minutes=120, venue="academie", title=f"{page.title}, eerste reeks")
    enrol(demo, first.gathering, members, days=350)
    _sign(demo, first, members, days=349)
    for number in range(len(FIRST_SERIES)):
        there = members if number % 5 else [one for one in members if one != proces]
        _hold(demo, first, dict.fromkeys(there), number=number, clocks=(120, 0))
    with demo.days_ago(-FIRST_SERIES[-1] - 1):
        close_gathering(gathering=first.gathering, by=demo.people[LEAD])
    second = _table(demo, page, SECOND_SERIES, minutes=120, venue="academie", capacity=8)
    enrol(demo, second.gathering, members, days=200)
    _sign(demo, second, members[:3], days=199)
    for number in range(CLOSED):
        there = members if number % 4 else [one for one in members if one != crowd[0]]
        if number == CLOSED - 1:
            enrol(demo, second.gathering, [samir], days=30)
            there = [*there, samir]
        _close(demo, _hold(demo, second, dict.fromkeys(there), number=number, clocks=(120, 0)))


def _online(demo: Demo, page: LeertafelPage, crowd: list[User]) -> None:
    """By request; one person still waits for a yes."""
    table = _table(demo, page, (-51, 12, 68), minutes=90, approval=Approval.LEAD, minimum=5)
    with demo.days_ago(60, hour=11):
        for person in crowd[:4]:
            seat = take_seat(person=person, gathering=table.gathering, by=person).seat
            approve_seat(seat=seat, by=demo.people[LEAD])
    _sign(demo, table, crowd[:4], days=68)
    _close(demo, _hold(demo, table, dict.fromkeys(crowd[:4], 75), number=0, clocks=(45, 45)))
    enrol(demo, table.gathering, crowd[4:], days=2)


def _management(demo: Demo, page: LeertafelPage) -> None:
    """By invitation, every quarter."""
    table = _table(demo, page, (-62, 29, 120), minutes=120, venue="academie")
    managers = [demo.people["leiding"], demo.people["pieter"]]
    with demo.days_ago(80):
        invite(gathering=table.gathering, people=managers, by=demo.people["bureau"])
    enrol(demo, table.gathering, managers, days=75)
    _sign(demo, table, managers, days=74)
    _close(demo, _hold(demo, table, dict.fromkeys(managers), number=0, clocks=(120, 0)))

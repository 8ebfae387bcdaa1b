"""The courses, places and open runs of the demo."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from academy.common import clock
from academy.gatherings.domain.accrediting import accredit
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.planning import Plan, open_gathering
from academy.gatherings.domain.section import prepare_catalogue
from academy.gatherings.enums import Form, LeadRole, VenueKind
from academy.gatherings.models import Venue
from academy.knowledge.domain.section import prepare_knowledge
from academy.knowledge.models import Theme
from academy.people.models import Municipality
from academy.portal.demo.course_texts import COURSES, Course
from academy.portal.demo.teaching import teaching
from certificates.credits.models import Chamber
from courses.domain.runs import plan_run
from courses.models import CoursePage, ExternalOfferPage

if TYPE_CHECKING:
    from academy.gatherings.models import Gathering
    from academy.portal.demo import Demo

SATURDAY = 5
VENUES = {
    "academie": (
        "Academie Almere, zaal 2",
        VenueKind.OPEN,
        "Voorbeeldstraat 1, Almere",
        "Lift en invalidentoilet.",
        24,
        "Almere",
    ),
    "lelystad": ("Buurtcentrum De Polder (fictief)", VenueKind.OPEN, "Voorbeeldplein 8, Lelystad", "", 16, "Lelystad"),
    "oranje-huis": (
        "Oranje Huis, trainingsruimte",
        VenueKind.CLOSED,
        "Voorbeeldkade 3, Almere",
        "Meld je bij de balie.",
        12,
        "Almere",
    ),
}


def load_courses(demo: Demo) -> None:
    """Publish every course, with what SKJ grants for it, and one offer of somebody else."""
    with demo.days_ago(370):
        prepare_knowledge()
        catalogue = prepare_catalogue()
        for name, (title, kind, address, directions, room, municipality) in VENUES.items():
            demo.venues[name] = Venue.objects.create(
                name=title,
                kind=kind,
                address=address,
                directions=directions,
                room_for=room,
                municipality=Municipality.objects.get(name=municipality),
            )
        for course in COURSES:
            page = CoursePage(**_facts(course), owner=demo.people["marjan"], live=False)
            catalogue.add_child(instance=page)
            _publish(page, course.theme, demo)
            demo.courses[course.slug] = page
            if course.points:
                _accredit(page, course)
        offer = ExternalOfferPage(
            slug="symposium-veilig-opgroeien",
            title="Symposium Veilig opgroeien (fictief)",
            introduction="Een dag over veiligheid in gezinnen, door een andere aanbieder.",
            provider_name="Stichting Voorbeeld",
            url_out="https://voorbeeld.example/symposium",
            when="elk najaar",
            form=Form.SYMPOSIUM,
            study_load_minutes=420,
            owner=demo.people["redactie"],
            live=False,
        )
        catalogue.add_child(instance=offer)
        _publish(offer, "samenwerken-in-netwerken", demo)


def _facts(course: Course) -> dict[str, Any]:
    return {
        "slug": course.slug,
        "title": course.title,
        "introduction": course.introduction,
        "goals": [{"type": "goal", "value": goal} for goal in course.goals],
        "audience_text": course.audience_text,
        "body": [{"type": "text", "value": course.programme}],
        "teaching": teaching(course.lessons),
        "form": course.form,
        "pillar": course.pillar,
        "audience": course.audience,
        "study_load_minutes": course.minutes,
        "is_mandatory": course.is_mandatory,
        "review_on": clock.today() + timedelta(days=550),
    }


def _publish(page: CoursePage | ExternalOfferPage, theme: str, demo: Demo) -> None:
    page.themes = list(Theme.objects.filter(slug=theme))
    page.save_revision(user=demo.people["marjan"]).publish(user=demo.people["redactie"], skip_permission_checks=True)


def _accredit(page: CoursePage, course: Course) -> None:
    chamber = Chamber.objects.with_code("SKJ:JGP").get()
    accredit(
        offering=page,
        register=chamber.register,
        chamber=chamber,
        points=Decimal(course.points),
        valid_from=clock.today() - timedelta(days=30),
        valid_to=clock.today() + timedelta(days=1090),
        by=None,
        number=f"DEMO-{page.slug.upper()[:30]}",
        requirement=course.requirement,
        points_min_pct=100,
    )


def working_day(demo: Demo, offset: int) -> date:
    """``offset`` days from the day of loading, moved away from today until it is no Saturday or Sunday.

    Two things that cannot be at once, because they share a place, a lead or somebody who takes part, therefore lie at
    least three days apart: on some day of the week two and one would meet on the same Monday.
    """
    today = demo.now.astimezone(clock.AMSTERDAM).date()
    day = today + timedelta(days=offset)
    while offset and day.weekday() >= SATURDAY:
        day += timedelta(days=1 if offset > 0 else -1)
    return day


def plan(
    demo: Demo,
    slug: str,
    *offsets: int,
    at: int = 9,
    hours: float = 3,
    ahead: int = 60,
    venue: str | None = "academie",
    lead: str = "marjan",
    **terms: Any,
) -> Gathering:
    """An open run with a session ``offsets`` days from today, planned ``ahead`` days before the first."""
    moments = [clock.amsterdam(working_day(demo, offset), time(at, 30)) for offset in offsets]
    with demo.days_ago(max(ahead - offsets[0], 3) if offsets else ahead, hour=8):
        online = "" if venue else "https://voorbeeld.example/online"
        sessions = [_session(moment, hours, demo.venues[venue] if venue else None, online) for moment in moments]
        run = plan_run(course=demo.courses[slug], sessions=sessions, by=None, **terms)
        assign_lead(gathering=run.gathering, person=demo.people[lead], role=LeadRole.GIVES, by=None)
        return open_gathering(gathering=run.gathering, by=None)


def _session(moment: datetime, hours: float, venue: Venue | None, online: str) -> Plan:
    return Plan(starts_at=moment, ends_at=moment + timedelta(hours=hours), venue=venue, online_url=online)


def load_runs(demo: Demo) -> None:
    """What somebody can enrol for."""
    plan(demo, "meldcode-in-vijf-stappen", ahead=185)
    plan(demo, "intieme-terreur", 24, hours=6, capacity=16)
    plan(demo, "intieme-terreur", 66, hours=6, venue="lelystad", capacity=12)
    plan(demo, "samenwerken-volgens-top3", 35, 42, hours=6, capacity=14, minimum=6)
    plan(demo, "herkennen-signaleren-bespreken", 8, hours=4, venue="lelystad", capacity=12, minimum=5)
    plan(demo, "traumasensitief-werken", 46, hours=6, capacity=18)
    plan(demo, "motiverende-gespreksvoering", 53, 60, hours=4, venue="lelystad", capacity=14)
    plan(demo, "oranje-huis-aanpak", 39, hours=6, venue="oranje-huis", capacity=10)
    plan(demo, "patronen-van-geweld", 72, hours=6, capacity=16)
    plan(demo, "opfrisdag-aandachtsfunctionaris", 79, hours=6, capacity=30)
    plan(demo, "stevig-blijven-staan", 30, venue="oranje-huis", capacity=10)

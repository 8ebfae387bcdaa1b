"""Coverage, contacts and requests of the demo, uneven on purpose: Almere has everything, Urk and Zeewolde nothing.

Who was at a visit, a training or a leertafel is for other steps. This one lets people change or add a team, as they
do, so that of those who were somewhere some work in Almere and in Dronten only visitors are left.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock
from academy.gatherings.models import Offering
from academy.partners.domain.agreements import agree
from academy.partners.domain.contacts import add_contact, set_team_contact
from academy.partners.domain.counting import choose_offerings
from academy.partners.domain.outreach import finish_step, record_outreach
from academy.partners.domain.requests import ask_information, decline_request, hold_request, plan_request
from academy.partners.enums import AgreementKind, ContactLevel, CountsAs, Moment, OutreachKind, RequestTopic
from academy.partners.moments import ORDER, reached
from academy.people.domain.confirming import approve_membership
from academy.people.domain.joining import add_membership, end_membership
from academy.people.domain.organisations import change_team
from academy.people.enums import Engagement
from academy.people.models import Membership, Municipality

if TYPE_CHECKING:
    from academy.people.models import Team, User
    from academy.portal.demo import Demo

SET = (
    "meldcode-in-vijf-stappen",
    "herkennen-signaleren-bespreken",
    "patronen-van-geweld",
    "veiligheidsplan-met-het-gezin",
)
REFRESHER = ("opfrisdag-aandachtsfunctionaris",)
COLLEAGUES_WITHOUT_ACCOUNT = 6
ALMERE, DRONTEN, LELYSTAD, NOORDOOSTPOLDER, ZAANSTAD = "GM0034", "GM0303", "GM0995", "GM0171", "GM0479"
CONTACTS = (
    (ALMERE, "Wim Zijlstra (fictief)", "beleidsadviseur sociaal domein", ContactLevel.TACTICAL),
    (ALMERE, "Gonnie Vos (fictief)", "wethouder zorg en welzijn", ContactLevel.STRATEGIC),
    (DRONTEN, "Henk Beerda (fictief)", "coördinator sociaal team", ContactLevel.OPERATIONAL),
    (LELYSTAD, "Soraya Mansour (fictief)", "beleidsadviseur jeugd", ContactLevel.TACTICAL),
    (ZAANSTAD, "Joop Kat (fictief)", "programmamanager veiligheid", ContactLevel.TACTICAL),
)
# Municipality, kind, days ago, outcome, next step, days from now until it is due.
OUTREACH = (
    (
        ALMERE,
        OutreachKind.MEETING,
        40,
        "Beide wijkteams nemen het Kijkje op in het inwerkprogramma.",
        "Halfjaarrapport bespreken",
        12,
    ),
    (
        DRONTEN,
        OutreachKind.OFFER,
        30,
        "Aanbod gedaan voor de set trainingen.",
        "Bellen of het team een datum heeft",
        -6,
    ),
    (NOORDOOSTPOLDER, OutreachKind.CALL, 21, "Het team deelt mensen met Dronten.", "Samen met Dronten om tafel", -2),
    (LELYSTAD, OutreachKind.VISIT, 15, "Kennisgemaakt met de nieuwe teamleider.", "Leertafel voorstellen", 3),
    (ZAANSTAD, OutreachKind.MAIL, 9, "Gevraagd wie de aandachtsfunctionaris is.", "", None),
)


def load_partners(demo: Demo) -> None:
    """Everything of it, with the clock on the day it happened."""
    places = {place.code: place for place in Municipality.objects.select_related("successor")}
    with demo.days_ago(365):
        choose(demo)
        for code, name, function, level in CONTACTS:
            add_contact(
                partner=places[code],
                by=demo.people["els"],
                name=name,
                function=function,
                level=level,
                email=f"{name.split()[0].lower()}@gemeente.example",
            )
    spread_people(demo)
    load_teams(demo, places)
    load_outreach(demo, places)
    load_requests(demo, places)


def choose(demo: Demo) -> None:
    """Which trainings make the second moment."""
    for slugs, counts_as in ((SET, CountsAs.SET), (REFRESHER, CountsAs.REFRESHER)):
        offerings = Offering.objects.filter(slug__in=slugs)
        choose_offerings(offerings=offerings, counts_as=counts_as, by=demo.people["els"])


def spread_people(demo: Demo) -> None:
    """Almere has people of every moment that somebody had, Team Polderrand (Dronten) only of the first."""
    had: dict[int, set[Moment]] = defaultdict(set)
    for key, number in reached():
        had[key].add(ORDER[number])
    crowd = [person for person in demo.participants if had[person.pk]]
    vaart, polderrand = demo.teams["vaart"], demo.teams["polderrand"]
    with demo.days_ago(4):
        for person in crowd:
            if had[person.pk] - {Moment.MEET} and (place := _place(person, polderrand)):
                end_membership(membership=place, on=clock.today(), by=None)
                _join(person, demo.teams["noord"])
        visitors = [person for person in crowd if had[person.pk] == {Moment.MEET}]
        if visitors and not any(_place(person, polderrand) for person in visitors):
            _join(visitors[0], polderrand)
        for moment in Moment:
            there = [person for person in crowd if moment in had[person.pk]]
            if there and not any(_place(person, vaart) for person in there):
                _join(there[-1], vaart)


def _place(person: User, team: Team) -> Membership | None:
    found: Membership | None = Membership.objects.current().filter(person=person, team=team).first()
    return found


def _join(person: User, team: Team) -> None:
    place = add_membership(
        person=person, organisation=team.organisation, team=team, engagement=Engagement.PARTNER, by=None
    )
    approve_membership(membership=place, by=None)


def load_teams(demo: Demo, places: dict[str, Municipality]) -> None:
    """Headcounts, fixed contacts, and the Kijkje in the programme for new colleagues."""
    els, teams = demo.people["els"], demo.teams
    with demo.days_ago(120):
        for key in ("vaart", "haven", "waterwijk"):
            number = Membership.objects.current().filter(team=teams[key]).count() + COLLEAGUES_WITHOUT_ACCOUNT
            change_team(team=teams[key], headcount=number, headcount_on=clock.today(), by=els)
        set_team_contact(
            team=teams["vaart"],
            display_name="Sanne Hofstra (fictief)",
            work_phone="036 123 45 67",
            days_present="dinsdagochtend, op kantoor aan De Vaart",
            by=els,
        )
        set_team_contact(
            team=teams["waterwijk"],
            display_name="Ruben de Lange (fictief)",
            work_phone="0320 12 34 56",
            days_present="om de week op donderdag",
            by=els,
        )
    with demo.days_ago(90):
        today = clock.today()
        agree(partner=places[ALMERE], team=teams["vaart"], kind=AgreementKind.ONBOARDING, starts_on=today, by=els)
        agree(partner=places[ALMERE], team=teams["haven"], kind=AgreementKind.ONBOARDING, starts_on=today, by=els)
        agree(partner=places[LELYSTAD], kind=AgreementKind.PRESENCE, starts_on=today, by=els)


def load_outreach(demo: Demo, places: dict[str, Municipality]) -> None:
    els, today = demo.people["els"], demo.now.astimezone(clock.AMSTERDAM).date()
    for code, kind, days, outcome, step, due_in in OUTREACH:
        with demo.days_ago(days):
            record_outreach(
                partner=places[code],
                kind=kind,
                held_on=clock.today(),
                outcome=outcome,
                next_step=step,
                due_on=None if due_in is None else today + timedelta(days=due_in),
                by=els,
            )
    with demo.days_ago(70):
        first = record_outreach(
            partner=demo.organisations["dijkhof"],
            kind=OutreachKind.OFFER,
            held_on=clock.today(),
            outcome="Belangstelling voor een voorlichting over ouderenmishandeling.",
            next_step="Voorlichting plannen",
            due_on=clock.today() + timedelta(days=14),
            by=els,
        )
    with demo.days_ago(60):
        finish_step(outreach=first, by=els)


def load_requests(demo: Demo, places: dict[str, Municipality]) -> None:
    """One of each state."""
    els = demo.people["els"]
    asked = (
        (75, ALMERE, "", RequestTopic.VEILIG_THUIS, 25, "gonnie"),
        (28, None, "Ouderenzorg De Dijkhof (fictief)", RequestTopic.OLDER_PEOPLE, 14, "teamleider"),
        (12, None, "Handbalclub De Polder (fictief)", RequestTopic.OTHER, 6, "bestuur"),
        (2, LELYSTAD, "", RequestTopic.MELDCODE, 18, "soraya"),
    )
    made = []
    for days, code, name, topic, people, who in asked:
        with demo.days_ago(days, hour=14):
            made.append(
                ask_information(
                    municipality=places[code] if code else None,
                    organisation_name=name,
                    topic=topic,
                    wanted_from=clock.today() + timedelta(days=14),
                    wanted_until=clock.today() + timedelta(days=60),
                    people=people,
                    contact_name=f"{who.capitalize()} (fictief)",
                    contact_email=f"{who}@aanvraag.example",
                )
            )
    held, planned, declined, _new = made
    with demo.days_ago(70):
        plan_request(request=held, planned_for=clock.today() + timedelta(days=25), by=els)
    with demo.days_ago(44):
        hold_request(request=held, held_on=clock.today(), by=els)
    with demo.days_ago(20):
        plan_request(request=planned, planned_for=clock.today() + timedelta(days=34), by=els)
    with demo.days_ago(9):
        decline_request(
            request=declined, reason="Voor een sportclub past de e-learning over de Meldcode beter.", by=els
        )

"""Local teams, people who were somewhere, and what stands about a partner."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from academy.common import clock
from academy.gatherings.models import Attendance, Seat, Session
from academy.partners.domain.requests import ask_information
from academy.partners.models import Agreement, Contact, CountedOffering, InformationRequest, Outreach, TeamContact
from academy.people.models import Municipality, Team, User
from courses.learning.models import Attempt
from tests.factories import make_membership, make_municipality, make_person, make_team
from tests.gatherings.factories import make_gathering, make_offering

_number = count(1)
KINDS = {"kennismaken": "visit", "trainen": "run", "leertafel": "leertafel"}


def make_local_team(*places: Municipality, **values) -> Team:
    team = make_team(**values)
    team.municipalities.set(places or [make_municipality()])
    return team


def make_member(team: Team, **values) -> User:
    """A confirmed member of ``team``."""
    person = make_person()
    facts = {"starts_on": date(2020, 1, 1), "approved_at": clock.now(), **values}
    make_membership(person, team=team, **facts)
    return person


def was_at(moment: str, *people: User, days_ago: int = 10, status: str = "present", counts: bool = True) -> Session:
    """``people`` were at a visit, a training of the set or a leertafel."""
    gathering = make_gathering(kind=KINDS[moment], starts_in=timedelta(days=-days_ago))
    if moment == "trainen" and counts:
        CountedOffering.objects.create(offering=gathering.offering, counts_as="set")
    session = gathering.sessions.get()
    attend(session, *people, status=status)
    return session


def attend(session: Session, *people: User, status: str = "present") -> None:
    Attendance.objects.bulk_create(
        Attendance(
            session=session,
            person=person,
            status=status,
            minutes=60 if status == "present" else 0,
            version=1,
            recorded_at=clock.now(),
        )
        for person in people
    )


def passed_e_learning(person: User, *, days_ago: int = 10) -> None:
    """Somebody passed the test of an e-learning of the set."""
    gathering = make_gathering(sessions=0, offering=make_offering(form="e_learning"))
    CountedOffering.objects.create(offering=gathering.offering, counts_as="set")
    moment = clock.now()
    seat = Seat.objects.create(
        gathering=gathering,
        person=person,
        state="confirmed",
        queue_key=next(_number),
        requested_at=moment,
        changed_at=moment,
        confirmed_at=moment,
    )
    Attempt.objects.create(
        seat=seat,
        number=1,
        submitted_at=moment - timedelta(days=days_ago),
        right=8,
        asked=10,
        passed=True,
        answers={},
        outcome={},
    )


def make_contact(partner: Municipality | None = None, **values) -> Contact:
    facts = {"name": f"Contact {next(_number)}", "function": "beleidsadviseur", **values}
    if "organisation" not in facts:
        facts["municipality"] = partner or make_municipality()
    return Contact.objects.create(**facts)


def make_outreach(partner: Municipality | None = None, **values) -> Outreach:
    facts = {"kind": "call", "held_on": clock.today() - timedelta(days=20), **values}
    if "organisation" not in facts:
        facts["municipality"] = partner or make_municipality()
    return Outreach.objects.create(**facts)


def make_step(partner: Municipality | None = None, *, due_in: int = 3, **values) -> Outreach:
    """A contactmoment with a next step."""
    return make_outreach(
        partner, **{"next_step": "Bel terug", "due_on": clock.today() + timedelta(days=due_in), **values}
    )


def make_agreement(partner: Municipality | None = None, **values) -> Agreement:
    facts = {"kind": "onboarding", "starts_on": clock.today() - timedelta(days=30), **values}
    if "organisation" not in facts:
        facts["municipality"] = partner or make_municipality()
    return Agreement.objects.create(**facts)


def request_facts(**values) -> dict:
    today = clock.today()
    return {
        "municipality": None,
        "organisation_name": "Basisschool De Vlieger",
        "topic": "meldcode",
        "wanted_from": today + timedelta(days=10),
        "wanted_until": today + timedelta(days=40),
        "people": 18,
        "contact_name": "Ria Smit",
        "contact_email": "ria@school.example",
        **values,
    }


def make_request(**values) -> InformationRequest:
    return ask_information(**request_facts(**values))


def make_team_contact(team: Team, **values) -> TeamContact:
    facts = {"display_name": "Sanne", "work_phone": "06 1234 5678", "starts_on": date(2026, 1, 1), **values}
    return TeamContact.objects.create(team=team, **facts)

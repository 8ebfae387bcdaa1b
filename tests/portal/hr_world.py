"""A team with a manager, HR, and colleagues who learned something."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from academy.common import clock
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Seat
from academy.people.enums import Role
from academy.people.models import Organisation, Team, User
from certificates.domain.recognition import recognise
from tests.credits.factories import trained
from tests.factories import make_membership, make_organisation, make_person, make_team, make_with_role
from tests.gatherings.factories import fresh, make_gathering, make_offering
from tests.people.factories import make_consent

_number = count(1)
DAY = date(2026, 3, 2)
YEAR = "van=2026-01-01&tot=2026-12-31"


@dataclass
class Place:
    """Our own organisation with one team."""

    own: Organisation = field(default_factory=lambda: make_organisation(name="Eigen huis", is_own=True))
    team: Team | None = None
    hr: User | None = None
    manager: User | None = None

    def __post_init__(self):
        make_consent()
        self.team = make_team(organisation=self.own, name="Team Oranje")
        self.hr = make_with_role(Role.HR)
        self.manager = make_with_role(Role.TEAM_MANAGER, team=self.team)

    def colleague(self, name=None, **place) -> User:
        person = make_person(**({"full_name": name} if name else {}))
        place = {"team": self.team, "manager": self.manager, "starts_on": date(2020, 1, 1), **place}
        make_membership(person, **place)
        return fresh(person)


def make_seat(person, gathering=None, **values) -> Seat:
    """A confirmed seat, as if it had been taken long ago."""
    moment = clock.now()
    return Seat.objects.create(
        **{
            "gathering": gathering or make_gathering(),
            "person": person,
            "state": SeatState.CONFIRMED,
            "queue_key": next(_number),
            "requested_at": moment,
            "changed_at": moment,
            "confirmed_at": moment,
            **values,
        }
    )


def learned(person, minutes=120, pillar="knowledge", day=DAY, **values):
    """Something on record for ``person``, with the seat it came from."""
    seat = make_seat(person, make_gathering(offering=make_offering(pillar=pillar), starts_in=timedelta(days=-40)))
    facts = {
        "source_key": f"seat:{seat.public_id}",
        "minutes": minutes,
        "planned_minutes": minutes,
        "certificate": None,
    }
    return recognise(achievement=trained(person, day=day, **{"accreditations": (), **facts, **values}), by=None)


def read(response) -> str:
    return b"".join(response).decode("utf-8-sig")

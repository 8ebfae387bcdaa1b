"""Things to take a seat in."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

from wagtail.models import Page

from academy.common import clock
from academy.common.identifiers import public_id
from academy.gatherings.enums import GatheringState
from academy.gatherings.kinds import KINDS, Kind, register_kind
from academy.gatherings.models import Gathering, Offering, Session, Venue
from academy.people.models import User
from tests.factories import make_person
from tests.planting import plant

_number = count(1)


class BareRun(Kind):
    """What the kernel does by itself, without a course."""

    name = "run"

    def url(self, gathering: Gathering) -> str:
        return f"/uitvoering/{gathering.public_id}/"


class BareTable(Kind):
    """A leertafel without its table; one with all that belongs to it is made by tests.leertafels."""

    name = "leertafel"
    closes_per_session = True
    office_records_attendance = False

    def url(self, gathering: Gathering) -> str:
        return f"/leertafel/{gathering.public_id}/"


def local(text: str) -> datetime:
    """A moment in Amsterdam wall time: ``local("2027-03-01 09:30")``."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.AMSTERDAM)


def draw_up(**values) -> Offering:
    return Offering(**{"title": f"Aanbod {next(_number)}", "slug": f"aanbod-{public_id()}", **values})


def make_offering(**values) -> Offering:
    """Saved as editors do, so that it can be found."""
    return Page.objects.get(depth=1).add_child(instance=draw_up(**values))


def make_gathering(*, sessions=1, starts_in=timedelta(days=30), lasts=timedelta(hours=2), **values) -> Gathering:
    """An open gathering whose sessions begin in thirty days, one a week."""
    KINDS.setdefault(BareRun.name, BareRun())
    if values.get("kind") == BareTable.name:
        register_kind(BareTable())
    number = next(_number)
    if "offering" not in values:
        values["offering"] = plant(Page.objects.get(depth=1), draw_up())
    values = {"kind": "run", "title": f"Uitvoering {number}", "state": GatheringState.OPEN, **values}
    values.setdefault("closes_per_session", values["kind"] == "leertafel")
    first = (clock.now() + starts_in).replace(second=0, microsecond=0)
    if sessions:
        last = first + timedelta(weeks=sessions - 1) + lasts
        values = {"starts_at": first, "ends_at": last, **values}
    gathering = Gathering.objects.create(**values)
    for week in range(sessions):
        start = first + timedelta(weeks=week)
        Session.objects.create(gathering=gathering, starts_at=start, ends_at=start + lasts)
    return gathering


def make_venue(**values) -> Venue:
    return Venue.objects.create(**{"name": f"Locatie {next(_number)}", "address": "Straat 1, Almere", **values})


def fresh(person: User) -> User:
    """The person as the next request sees her."""
    return User.objects.get(pk=person.pk)


def people(number: int, **values) -> list[User]:
    return [make_person(**values) for _ in range(number)]

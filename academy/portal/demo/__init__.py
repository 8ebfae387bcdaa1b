"""The demo: fictional people, organisations and (by later steps) offers, made through the domain functions.

Each step is a function that takes the :class:`Demo`; it finds what earlier steps made by account name, sets the clock
with ``demo.days_ago`` and takes chance only from ``demo.random``. A package adds its own step to :data:`STEPS`.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from academy.common import clock
from academy.people.domain.audit import record
from academy.people.models import AuditEntry, Organisation, Team, User

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from academy.gatherings.models import Venue
    from courses.models import CoursePage

PASSWORD = "blijf-groeien-demo"  # noqa: S105 -- everybody may know it; these accounts exist in the demo only
DOMAIN = "voorbeeld.example"


class OtherDataError(Exception):
    """The database holds something already."""


@dataclass
class Demo:
    """What a step works with."""

    now: datetime
    scale: int
    random: Random
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    courses: dict[str, CoursePage] = field(default_factory=dict)

    @contextmanager
    def days_ago(self, days: int, hour: int = 10) -> Iterator[datetime]:
        """Let the clock stand at ``hour`` o'clock, ``days`` days before the day of loading."""
        day = self.now.astimezone(clock.AMSTERDAM) - timedelta(days=days)
        with clock.frozen(day.replace(hour=hour, minute=0, second=0, microsecond=0)) as moment:
            yield moment

    @property
    def participants(self) -> list[User]:
        """The approved externals ``deelnemer001`` and on."""
        return [person for name, person in self.people.items() if name.startswith("deelnemer")]


def steps() -> list[tuple[str, Callable[[Demo], object]]]:
    """Every step with its name, in order. Imported here, so that a step may use any package."""
    from academy.knowledge.demo.load import load_articles  # noqa: PLC0415 -- needs the models
    from academy.portal.demo import (  # noqa: PLC0415 -- they import this module
        cases,
        courses,
        evaluations,
        expertise,
        externals,
        histories,
        hr,
        kijkje,
        leertafels,
        organisations,
        partners,
        paths,
        people,
        situations,
    )

    return [
        ("organisaties en teams", organisations.load_organisations),
        ("accounts", people.load_accounts),
        ("deelnemers", people.load_participants),
        ("plekken", people.load_memberships),
        ("rollen", people.load_roles),
        ("instemming van de ondernemingsraad", hr.load_consent),
        ("artikelen", lambda demo: load_articles(by=demo.people["redactie"])),
        ("registraties", histories.load_registrations),
        ("aanbod", courses.load_courses),
        ("uitvoeringen", courses.load_runs),
        ("geschiedenis", histories.load_histories),
        ("situaties", situations.load_situations),
        ("leertafels", leertafels.load_leertafels),
        ("toekenningen van het register", histories.load_grants),
        ("inbreng", cases.load_cases),
        ("Kijkje in de Keuken", kijkje.load_kijkje),
        ("leerroutes", paths.load_paths),
        ("expertisecentrum", expertise.load_expertise),
        ("externen", externals.load_externals),
        ("evaluaties", evaluations.load_evaluations),
        ("partners", partners.load_partners),
        ("verzonden mail", situations.mark_mails_sent),
        ("bewijzen", situations.ask_papers_now),
    ]


def loaded_at() -> datetime | None:
    """When the demo was loaded into this database, or None."""
    entry = AuditEntry.objects.filter(action="demo.load").first()
    return entry.at if entry else None


def days_old() -> int | None:
    """How many days ago that was."""
    moment = loaded_at()
    return None if moment is None else (clock.today() - moment.astimezone(clock.AMSTERDAM).date()).days


def holds_other_data() -> bool:
    """Whether there are people or organisations that the demo did not make."""
    return loaded_at() is None and (User.objects.exists() or Organisation.objects.exists())


@transaction.atomic
def load(*, scale: int = 1, seed: int = 1, tell: Callable[[str], object] = lambda _line: None) -> Demo:
    """Fill an empty database; all or nothing. Raises OtherDataError when somebody is there already."""
    if User.objects.exists() or Organisation.objects.exists():
        raise OtherDataError
    demo = Demo(now=clock.now(), scale=scale, random=Random(seed))  # noqa: S311 -- a demo, not a secret
    for name, step in steps():
        step(demo)
        tell(name)
    record(action="demo.load", by=None, data={"scale": scale, "seed": seed})
    return demo

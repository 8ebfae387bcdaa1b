"""Who is registered as the function asks, how far they are, and for whom re-registration is at risk (M1, M2, M3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext_lazy as _

from academy.common.formats import number
from academy.portal.reports import staff_places
from certificates.credits.domain.standing import standings
from certificates.credits.models import Registration

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from academy.people.models import Team
    from academy.people.querysets import UserQuerySet
    from certificates.credits.domain.standing import Standing

SOON_MONTHS = 12
NONE, NO_PERIOD = "none", "unknown"
# status: word, look. Words for people; nobody is red because a register is slow.
STATUSES = {
    "met": (_("voldoet"), "done"),
    "on_track": (_("op koers"), "done"),
    "behind": (_("loopt achter"), "soon"),
    "at_risk": (_("aandacht nodig"), "late"),
    "unknown": (_("nog niet te zeggen"), "quiet"),
    NONE: (_("geen registratie"), "soon"),
}
# What asks for somebody's attention, besides the status.
ATTENTION = {
    "risk": _("risico binnen 12 maanden"),
    "number": _("registratienummer ontbreekt"),
    "required": _("verplicht voor de functie"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationLine:
    """One registration of one person, or that she has none though her function asks for one.

    ``short`` says in words what is missing; ``at_risk`` is M3: the period ends within twelve months and something is.
    """

    person: str
    name: str
    teams: str
    function: str
    required: bool
    chamber: str = ""
    number: str = ""
    due_on: date | None = None
    status: str = NONE
    short: str = ""
    at_risk: bool = False

    @property
    def word(self) -> str:
        return str(STATUSES[self.status][0])

    @property
    def look(self) -> str:
        return STATUSES[self.status][1]

    @property
    def number_missing(self) -> bool:
        return bool(self.chamber) and not self.number

    def needs(self, attention: str) -> bool:
        """Whether this line is one of an attention of :data:`ATTENTION`."""
        return {"risk": self.at_risk, "number": self.number_missing, "required": self.required}[attention]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """M1: ``registered`` of ``required`` people. M2: ``on_track`` of ``running`` registrations. M3: ``at_risk`` of
    ``ending`` registrations. ``missing`` numbers; ``by_status`` counts lines.
    """

    required: int
    registered: int
    running: int
    on_track: int
    ending: int
    at_risk: int
    missing: int
    by_status: tuple[tuple[str, str, str, int], ...]


def registration_lines(people: UserQuerySet, on: date, *, team: Team | None = None) -> list[RegistrationLine]:
    """A line for each running registration of own staff on a day, and for each who should have one and has not."""
    places = staff_places(on, team).filter(person__in=people).select_related("person", "team", "job_function")
    found: dict[int, dict[str, set[str]]] = {}
    names, required = {}, set()
    for place in places.order_by("person__full_name", "person"):
        names[place.person_id] = place.person
        words = found.setdefault(place.person_id, {"teams": set(), "functions": set()})
        if place.team is not None:
            words["teams"].add(place.team.name)
        if place.job_function is not None:
            words["functions"].add(place.job_function.name)
            if place.job_function.requires_registration:
                required.add(place.person_id)
    held: dict[int, list[RegistrationLine]] = {}
    registrations = Registration.objects.active().filter(person__in=list(names)).order_by("pk")
    known = standings(registrations, on)
    facts = {
        key: {
            "person": names[key].public_id,
            "name": names[key].full_name,
            "teams": ", ".join(sorted(words["teams"])),
            "function": ", ".join(sorted(words["functions"])),
            "required": key in required,
        }
        for key, words in found.items()
    }
    for registration in registrations.select_related("chamber"):
        line = _line(registration, known.get(registration.pk), on, facts[registration.person_id])
        held.setdefault(registration.person_id, []).append(line)
    lines = []
    for key, about in facts.items():
        lines += held.get(key) or ([RegistrationLine(**about)] if key in required else [])
    return lines


def _line(registration: Registration, standing: Standing | None, on: date, facts: dict) -> RegistrationLine:
    about = {**facts, "chamber": registration.chamber.name, "number": registration.number}
    if standing is None:
        return RegistrationLine(**about, status=NO_PERIOD)
    due_on = standing.period.due_on
    short = [line for line in standing.lines if line.kind == "points" and line.hard and line.shortfall > 0]
    return RegistrationLine(
        **about,
        due_on=due_on,
        status=standing.status,
        short=", ".join(f"{number(line.shortfall)} {line.label.lower()}" for line in short),
        at_risk=bool(short) and on <= due_on <= on + relativedelta(months=SOON_MONTHS),
    )


def chosen(
    lines: Iterable[RegistrationLine], *, status: str = "", attention: str = "", chamber: str = ""
) -> list[RegistrationLine]:
    """The lines that fit all filters; an empty filter fits everything."""
    return [
        line
        for line in lines
        if (not status or line.status == status)
        and (not attention or line.needs(attention))
        and (not chamber or line.chamber == chamber)
    ]


def summarised(lines: list[RegistrationLine], on: date) -> Summary:
    """The numbers of the monitor; each is the length of a list that a filter gives."""
    running = [line for line in lines if line.chamber]
    ending = [line for line in running if line.due_on and on <= line.due_on <= on + relativedelta(months=SOON_MONTHS)]
    counts = Counter(line.status for line in lines)
    return Summary(
        required=len({line.person for line in lines if line.required}),
        registered=len({line.person for line in running if line.required and (not line.due_on or line.due_on > on)}),
        running=len(running),
        on_track=sum(line.status in {"met", "on_track"} for line in running),
        ending=len(ending),
        at_risk=sum(line.at_risk for line in ending),
        missing=sum(line.number_missing for line in running),
        by_status=tuple((key, str(word), look, counts[key]) for key, (word, look) in STATUSES.items() if counts[key]),
    )

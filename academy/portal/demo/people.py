"""The people of the demo, all fictional: the accounts of the README and the many participants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import make_password

from academy.common import clock
from academy.people.domain.confirming import approve_membership, renew_memberships
from academy.people.domain.joining import add_membership, create_person
from academy.people.domain.roles import assign_role
from academy.people.enums import Engagement, Role
from academy.people.models import JobFunction, Membership, Municipality, User
from academy.portal.demo import DOMAIN, PASSWORD

if TYPE_CHECKING:
    from academy.portal.demo import Demo


@dataclass(frozen=True)
class Account:
    """One account of the README: who it is, where that person works and since how many days."""

    name: str
    about: str
    organisation: str
    team: str | None = None
    function: str | None = None
    manager: str | None = None
    roles: tuple[tuple[Role, str], ...] = ()
    days: int = 380
    hours: str = "32"
    engagement: Engagement = Engagement.PERMANENT


# The order is that of the table which `make demo` prints. A role's second word is its scope: "" is everywhere,
# else "organisation:key", "team:key" or "municipality:code".
ACCOUNTS = {
    "noor": Account(
        "Noor Verhage (fictief)",
        "medewerker, maatschappelijk werker, SKJ-registratie eindigt over 14 maanden",
        "blijf",
        "oranje-huis-almere",
        "maatschappelijk-werker",
        "leiding",
    ),
    "proces": Account(
        "Ilse Koster (fictief)",
        "medewerker, procesbegeleider",
        "blijf",
        "ambulant",
        "procesbegeleider",
        "leiding",
    ),
    "samir": Account(
        "Samir El Idrissi (fictief)",
        "extern, nieuw in een lokaal team",
        "almere",
        "vaart",
        "medewerker-lokaal-team",
        days=42,
        engagement=Engagement.PARTNER,
    ),
    "marjan": Account(
        "Marjan de Wit (fictief)",
        "trainer en gespreksleider van een leertafel",
        "vtf",
        "onderzoek",
        "gedragswetenschapper",
        roles=((Role.TRAINER, ""), (Role.FACILITATOR, "")),
    ),
    "ontvanger": Account(
        "Bart Veenstra (fictief)",
        "ontvangt Kijkje-bezoeken",
        "vtf",
        "frontoffice",
        "medewerker-veilig-thuis",
        roles=((Role.HOST, ""),),
    ),
    "rosa": Account(
        "Rosa (fictief)",
        "ervaringsdeskundige, geeft mee training",
        "blijf",
        "academie",
        "ervaringsdeskundige",
        roles=((Role.EXPERT, ""),),
        hours="8",
        engagement=Engagement.VOLUNTEER,
    ),
    "leiding": Account(
        "Hanneke Postma (fictief)",
        "teammanager van een eigen team",
        "blijf",
        "oranje-huis-almere",
        "manager",
        roles=((Role.TEAM_MANAGER, "team:oranje-huis-almere"), (Role.TEAM_MANAGER, "team:ambulant")),
        hours="36",
    ),
    "pieter": Account(
        "Pieter Hoekema (fictief)",
        "teammanager en contactpersoon opleidingen van een extern lokaal team",
        "lelystad",
        "waterwijk",
        "manager-lokaal-team",
        roles=((Role.TEAM_MANAGER, "team:waterwijk"), (Role.COORDINATOR, "organisation:lelystad")),
        engagement=Engagement.PARTNER,
    ),
    "bureau": Account(
        "Joke Tuinstra (fictief)",
        "bureau van de academie",
        "blijf",
        "academie",
        "medewerker-academie",
        roles=((Role.OFFICE, ""),),
    ),
    "yasmin": Account("Yasmin Karaca (fictief)", "HR", "blijf", "academie", "hr-adviseur", roles=((Role.HR, ""),)),
    "els": Account(
        "Els Brandsma (fictief)",
        "accounthouder gemeenten",
        "blijf",
        "academie",
        "adviseur",
        roles=((Role.PARTNERSHIP, ""),),
    ),
    "gemeente": Account(
        "Wim Zijlstra (fictief)",
        "contactpersoon gemeente (Almere)",
        "gemeente",
        None,
        "beleidsmedewerker-gemeente",
        roles=((Role.MUNICIPALITY, "municipality:GM0034"),),
        engagement=Engagement.PARTNER,
    ),
    "redactie": Account(
        "Tessa Mulder (fictief)",
        "redacteur, beoordeelt en publiceert",
        "blijf",
        "academie",
        "adviseur",
        roles=((Role.EDITOR, ""),),
    ),
    "privacy": Account(
        "Frank Oosting (fictief)",
        "privacy officer",
        "blijf",
        "academie",
        "beleidsmedewerker",
        roles=((Role.PRIVACY, ""),),
    ),
    "beheer": Account(
        "Anouk Smit (fictief)",
        "beheerder",
        "blijf",
        "academie",
        "ondersteuner",
        roles=((Role.ADMIN, ""),),
    ),
}
PARTICIPANTS = 240
# Where the participants work, with a weight: uneven on purpose, as in real life.
SPREAD = {"vaart": 7, "haven": 5, "waterwijk": 6, "noord": 4, "polderrand": 2}
FIRST_NAMES = ("Aisha", "Anna", "Bas", "Carla", "Daan", "Emine", "Fleur", "Gijs", "Hilde", "Imran", "Jolanda", "Kees")
LAST_NAMES = ("Bakker", "van Dijk", "Visser", "Yilmaz", "de Groot", "Jansen", "Kuipers", "Meijer", "Bos", "Aydin")


def load_accounts(demo: Demo) -> None:
    """Everybody whom the README names."""
    with demo.days_ago(390):
        for name, account in ACCOUNTS.items():
            person = create_person(email=f"{name}@{DOMAIN}", full_name=account.name, by=None, confirmed=True)
            demo.people[name] = person


def load_participants(demo: Demo) -> None:
    """``deelnemer001`` and on; then one password for everybody, hashed once."""
    with demo.days_ago(200):
        for number in range(1, PARTICIPANTS * demo.scale + 1):
            first, last = demo.random.choice(FIRST_NAMES), demo.random.choice(LAST_NAMES)
            name = f"deelnemer{number:03}"
            demo.people[name] = create_person(
                email=f"{name}@{DOMAIN}", full_name=f"{first} {last} {number:03}", by=None, confirmed=True
            )
    User.objects.update(password=make_password(PASSWORD))


def load_memberships(demo: Demo) -> None:
    """Places of everybody; externals confirmed by whoever may."""
    functions = {function.slug: function for function in JobFunction.objects.all()}
    for name, account in ACCOUNTS.items():
        with demo.days_ago(account.days):
            membership = add_membership(
                person=demo.people[name],
                organisation=demo.organisations[account.organisation],
                team=demo.teams[account.team] if account.team else None,
                job_function=functions[account.function] if account.function else None,
                manager=demo.people[account.manager] if account.manager else None,
                engagement=account.engagement,
                weekly_hours=Decimal(account.hours),
                by=None,
            )
            _confirm(membership)
    teams, weights = list(SPREAD), list(SPREAD.values())
    with demo.days_ago(190):
        for number, person in enumerate(demo.participants):
            team = demo.teams[demo.random.choices(teams, weights)[0]]
            manager = demo.people["pieter"] if team == demo.teams["waterwijk"] else None
            membership = add_membership(
                person=person,
                organisation=team.organisation,
                team=team,
                job_function=functions["medewerker-lokaal-team"],
                manager=manager,
                engagement=Engagement.PARTNER,
                starts_on=_first_day(number),
                by=None,
            )
            _confirm(membership)
    # What a partner said of its people holds for ninety days; everybody's was said once more lately.
    with demo.days_ago(5):
        renew_memberships(memberships=Membership.objects.to_renew(), by=None)


def _first_day(number: int) -> date:
    """Most work there for years; one in twelve has just begun."""
    return clock.today() - timedelta(days=0 if number % 12 == 0 else 1100 + 7 * (number % 250))


def _confirm(membership: Membership) -> None:
    if not membership.organisation.is_own:
        approve_membership(membership=membership, by=None)


def load_roles(demo: Demo) -> None:
    """What each account may do, given by the administrator."""
    with demo.days_ago(379):
        for name, account in ACCOUNTS.items():
            for role, scope in account.roles:
                assign_role(person=demo.people[name], role=role, by=demo.people["beheer"], **_scope(demo, scope))


def _scope(demo: Demo, scope: str) -> dict:
    kind, _colon, key = scope.partition(":")
    if kind == "organisation":
        return {"organisation": demo.organisations[key]}
    if kind == "team":
        return {"team": demo.teams[key]}
    return {"municipality": Municipality.objects.get(code=key)} if kind else {}

"""The organisations and teams of the demo; whatever carries "Demo" or "fictief" exists here only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.people.domain.organisations import add_mail_domain, create_organisation, create_team
from academy.people.enums import OrganisationKind as Kind, Ring, TeamKind
from academy.people.models import Municipality

if TYPE_CHECKING:
    from academy.portal.demo import Demo

# key: name, kind, ring, own, municipality of the organisation itself
ORGANISATIONS = {
    "blijf": ("Blijf Groep", Kind.SHELTER, Ring.OWN, True, None),
    "vtf": ("Veilig Thuis Flevoland", Kind.VEILIG_THUIS, Ring.OWN, True, None),
    "almere": ("Stichting Wijkteams Almere-Demo (fictief)", Kind.LOCAL_TEAM_PROVIDER, Ring.CHAIN, False, None),
    "lelystad": ("Sociaal Wijkteam Lelystad-Demo (fictief)", Kind.LOCAL_TEAM_PROVIDER, Ring.CHAIN, False, None),
    "zaanstad": ("Jeugdteam Zaanstad-Demo (fictief)", Kind.LOCAL_TEAM_PROVIDER, Ring.CHAIN, False, None),
    "polderrand": ("Sociaal Team Polderrand (fictief)", Kind.LOCAL_TEAM_PROVIDER, Ring.CHAIN, False, None),
    "dijkhof": ("Ouderenzorg De Dijkhof (fictief)", Kind.ELDERLY_CARE, Ring.SECOND, False, None),
    "gemeente": ("Gemeente Almere", Kind.MUNICIPALITY, Ring.CHAIN, False, "GM0034"),
    "jgz": ("JGZ Polder (fictief)", Kind.YOUTH_HEALTH, Ring.SECOND, False, None),
    "buurthuis": ("Buurthuis Samen Sterk (fictief)", Kind.INFORMAL, Ring.SECOND, False, None),
}
# key: organisation, name, kind, local name, municipalities
TEAMS = {
    "oranje-huis-almere": ("blijf", "Oranje Huis Almere", TeamKind.INTERNAL, "", ("GM0034",)),
    "ambulant": ("blijf", "Ambulant Flevoland", TeamKind.INTERNAL, "", ("GM0034", "GM0995")),
    "oranje-huis-amsterdam": ("blijf", "Oranje Huis Amsterdam", TeamKind.INTERNAL, "", ("GM0363",)),
    "academie": ("blijf", "Academie en ondersteuning", TeamKind.INTERNAL, "", ()),
    "frontoffice": ("vtf", "Frontoffice", TeamKind.INTERNAL, "", ()),
    "onderzoek": ("vtf", "Onderzoek", TeamKind.INTERNAL, "", ()),
    "vaart": ("almere", "Wijkteam De Vaart", TeamKind.LOCAL, "wijkteam", ("GM0034",)),
    "haven": ("almere", "Wijkteam Haven-Zuid", TeamKind.LOCAL, "wijkteam", ("GM0034",)),
    "waterwijk": ("lelystad", "Team Waterwijk", TeamKind.LOCAL, "sociaal wijkteam", ("GM0995",)),
    "noord": ("zaanstad", "Team Noord", TeamKind.LOCAL, "jeugdteam", ("GM0479",)),
    "polderrand": ("polderrand", "Team Polderrand", TeamKind.LOCAL, "sociaal team", ("GM0303", "GM0171")),
}
# Who signs up with such an address is asked whether she works there; the other partners have no domain on purpose.
DOMAINS = {"almere": "wijkteams-almere.example", "lelystad": "wijkteam-lelystad.example"}


def load_organisations(demo: Demo) -> None:
    places = {place.code: place for place in Municipality.objects.all()}
    with demo.days_ago(400):
        for key, (name, kind, ring, own, code) in ORGANISATIONS.items():
            demo.organisations[key] = create_organisation(
                name=name, kind=kind, ring=ring, is_own=own, municipality=places.get(code or ""), by=None
            )
        for key, (organisation, name, kind, local_name, codes) in TEAMS.items():
            demo.teams[key] = create_team(
                organisation=demo.organisations[organisation],
                name=name,
                kind=kind,
                local_name=local_name,
                municipalities=[places[code] for code in codes],
                by=None,
            )
    # A domain holds for a year after somebody looked at it.
    with demo.days_ago(100):
        for key, domain in DOMAINS.items():
            add_mail_domain(organisation=demo.organisations[key], domain=domain, by=None)

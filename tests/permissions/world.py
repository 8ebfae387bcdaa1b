"""One person for each column of the permission table, made once; and the clients that are logged in as them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.test import Client

from academy.common import clock
from academy.people.domain.roles import assign_role
from academy.people.enums import Role
from academy.people.models import User
from tests import factories

if TYPE_CHECKING:
    from academy.people.models import Municipality, Organisation, Team

ROLES = ("an", "ac", "xa", "st", "fa", "tr", "ho", "ee", "ed", "tm", "co", "of", "hr", "pm", "ge", "po", "ad", "au")
# Columns that are no assignment but a way of belonging.
STANDING = ("an", "ac", "xa", "st")


@dataclass
class World:
    """``own`` and ``partner`` are organisations, ``other`` is one that nobody of the cast belongs to."""

    own: Organisation
    partner: Organisation
    other: Organisation
    team: Team
    other_team: Team
    municipality: Municipality
    other_municipality: Municipality
    people: dict[str, User] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        return self.clients[role]


def log_in(person: User | None) -> Client:
    """A client with a fresh log-in and both factors, so that only the role decides."""
    client = Client()
    if person is not None:
        factories.log_in(client, person)
    return client


def build() -> World:
    own = factories.make_organisation(name="Eigen huis", is_own=True)
    partner = factories.make_organisation(name="Partner")
    world = World(
        own=own,
        partner=partner,
        other=factories.make_organisation(name="Vreemd"),
        team=factories.make_team(organisation=own),
        other_team=factories.make_team(),
        municipality=factories.make_municipality(),
        other_municipality=factories.make_municipality(),
    )
    scopes = {
        "tm": {"team": world.team},
        "co": {"organisation": partner},
        "ge": {"municipality": world.municipality},
    }
    places = {"xa": partner, "co": partner, "ge": None, "ac": None, "au": None}
    for role in ROLES[1:]:
        person = factories.make_person(full_name=f"Rol {role}")
        place = places.get(role, own)
        if place is not None:
            factories.make_membership(person, organisation=place, approved_at=clock.now())
        if role not in STANDING:
            assign_role(person=person, role=Role(role), by=None, **scopes.get(role, {}))
        world.people[role] = User.objects.get(pk=person.pk)
    world.clients = {role: log_in(world.people.get(role)) for role in ROLES}
    return world

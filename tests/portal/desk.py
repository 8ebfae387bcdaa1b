"""A desk to test at: groups with people in them, and clients of who leads and who works at the office."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import Gathering
from academy.people.enums import Role
from academy.people.models import User
from tests.factories import make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_gathering

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person, backend="academy.people.sessions.Backend")
    return client


def make_trainer(gathering: Gathering | None = None) -> User:
    person = make_with_role(Role.TRAINER)
    if gathering is not None:
        assign_lead(gathering=gathering, person=person, role=LeadRole.GIVES, by=None)
    return person


def make_office() -> User:
    return make_with_role(Role.OFFICE)


def seat(gathering: Gathering, number: int = 1) -> list[User]:
    """So many people with a seat, each from an organisation."""
    people = []
    for _ in range(number):
        person = make_person()
        make_membership(person, organisation=make_organisation())
        take_seat(person=person, gathering=gathering, by=None)
        people.append(person)
    return people


def in_the_past(gathering: Gathering, ago: timedelta = DAY) -> Gathering:
    """Move the whole gathering so that its first session began ``ago`` before now."""
    shift = gathering.starts_at - (gathering.created_at - ago)
    for session in gathering.sessions.all():
        session.starts_at, session.ends_at = session.starts_at - shift, session.ends_at - shift
        session.save()
    gathering.starts_at, gathering.ends_at = gathering.starts_at - shift, gathering.ends_at - shift
    gathering.save()
    return gathering


def held_group(number: int = 2, **values) -> tuple[Gathering, list[User], User]:
    """A group that has ended, with ``number`` people and its trainer."""
    gathering = make_gathering(**values)
    people = seat(gathering, number)
    trainer = make_trainer(gathering)
    return in_the_past(gathering), people, trainer

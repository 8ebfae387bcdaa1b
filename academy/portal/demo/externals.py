"""Externals of the demo who wait for their organisation, one whose confirmation runs out, and an invitation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.people.domain.confirming import approve_membership
from academy.people.domain.introducing import ask_for_organisation, introduce
from academy.people.domain.inviting import invite_person
from academy.people.domain.joining import create_person
from academy.people.models import JobFunction, User
from academy.portal.demo import DOMAIN

if TYPE_CHECKING:
    from academy.portal.demo import Demo

# account name: full name, how many days ago she signed up
WAITING = {"fatima": ("Fatima Azzouzi (fictief)", 4), "jeroen": ("Jeroen Blom (fictief)", 1)}


def load_externals(demo: Demo) -> None:
    """Two wait for pieter, one for the office, one is asked again; a volunteer has not answered yet."""
    there, team = demo.organisations["lelystad"], demo.teams["waterwijk"]
    function = JobFunction.objects.get(slug="medewerker-lokaal-team")
    with demo.days_ago(80):
        place = introduce(
            person=_person(demo, "nadia", "Nadia Vos (fictief)"), organisation=there, team=team, job_function=function
        )
        approve_membership(membership=place, by=demo.people["pieter"])
    for name, (full_name, days) in WAITING.items():
        with demo.days_ago(days):
            introduce(person=_person(demo, name, full_name), organisation=there, team=team, job_function=function)
    with demo.days_ago(2):
        ask_for_organisation(
            person=_person(demo, "willem", "Willem Dekker (fictief)"),
            organisation_name="Steunpunt De Brug (fictief)",
            job_function=JobFunction.objects.get(slug="aandachtsfunctionaris"),
        )
    with demo.days_ago(3):
        invite_person(
            email=f"vrijwilliger@{DOMAIN}", organisation=demo.organisations["buurthuis"], by=demo.people["bureau"]
        )


def _person(demo: Demo, name: str, full_name: str) -> User:
    person = create_person(email=f"{name}@{DOMAIN}", full_name=full_name, by=None, confirmed=True)
    person.password = User.objects.values_list("password", flat=True).get(pk=demo.people["pieter"].pk)
    person.save(update_fields=["password"])
    demo.people[name] = person
    return person

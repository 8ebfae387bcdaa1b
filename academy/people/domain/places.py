"""Municipalities: loading the list and recording that one merged into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.data import load_job_functions, load_places
from academy.people.domain.audit import record
from academy.people.domain.roles import assign_role, end_role
from academy.people.models import JobFunction, Municipality, Region, RoleAssignment, Team

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import User


@transaction.atomic
def load_lists() -> None:
    """Add the regions, municipalities and functions that are missing; what is there stays as it is."""
    load_places(regions=Region.objects, municipalities=Municipality.objects)
    load_job_functions(functions=JobFunction.objects)


@transaction.atomic
def merge_municipality(*, municipality: Municipality, into: Municipality, on: date, by: User | None) -> Municipality:
    """Record that ``municipality`` is part of ``into`` from the day ``on``.

    Its row stays, with an end date and a successor. Its teams work for the new one from now on and its contacts speak
    for the new one. The same call again changes nothing. Raises DomainError for a day to come, for a municipality that
    was merged into another one before, and for a successor that has ended itself or is not another one.
    """
    municipality = Municipality.objects.select_for_update().get(pk=municipality.pk)
    into = Municipality.objects.select_for_update().get(pk=into.pk)
    if municipality.successor_id == into.pk and municipality.active_to == on:
        return municipality
    _check_merge(municipality, into, on)
    municipality.active_to, municipality.successor = on, into
    municipality.full_clean()
    municipality.save(update_fields=["active_to", "successor"])
    for team in Team.objects.filter(municipalities=municipality):
        team.municipalities.add(into)
        team.municipalities.remove(municipality)
    held = RoleAssignment.objects.current().filter(municipality=municipality).select_related("person")
    for assignment in held:
        assign_role(
            person=assignment.person, role=assignment.role, by=by, municipality=into, ends_at=assignment.ends_at
        )
        end_role(assignment=assignment, by=by)
    record(
        action="municipality.merge",
        by=by,
        target=municipality.code,
        data={"into": into.code, "on": on.isoformat()},
    )
    return municipality


def _check_merge(municipality: Municipality, into: Municipality, on: date) -> None:
    if municipality.pk == into.pk:
        raise DomainError("same", "Kies een andere gemeente als opvolger.", field="into")
    if on > clock.today():
        raise DomainError("future", "Leg een herindeling vast op de dag dat ze ingaat, niet eerder.", field="on")
    if municipality.active_to is not None:
        raise DomainError("ended", f"{municipality.name} is al eerder opgeheven; kies een andere gemeente.")
    if into.active_to is not None:
        raise DomainError("ended", f"{into.name} bestaat niet meer; kies de gemeente die nu bestaat.", field="into")

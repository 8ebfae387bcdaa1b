"""What a municipality gets to see of itself: on ``/gemeente/``, in the report on paper and in the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from academy.partners.coverage import board, line_of, per_team
from academy.partners.disclosure import Told, average_of, told

if TYPE_CHECKING:
    from academy.partners.moments import Period
    from academy.people.models import Municipality


@dataclass(frozen=True, slots=True)
class MunicipalReport:
    """Never a name, and of persons only what :mod:`academy.partners.disclosure` lets through."""

    municipality: Municipality
    period: Period
    teams: int
    neighbours: int
    cells: tuple[Told, ...]


def report_of(municipality: Municipality, period: Period) -> MunicipalReport:
    """One municipality in one calendar year, with the average of its region. Two queries."""
    areas = board(period)
    own, by_team = line_of(municipality, areas), per_team(municipality, period)
    neighbours = [line for area in areas if area.region.pk == municipality.region_id for line in area.lines]
    cells = tuple(
        told(
            cell.moment,
            persons=cell.persons,
            per_team=[of_team[number].persons for of_team in by_team.values()],
            teams=own.teams,
            average=average_of(line.cells[number].persons for line in neighbours),
        )
        for number, cell in enumerate(own.cells)
    )
    return MunicipalReport(municipality, period, own.teams, len(neighbours), cells)

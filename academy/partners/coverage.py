"""Whom we reach: persons and teams per municipality and moment, in one statement however many there are.

A person counts where she belongs to an active local team on the reference day of the period, once per level when she
is in two teams; a place at a partner counts from the moment it was confirmed. What merged counts with its successor.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import connection

from academy.common import clock
from academy.partners.enums import Moment
from academy.partners.moments import ORDER, reached
from academy.people.enums import TeamKind
from academy.people.models import Municipality, Region

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from academy.partners.moments import Period

# Every municipality with the one it is part of now: itself, or where its mergers ended.
_PLACES = """
place(former, present) AS (
    SELECT id, id FROM people_municipality WHERE successor_id IS NULL
    UNION ALL
    SELECT merged.id, place.present
    FROM people_municipality AS merged JOIN place ON merged.successor_id = place.former
)"""
_LOCAL_TEAMS = """
local_team(team_id, present) AS (
    SELECT DISTINCT team.id, place.present
    FROM people_team AS team
    JOIN people_team_municipalities AS works_for ON works_for.team_id = team.id
    JOIN place ON place.former = works_for.municipality_id
    WHERE team.kind = %s AND team.active_from <= %s AND (team.active_to IS NULL OR team.active_to > %s)
)"""
_MEMBERS = """
member(person_id, team_id) AS (
    SELECT place_at.person_id, place_at.team_id
    FROM people_membership AS place_at
    JOIN people_organisation AS employer ON employer.id = place_at.organisation_id
    WHERE place_at.starts_on <= %s AND (place_at.ends_on IS NULL OR place_at.ends_on > %s)
      AND (place_at.approved_at IS NOT NULL OR employer.is_own)
)"""
# One row a person: the database then knows that joining her teams does not multiply anything.
_HAD = """
reached(person_id, number) AS ({reached}),
had(person_id, {flags}) AS (SELECT person_id, {maxima} FROM reached GROUP BY person_id)"""
_TEAMS = """
of_teams(present, teams) AS (SELECT present, COUNT(team_id) FROM local_team GROUP BY present)"""
_CONTACTS = """
spoken(present, last_on) AS (
    SELECT place.present, MAX(outreach.held_on)
    FROM partners_outreach AS outreach JOIN place ON place.former = outreach.municipality_id
    GROUP BY place.present
)"""
_CELLS = """
cells AS (
    SELECT local_team.present AS present, {counts}
    FROM had
    JOIN member ON member.person_id = had.person_id
    JOIN local_team ON local_team.team_id = member.team_id
    GROUP BY local_team.present
)"""
_BOARD = """
SELECT region.id, region.name, region.slug, municipality.id, municipality.code, municipality.name,
       of_teams.teams, spoken.last_on, cells.*
FROM people_municipality AS municipality
JOIN people_region AS region ON region.id = municipality.region_id
LEFT JOIN of_teams ON of_teams.present = municipality.id
LEFT JOIN spoken ON spoken.present = municipality.id
LEFT JOIN cells ON cells.present = municipality.id
WHERE municipality.active_from <= %s AND (municipality.active_to IS NULL OR municipality.active_to > %s)
ORDER BY region.name, region.id, municipality.name, municipality.id
"""
_PER_TEAM = """
SELECT member.team_id, {counts}
FROM had JOIN member ON member.person_id = had.person_id
WHERE member.team_id IN (SELECT team_id FROM local_team WHERE present = %s)
GROUP BY member.team_id
"""
_TOTAL = """
SELECT {counts}
FROM had JOIN member ON member.person_id = had.person_id
WHERE member.team_id IN (SELECT team_id FROM local_team WHERE present IN ({keys}))
"""
_FLAGS = [f"had_{number}" for number in range(len(ORDER))]
_MAXIMA = [f"MAX(CASE WHEN number = {number} THEN 1 ELSE 0 END)" for number in range(len(ORDER))]
_COUNTS = ", ".join(
    f"COUNT(DISTINCT CASE WHEN had.{flag} = 1 THEN member.{column} END)"
    for flag in _FLAGS
    for column in ("person_id", "team_id")
)


@dataclass(frozen=True, slots=True)
class Cell:
    """How many persons, of how many teams, had one moment."""

    moment: Moment
    persons: int
    teams: int


@dataclass(frozen=True, slots=True)
class Line:
    """One municipality on the board; ``cells`` has all three moments in their order."""

    municipality: Municipality
    teams: int
    cells: tuple[Cell, ...]
    last_contact: date | None = None

    @property
    def is_white(self) -> bool:
        """Nobody yet, of no team, at no moment."""
        return not any(cell.persons for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Area:
    """A region with its municipalities, in alphabetical order."""

    region: Region
    lines: tuple[Line, ...]

    @property
    def white(self) -> list[Line]:
        return [line for line in self.lines if line.is_white]

    @property
    def reached(self) -> tuple[tuple[Moment, int], ...]:
        """In how many municipalities at least one person had each moment."""
        return tuple(
            (moment, sum(bool(line.cells[index].persons) for line in self.lines)) for index, moment in enumerate(Moment)
        )


def board(period: Period) -> tuple[Area, ...]:
    """Every municipality of today by region, in one query."""
    today = clock.today()
    parts = (*_common(period), _CELLS.format(counts=_COUNTS), _TEAMS, _CONTACTS)
    rows = _fetch(parts, _BOARD, [*_parameters(period), today, today])
    areas = []
    for (key, name, slug), of_region in groupby(rows, key=lambda row: row[:3]):
        region = Region(pk=key, name=name, slug=slug)
        areas.append(Area(region, tuple(_line(region, row[3:]) for row in of_region)))
    return tuple(areas)


def line_of(municipality: Municipality, areas: Iterable[Area]) -> Line:
    """The line of one municipality; one that is not there any more has nobody."""
    lines = (line for area in areas for line in area.lines if line.municipality.pk == municipality.pk)
    return next(lines, Line(municipality, 0, cells_of([])))


def cells_of(counts: Sequence[int | None]) -> tuple[Cell, ...]:
    """From persons and teams by turns, for the moments in their order; nothing is zero."""
    found = [number or 0 for number in counts] or [0] * 2 * len(ORDER)
    return tuple(Cell(moment, found[2 * n], found[2 * n + 1]) for n, moment in enumerate(ORDER))


def per_team(municipality: Municipality, period: Period) -> dict[int, tuple[Cell, ...]]:
    """Team -> the three cells, for the teams that work for ``municipality``; one query, teams at zero left out."""
    rows = _fetch(_common(period), _PER_TEAM.format(counts=_COUNTS), [*_parameters(period), municipality.pk])
    return {row[0]: cells_of(row[1:]) for row in rows}


def total_of(municipalities: Collection[int], period: Period) -> tuple[Cell, ...]:
    """The three cells of these municipalities together; one query."""
    if not municipalities:
        return cells_of([])
    question = _TOTAL.format(counts=_COUNTS, keys=", ".join(["%s"] * len(municipalities)))
    (row,) = _fetch(_common(period), question, [*_parameters(period), *sorted(municipalities)])
    return cells_of(row)


def _line(region: Region, row: Sequence[Any]) -> Line:
    key, code, name, teams, last_contact, _key, *counts = row
    if isinstance(last_contact, str):  # SQLite keeps days as text
        last_contact = date.fromisoformat(last_contact)
    return Line(Municipality(pk=key, code=code, name=name, region=region), teams or 0, cells_of(counts), last_contact)


def _common(period: Period) -> tuple[str, ...]:
    sql, _asked = reached(period=period).query.sql_with_params()
    had = _HAD.format(flags=", ".join(_FLAGS), maxima=", ".join(_MAXIMA), reached=sql)
    return (_PLACES, _LOCAL_TEAMS, _MEMBERS, had)


def _parameters(period: Period) -> list[Any]:
    day = period.reference_day
    asked = reached(period=period).query.sql_with_params()[1]
    return [TeamKind.LOCAL.value, day, day, day, day, *asked]


def _fetch(parts: tuple[str, ...], question: str, parameters: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"WITH RECURSIVE {', '.join(parts)} {question}", parameters)
        return list(cursor.fetchall())

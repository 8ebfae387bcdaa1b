"""The groups of people that the academy works for, read from ``data/groups.toml``, and who belongs to which."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured

from academy.people.enums import OrganisationKind, Role, TeamKind, WorkArea
from academy.people.rules import has_role, memberships

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from academy.people.models import Membership, User

FILE = Path(__file__).parent / "data" / "groups.toml"
_KNOWN = {"areas": WorkArea, "organisations": OrganisationKind, "teams": TeamKind, "roles": Role}


@dataclass(frozen=True, slots=True)
class Group:
    """One group; ``because`` says to a member why something is shown to her, ``inside`` that it is staff of our own."""

    name: str
    label: str
    title: str
    because: str
    drawing: str
    functions: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    own: bool = False
    inside: bool = False

    @property
    def address(self) -> str:
        return f"/voor/{self.name}/"

    def has(self, user: User | AnonymousUser) -> bool:
        """Whether ``user`` belongs to it today, by where she works or by a role."""
        if any(self._fits(held) for held in memberships(user)):
            return True
        return bool(self.roles) and has_role(user, *(Role(code) for code in self.roles))

    def _fits(self, held: Membership) -> bool:
        function, organisation, team = held.job_function, held.organisation, held.team
        return (
            (function is not None and (function.slug in self.functions or function.work_area in self.areas))
            or organisation.kind in self.organisations
            or (team is not None and team.kind in self.teams)
            or (self.own and organisation.is_own)
        )


def read(text: str) -> dict[str, Group]:
    """The groups of a file. Raises ImproperlyConfigured for a code that does not exist."""
    return {name: _group(name, dict(row)) for name, row in tomllib.loads(text).items()}


def _group(name: str, row: dict[str, Any]) -> Group:
    for field, codes in _KNOWN.items():
        if unknown := set(row.get(field, ())) - set(codes.values):
            raise ImproperlyConfigured(f"groups.toml: {name}.{field} noemt {', '.join(sorted(unknown))}.")
    lists = {field: tuple(value) for field, value in row.items() if isinstance(value, list)}
    return Group(name=name, **(row | lists))


GROUPS = read(FILE.read_text())


def choices() -> list[tuple[str, str]]:
    return [(group.name, group.label) for group in GROUPS.values()]


def groups_of(user: User | AnonymousUser) -> list[Group]:
    """The groups that ``user`` belongs to, the most telling first: the list goes from particular to general."""
    return [group for group in GROUPS.values() if group.has(user)]

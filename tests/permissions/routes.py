"""Every route that the URL resolver knows, and which of them are ours."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.scan import PACKAGES, ROOT

# Not a row: an address of a library that we closed, for everybody; it sends on to the one door or is not there.
CLOSED = "closed"
HERE = Path(__file__).parent
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# Served by a library, yet ours: every operation of the API is a function of ours behind django-ninja.
OURS_BY_ADDRESS = ("api/",)


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    address: str
    ours: bool
    pattern: URLPattern


def _module(callback: Any) -> str:
    while True:
        if isinstance(callback, partial):
            callback = callback.func
        elif hasattr(callback, "__wrapped__"):
            callback = callback.__wrapped__
        else:
            return getattr(callback, "view_class", callback).__module__


def routes(patterns=None, *, prefix: str = "", space: tuple[str, ...] = ()) -> list[Route]:
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inside = (*space, pattern.namespace) if pattern.namespace else space
            found += routes(pattern.url_patterns, prefix=address, space=inside)
            continue
        ours = _module(pattern.callback).split(".")[0] in PACKAGES or address.startswith(OURS_BY_ADDRESS)
        found.append(
            Route(
                name=":".join((*space, pattern.name or "")),
                address=address,
                ours=ours,
                pattern=pattern,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Mapped:
    """A line of ``routes.csv``: this method of this route is that row of the permission table.

    ``maker`` names a function of ``makers.py`` that makes the object in the address (none: the route has no object).
    ``refused`` is what somebody without the right gets: 404 (may not know the object) or 403 (may not do this).
    """

    name: str
    method: str
    permission: str
    maker: str
    refused: int


def mapped(path: Path = HERE / "routes.csv") -> dict[tuple[str, str], Mapped]:
    lines = {}
    with path.open(newline="") as file:
        for row in csv.DictReader(line for line in file if not line.startswith("#")):
            refused = int(row["refused"] or (404 if row["maker"] else 403))
            line = Mapped(row["route"], row["method"], row["permission"], row["maker"], refused)
            if (line.name, line.method) in lines:
                raise AssertionError(f"routes.csv names {line.method} {line.name} twice")
            lines[line.name, line.method] = line
    return lines


@dataclass(frozen=True, slots=True)
class Foreign:
    """A line of ``foreign.csv``: routes of others whose name fits ``pattern`` are open to these roles only."""

    pattern: re.Pattern[str]
    roles: frozenset[str]
    reason: str


def foreign(path: Path = HERE / "foreign.csv") -> list[Foreign]:
    with path.open(newline="") as file:
        return [
            Foreign(re.compile(row["pattern"]), frozenset(row["roles"].split()), row["reason"])
            for row in csv.DictReader(line for line in file if not line.startswith("#"))
        ]


def permissions(path: Path = ROOT / "academy/people/permissions.csv") -> dict[str, dict[str, str]]:
    """row -> role -> cell."""
    with path.open(newline="") as file:
        rows = {row.pop("resource.action"): row for row in csv.DictReader(file)}
    nobody = dict.fromkeys(next(iter(rows.values())), "-")
    return rows | {CLOSED: nobody}


def unmapped(found: list[Route], lines: dict[tuple[str, str], Mapped], allowed: list[Foreign]) -> list[str]:
    """What is missing, dead or wrong in the two lists."""
    names, faults = {name for name, _method in lines}, []
    for route in found:
        if route.ours and (route.name not in names or not route.pattern.name):
            faults.append(f"{route.name or '(no name)'} at /{route.address} has no line in routes.csv")
        if not route.ours and not any(line.pattern.fullmatch(route.name) for line in allowed):
            faults.append(f"{route.name or '(no name)'} at /{route.address} has no line in foreign.csv")
    ours = {route.name for route in found if route.ours}
    faults += [f"routes.csv names {name}, which is no route of ours" for name in sorted(names - ours)]
    rows = permissions()
    faults += [
        f"routes.csv: {line.name} asks for {line.permission}, which is no row"
        for line in lines.values()
        if line.permission not in rows and line.permission != CLOSED
    ]
    return faults

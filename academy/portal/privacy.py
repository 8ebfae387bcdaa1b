"""The privacy registry: of every field why it is there, on what ground, for how long, and what an erasure does to it.

The fields stand in ``privacy.csv``, the words in ``privacy.toml``; ``/privacy/`` and the tests read both.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.utils.functional import Promise

HERE = Path(__file__).parent
OWN = ("academy", "courses", "leertafels", "certificates")
ANY = "*"


@dataclass(frozen=True, slots=True)
class Line:
    """One classified field; ``field`` is ``*`` for a whole model of a library."""

    model: str
    field: str
    purpose: str
    ground: str
    retention: str
    export: str
    erase: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What one table keeps of a person for one purpose, in words."""

    what: str | Promise
    fields: tuple[str | Promise, ...]
    ground: str
    retention: str
    erase: str


@dataclass(frozen=True, slots=True)
class Purpose:
    title: str
    text: str
    kept: tuple[Kept, ...]


def read(path: Path = HERE / "privacy.csv") -> list[Line]:
    with path.open(newline="") as file:
        return [Line(**row) for row in csv.DictReader(line for line in file if not line.startswith("#"))]


@cache
def words() -> dict[str, Any]:
    """The sentences for the codes."""
    return tomllib.loads((HERE / "privacy.toml").read_text())


def is_own(model: type[Model]) -> bool:
    made_by = model._meta.auto_created or model
    return made_by.__module__.split(".")[0] in OWN


def fields_of(model: type[Model]) -> list[Any]:
    """The columns and many-to-many tables that ``model`` itself brings."""
    return [field for field in model._meta.get_fields(include_parents=False) if field.concrete]


def unclassified(models: Iterable[type[Model]], lines: Iterable[Line]) -> list[str]:
    """Fields of ours and models of others that nobody classified, by name."""
    known = {(line.model, line.field) for line in lines}
    faults = []
    for model in models:
        label = model._meta.label
        if not is_own(model):
            faults += [] if (label, ANY) in known else [f"{label} (of a library)"]
        elif not model._meta.auto_created:
            names = [field.name for field in fields_of(model)]
            faults += [f"{label}.{name}" for name in names if not {(label, name), (ANY, name)} & known]
    return faults


def dead(models: Iterable[type[Model]], lines: Iterable[Line]) -> list[str]:
    """Lines for fields of ours that no longer exist."""
    own = {model._meta.label: {field.name for field in fields_of(model)} for model in models if is_own(model)}
    labels = {label.split(".")[0] for label in own}
    return [
        f"{line.model}.{line.field}"
        for line in lines
        if line.model != ANY and line.model.split(".")[0] in labels and line.field not in own.get(line.model, set())
    ]


def purposes() -> list[Purpose]:
    """What we keep about people, for ``/privacy/``: per purpose, per table, in the words of the screen."""
    text, lines = words(), read()
    shown = []
    for code, purpose in text["purpose"].items():
        if "title" not in purpose:
            continue  # about nobody, and perhaps of a table that only one database has
        groups: dict[tuple[str, str, str, str], list[str]] = {}
        for line in lines:
            if line.purpose == code and line.model != ANY:
                groups.setdefault((line.model, line.ground, line.retention, line.erase), []).append(line.field)
        kept = tuple(
            Kept(
                what=apps.get_model(label)._meta.verbose_name,
                fields=_names(label, fields),
                ground=text["ground"][ground],
                retention=text["retention"][retention],
                erase=text["erase"][erase],
            )
            for (label, ground, retention, erase), fields in groups.items()
        )
        if kept:
            shown.append(Purpose(purpose["title"], purpose["text"], kept))
    return shown


def _names(label: str, fields: list[str]) -> tuple[str | Promise, ...]:
    """What the fields are called on screen; a whole model of a library needs no list."""
    if fields == [ANY]:
        return ()
    return tuple(apps.get_model(label)._meta.get_field(name).verbose_name for name in fields)

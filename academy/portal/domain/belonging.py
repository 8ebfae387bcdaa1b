"""Which rows belong to a person: found by following keys, as the privacy registry classifies the tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q

from academy.people.models import User
from academy.portal import privacy

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

# What a key to the person is called whose row it is; other keys to people say who did something with it.
OWNERS = ("person", "subject", "user")


@dataclass(frozen=True, slots=True)
class Table:
    """A model with personal data, its lines in the registry, and the ways from a row to the person it belongs to."""

    model: type[Model]
    lines: tuple[privacy.Line, ...]
    paths: tuple[str, ...]

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def title(self) -> str:
        """What it is called for the person it is about."""
        called: str = privacy.words()["called"].get(self.label, "")
        return called or str(self.model._meta.verbose_name_plural)

    def rows_of(self, person: User) -> QuerySet[Any]:
        wanted = Q()
        for path in self.paths:
            wanted |= Q(**{path: person.pk})
        found: QuerySet[Any] = self.model._base_manager.filter(wanted)
        return found

    def names(self, **codes: str) -> list[str]:
        """Fields whose line has these codes (``export="yes"``), in the order of the registry."""
        lines = [line for line in self.lines if all(getattr(line, name) == code for name, code in codes.items())]
        if [line.field for line in lines] == [privacy.ANY]:
            return [field.name for field in privacy.fields_of(self.model)]
        return [line.field for line in lines]


@cache
def tables() -> tuple[Table, ...]:
    """Every table whose rows belong to somebody; what hangs on another row stands before that."""
    lines: dict[str, list[privacy.Line]] = {}
    for line in privacy.read():
        if line.ground != "none" and line.model != privacy.ANY:
            lines.setdefault(line.model, []).append(line)
    personal = {apps.get_model(label): tuple(found) for label, found in lines.items()}
    found = [Table(model, known, paths) for model, known in personal.items() if (paths := _paths(model, set(personal)))]
    return tuple(sorted(found, key=lambda table: (-_depth(table), table.label)))


def _depth(table: Table) -> int:
    return max(path.count("__") for path in table.paths) + (table.model is not User)


def _paths(
    model: type[Model], personal: set[type[Model]], seen: frozenset[type[Model]] = frozenset()
) -> tuple[str, ...]:
    named = privacy.words()["belongs"].get(model._meta.label)
    if named is not None:
        return tuple(named)
    if model is User:
        return ("pk",)
    keys = [field for field in privacy.fields_of(model) if field.many_to_one or field.one_to_one]
    for field in keys:
        if field.related_model is User and field.name in OWNERS:
            return (field.name,)
    for field in keys:
        above = field.related_model
        if field.null or above not in personal or above is model or above is User or above in seen:
            continue
        paths = _paths(above, personal, seen | {model})
        if paths:
            return tuple(f"{field.name}__{path}" for path in paths)
    return ()

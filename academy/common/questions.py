"""Questions to the database whose SQL Django writes once, and not at each asking.

Writing the SQL of a small question takes longer than answering it. Taking a seat asks a dozen, so half of its time went
into writing the same texts again.
"""

from __future__ import annotations

import functools
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Expression
from django.db.transaction import TransactionManagementError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Field, QuerySet
    from django.db.models.sql.compiler import SQLCompiler

# What may be asked with. Anything else is better decided in a question of its own.
FIELDS: dict[type, type[Field[Any, Any]]] = {
    int: BigIntegerField,
    str: CharField,
    date: DateField,
    datetime: DateTimeField,
}
# Tuples are filled up to so many, so that a dozen lengths share one text.
BLOCK = 12


class Slot(Expression):
    """Stands in a question for the value that each asking puts there; of a tuple for the one at ``place``."""

    def __init__(self, output_field: Field[Any, Any], name: str, place: int | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name, self.place = name, place

    def as_sql(self, _compiler: SQLCompiler, _connection: Any) -> tuple[str, list[Slot]]:  # type: ignore[override]
        """Itself as the parameter, to be found again in what was written."""
        return "%s", [self]

    def filled(self, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
        value = values[self.name] if self.place is None else values[self.name][self.place]
        return self.output_field.get_db_prep_value(value, connection)


class Written:
    """A question as one connection asks it."""

    def __init__(
        self, build: Callable[..., QuerySet[Any]], values: dict[str, Any], connection: BaseDatabaseWrapper
    ) -> None:
        self.queryset = build(**{name: _slots(name, value) for name, value in values.items()})
        query, self.connection = self.queryset.query, connection
        self.compiler = query.get_compiler(using=connection.alias)
        self.locks = query.select_for_update and connection.features.has_select_for_update
        self.sql, self.params = self.compiler.as_sql()
        # What is left of asking: which columns are read how, and who asks. Neither changes with the values.
        converters = self.compiler.get_converters([one[0] for one in self.compiler.select[: self.compiler.col_count]])
        self.compiler.get_converters = lambda _columns: converters
        query.get_compiler = lambda *_args, **_options: self.compiler  # type: ignore[method-assign]

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """What the database answers to these values."""
        if self.locks and not self.connection.in_atomic_block:  # otherwise asked while the SQL is written
            raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
        params = tuple(one.filled(values, self.connection) if isinstance(one, Slot) else one for one in self.params)
        self.compiler.as_sql = lambda *_args, **_options: (self.sql, params)
        return list(self.queryset.all())


def written_once(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """Answer with the rows of the queryset that ``build`` makes, its SQL written at the first call on each connection.

    ``build`` is called with a slot for each value, by keyword, so it may not decide anything by them; whole numbers,
    texts, dates and aware moments can be asked with, and KeyError says that something else was. A tuple of them, which
    is never empty, is for ``in`` (``__id__in`` where it names related rows): its last value is repeated to fill it up.
    Raises TransactionManagementError, as any queryset, when it locks rows while no transaction is open.
    """

    @functools.wraps(build)
    def ask(**values: Any) -> list[Any]:
        connection, lengths = connections[DEFAULT_DB_ALIAS], []
        for name, value in values.items():
            if isinstance(value, tuple):
                values[name] = value + (value[-1],) * (-len(value) % BLOCK)
                lengths.append((name, len(values[name])))
        # They live as long as the connection, which belongs to one thread.
        written = vars(connection).setdefault("_written", {})
        key = (build, *lengths)
        if key not in written:
            written[key] = Written(build, values, connection)
        question: Written = written[key]
        return question.rows(values)

    return ask


def _slots(name: str, value: Any) -> Slot | tuple[Slot, ...]:
    if isinstance(value, tuple):
        return tuple(Slot(FIELDS[type(one)](), name, place) for place, one in enumerate(value))
    return Slot(FIELDS[type(value)](), name)

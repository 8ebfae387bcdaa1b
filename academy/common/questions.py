"""Questions to the database whose SQL Django writes once, and not at each asking.

Writing the SQL of a small question takes longer than answering it. Taking a seat asks a dozen, so half of its time went
into writing the same texts again.
"""

from __future__ import annotations

import functools
from copy import copy
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, CharField, DateField, DateTimeField, Expression
from django.db.transaction import TransactionManagementError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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


class Slot(Expression):
    """Stands in a question for the value that each asking puts there."""

    def __init__(self, name: str, output_field: Field[Any, Any]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, _compiler: SQLCompiler, _connection: Any) -> tuple[str, list[Slot]]:  # type: ignore[override]
        """Itself as the parameter, to be found again in what was written."""
        return "%s", [self]


class Written(NamedTuple):
    """A question as one kind of database understands it."""

    queryset: QuerySet[Any]
    compiler: SQLCompiler
    locks: bool
    sql: str
    params: Sequence[Any]


def written_once(build: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """Answer with the rows of the queryset that ``build`` makes, its SQL written at the first call in each process.

    ``build`` is called with a slot for each value, by keyword, so it may not decide anything by them; whole numbers,
    texts, dates and aware moments can be asked with, and KeyError says that something else was. Raises
    TransactionManagementError, as any queryset, when it locks rows while no transaction is open.
    """
    # By kind of database: a process knows one, but tests know two.
    written: dict[str, Written] = {}

    @functools.wraps(build)
    def ask(**values: Any) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]
        question = written.get(connection.vendor)
        if question is None:
            question = written[connection.vendor] = _write(build, values, connection)
        return list(_asked(question, values, connection))

    return ask


def _write(build: Callable[..., QuerySet[Any]], values: dict[str, Any], connection: BaseDatabaseWrapper) -> Written:
    queryset = build(**{name: Slot(name, FIELDS[type(value)]()) for name, value in values.items()})
    compiler = queryset.query.get_compiler(using=connection.alias)
    locks = queryset.query.select_for_update and connection.features.has_select_for_update
    return Written(queryset, compiler, locks, *compiler.as_sql())


def _asked(question: Written, values: dict[str, Any], connection: BaseDatabaseWrapper) -> QuerySet[Any]:
    """The queryset with a compiler that need not write anything any more. Never refined: it would keep this text."""
    if question.locks and not connection.in_atomic_block:  # otherwise asked while the SQL is written
        raise TransactionManagementError("select_for_update cannot be used outside of a transaction.")
    params = tuple(
        one.output_field.get_db_prep_value(values[one.name], connection) if isinstance(one, Slot) else one
        for one in question.params
    )
    compiler = copy(question.compiler)
    compiler.connection = connection
    compiler.as_sql = lambda *_args, **_options: (question.sql, params)  # type: ignore[method-assign]
    asked = question.queryset.all()
    asked.query.get_compiler = lambda *_args, **_options: compiler  # type: ignore[method-assign]
    return asked

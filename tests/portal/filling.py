"""One row of any model, with something in every field that can be told from everything else."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import count

from django.db import connection, models
from wagtail.models import Page

from academy.common import clock
from academy.people.models import User
from tests.factories import make_person

_number = count(1)


def canary() -> str:
    return f"kanarie{next(_number):05}"


def drop_checks() -> None:
    """Let this transaction hold rows that make no sense together; what a row means is no matter here."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            return
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def restore_checks() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


class Filler:
    """Makes rows; ``known`` holds, per model, the row that keys point at."""

    def __init__(self, known: dict[type[models.Model], models.Model]) -> None:
        self.known = known

    def row(self, model: type[models.Model]) -> models.Model:
        if issubclass(model, Page):
            self.known[model] = Page.objects.get(depth=1).add_child(instance=model(title=canary(), slug=canary()))
            return self.known[model]
        values = {field.name: self._value(field) for field in model._meta.concrete_fields if self._is_wanted(field)}
        made = model(**values)
        made.save_base(force_insert=True)
        self.known.setdefault(model, made)
        return made

    def _is_wanted(self, field) -> bool:
        return not (field.primary_key and not field.is_relation and field.get_internal_type().endswith("AutoField"))

    def _value(self, field):
        if field.is_relation:
            if field.null and field.related_model not in self.known:
                return None
            if field.related_model not in self.known:
                self.row(field.related_model)
            return self.known[field.related_model]
        return value_of(field)


def value_of(field):
    number = next(_number)
    if field.choices:
        return field.choices[-1][0]
    kind = field.get_internal_type()
    if kind in {"CharField", "TextField", "SlugField"}:
        return canary()
    moment = clock.now() - timedelta(days=1, seconds=number)
    return {
        "EmailField": f"{canary()}@voorbeeld.example",
        "JSONField": {"vogel": canary()},
        "DateTimeField": moment,
        "DateField": moment.date(),
        "DecimalField": Decimal(number % 90) + Decimal("0.25"),
        "BooleanField": True,
        "BinaryField": b"kanarie",
        "GenericIPAddressField": "198.51.100.7",
    }.get(kind, number % 30000)


def somebody() -> User:
    return make_person(full_name="Kanarie de Zanger", display_name="Kanarie", phone="06 1234 5678")

"""Everything the academy holds about a person, as a file for herself (AVG art. 15 and 20)."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string

from academy.common import clock
from academy.common.errors import NotAllowedError
from academy.people.domain.audit import record
from academy.people.models import User
from academy.portal import privacy
from academy.portal.domain.belonging import Table, tables
from certificates.domain.files import read_file
from certificates.models import Certificate

if TYPE_CHECKING:
    from django.db.models import Model

# Of tables of libraries: numbers that mean nothing, and what still opens a door.
UNSAID = {"id", "user", "session_key"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: what each field is called, and the rows as JSON has them; of another thing only its name."""

    label: str
    title: str
    heads: dict[str, str]
    rows: tuple[dict[str, Any], ...]

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def lines(self) -> list[list[tuple[str, Any]]]:
        """Each row as what a field is called and what it says."""
        return [[(self.heads[name], value) for name, value in row.items()] for row in self.rows]


@transaction.atomic
def export_person(*, person: User, by: User) -> bytes:
    """A zip with all of it as JSON and as a page to read, and the certificates. Only for the person herself."""
    if by.pk != person.pk:
        raise NotAllowedError("not_allowed", "Alleen jijzelf kunt je gegevens ophalen.")
    sheets = sheets_of(person)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gegevens.json", _as_json(sheets))
        page = render_to_string("portal_mine/export.html", {"person": person, "sheets": sheets, "made_at": clock.now()})
        archive.writestr("gegevens.html", page)
        for certificate in Certificate.objects.filter(subject__person=person):
            content = _paper(certificate)
            if content is not None:
                archive.writestr(f"certificaten/{certificate.code}.pdf", content)
    record(action="person.export", by=by, subject=person)
    return file.getvalue()


def sheets_of(person: User) -> tuple[Sheet, ...]:
    """Every table with rows of ``person`` and fields that the registry exports."""
    found = (_sheet(table, person) for table in tables())
    return tuple(sheet for sheet in sorted(filter(None, found), key=lambda sheet: sheet.label) if sheet.rows)


def _sheet(table: Table, person: User) -> Sheet | None:
    names = table.names(export="yes")
    if not privacy.is_own(table.model):
        names = [name for name in names if name not in UNSAID]
    if not names:
        return None
    fields = {name: table.model._meta.get_field(name) for name in names}
    keys = [name for name, field in fields.items() if field.many_to_one or field.one_to_one]
    rows = table.rows_of(person).select_related(*keys).order_by("pk")
    return Sheet(
        label=table.label,
        title=table.title,
        heads={name: _head(field) for name, field in fields.items()},
        rows=tuple({name: _value(row, name, field, person) for name, field in fields.items()} for row in rows),
    )


def _head(field: Any) -> str:
    return str(field.verbose_name)


def _value(row: Model, name: str, field: Any, person: User) -> Any:
    if field.many_to_many:
        return [str(one) for one in getattr(row, name).all()]
    if field.is_relation:
        other = getattr(row, name)
        return other.full_name if other == person else None if other is None else str(other)
    if field.choices:
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    if isinstance(value, datetime):
        return value.astimezone(clock.AMSTERDAM).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _as_json(sheets: tuple[Sheet, ...]) -> str:
    whole = {sheet.label: {"what": sheet.title, "fields": sheet.heads, "rows": list(sheet.rows)} for sheet in sheets}
    return json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _paper(certificate: Certificate) -> bytes | None:
    """Its file; None when it is still being made or damaged, which is for others to see to."""
    try:
        return read_file(certificate=certificate)
    except (OSError, ValueError):
        return None

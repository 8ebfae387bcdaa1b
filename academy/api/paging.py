"""Lists in parts: ``{"items", "next"}``. A cursor says after which row to go on, so that new rows shift nothing."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _

from academy.api.errors import invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import QuerySet

SIZE = 100


def page(rows: QuerySet, *, by: tuple[str, ...], cursor: str | None, show: Callable[[Any], Any]) -> dict[str, Any]:
    """The rows after ``cursor`` in the order ``by``: names of filled fields, the last one unique; ``-`` is downward."""
    salt = f"api.cursor:{','.join(by)}"
    rows = rows.order_by(*by)
    if cursor:
        rows = rows.filter(_after(by, _read(cursor, salt)))
    found = list(rows[: SIZE + 1])
    following = None
    if len(found) > SIZE:
        last = found[SIZE - 1]
        following = signing.dumps([_plain(last, name.lstrip("-")) for name in by], salt=salt)
    return {"items": [show(row) for row in found[:SIZE]], "next": following}


def part(rows: list[Any], *, cursor: str | None, show: Callable[[Any], Any]) -> dict[str, Any]:
    """The same for a list that is made as a whole and short: the cursor is a number of rows."""
    salt = "api.cursor:part"
    first = _read(cursor, salt)[0] if cursor else 0
    following = signing.dumps([first + SIZE], salt=salt) if len(rows) > first + SIZE else None
    return {"items": [show(row) for row in rows[first : first + SIZE]], "next": following}


def _read(cursor: str, salt: str) -> list[Any]:
    try:
        values: list[Any] = signing.loads(cursor, salt=salt)
    except signing.BadSignature as error:
        raise invalid("cursor", _("gebruik de waarde van next uit het vorige antwoord, of laat hem weg.")) from error
    return values


def _after(by: tuple[str, ...], values: list[Any]) -> Q:
    """Rows that sort later than ``values``: a later first field, or the same and a later second one, and so on."""
    later = Q()
    same: dict[str, Any] = {}
    for name, value in zip(by, values, strict=True):
        field = name.lstrip("-")
        direction = "lt" if name.startswith("-") else "gt"
        later |= Q(**same, **{f"{field}__{direction}": value})
        same[field] = value
    return later


def _plain(row: Any, path: str) -> Any:
    value = row
    for part in path.split("__"):
        value = getattr(value, part)
    return value.isoformat() if isinstance(value, datetime) else value

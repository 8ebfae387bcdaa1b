"""Half-open periods in time: the start belongs to it, the end does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

if TYPE_CHECKING:
    from datetime import date, datetime


def current(moment: date | datetime, *, start: str, end: str, prefix: str = "") -> Q:
    """A filter for rows that hold at ``moment``: begun, and not ended yet (an empty end never comes)."""
    begun = Q(**{f"{prefix}{start}__lte": moment})
    open_ended = Q(**{f"{prefix}{end}__isnull": True})
    ends_later = Q(**{f"{prefix}{end}__gt": moment})
    return begun & (open_ended | ends_later)

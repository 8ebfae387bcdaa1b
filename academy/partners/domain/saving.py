"""Saving a row after asking the model and the database whether it may be."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from academy.common.errors import DomainError
from academy.people.models import Municipality, Organisation

Partner = Municipality | Organisation


def about(partner: Partner) -> dict[str, Any]:
    """The two fields of a row about ``partner``."""
    is_place = isinstance(partner, Municipality)
    return {"municipality": partner if is_place else None, "organisation": None if is_place else partner}


def check_exists(partner: Partner) -> None:
    """Nothing new is written down about what merged away; its successor is where the work goes on."""
    if partner.successor is not None:
        raise DomainError(
            "ended", f"{partner.name} is opgegaan in {partner.successor.name}; leg het daar vast.", field=None
        )


def save_clean(row: Any) -> None:
    """Raises DomainError with the field for what may not be."""
    try:
        row.full_clean()
    except ValidationError as wrong:
        field = next(iter(wrong.message_dict))
        raise DomainError("invalid", wrong.messages[0], field=None if field == "__all__" else field) from wrong
    row.save()

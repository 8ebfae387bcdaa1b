"""What the register does with an entry: rows beside it, never a change of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.audit import record as log
from certificates.credits.domain.chain import open_ledger
from certificates.credits.enums import CreditEventKind
from certificates.credits.models import CreditEntry, CreditEvent

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from academy.people.models import User


def submit(*, entry: CreditEntry, on: date, by: User | None) -> CreditEvent:
    """The entry was handed in at the register."""
    return _add(entry, CreditEventKind.SUBMITTED, on, by)


def grant(*, entry: CreditEntry, points: Decimal, on: date, by: User | None) -> CreditEvent:
    """The register granted ``points``, which may differ from what was expected. Only these are official."""
    if points < 0:
        raise DomainError("points", "Toegekende punten zijn een getal vanaf 0.", field="points")
    return _add(entry, CreditEventKind.GRANTED, on, by, points=points)


def reject(*, entry: CreditEntry, on: date, by: User | None, note: str = "") -> CreditEvent:
    """The register rejected the entry; an objection may still lead to a grant."""
    return _add(entry, CreditEventKind.REJECTED, on, by, note=note)


@transaction.atomic
def _add(
    entry: CreditEntry,
    kind: CreditEventKind,
    on: date,
    by: User | None,
    *,
    points: Decimal | None = None,
    note: str = "",
) -> CreditEvent:
    """Add the event; the same one twice in a row is one event. It lies between the activity and today."""
    if on > clock.today():
        raise DomainError("on", "Deze dag moet nog komen; vul in wanneer het gebeurde.", field="on")
    if on < entry.completed_on:
        raise DomainError("on", "Dit kan pas na het afronden van de activiteit; kijk de datum na.", field="on")
    with open_ledger() as ledger:
        entry = CreditEntry.objects.select_related("subject__person").get(pk=entry.pk)
        last: CreditEvent | None = CreditEvent.objects.filter(entry=entry).order_by("-seq").first()
        if not entry.requirement or entry.reverses_id or (last and last.kind == CreditEventKind.REVERSED):
            raise DomainError(
                "not_open", "Deze punten tellen niet meer mee; kies de boeking die ervoor in de plaats kwam."
            )
        if last and (last.kind, last.points) == (kind, points):
            return last
        event = ledger.add(CreditEvent(entry=entry, kind=kind, on=on, points=points, note=note[:200]), by=by)
    log(action="credits.event", by=by, subject=entry.person, target=entry.public_id, data={"kind": kind.value})
    return event

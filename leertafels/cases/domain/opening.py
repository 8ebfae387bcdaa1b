"""Reading a text, and saying that one knows the family."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import NotAllowedError
from academy.people.domain.audit import record
from academy.people.models import AuditEntry
from leertafels.cases import rules, vault
from leertafels.cases.domain.locking import lock_case
from leertafels.cases.domain.texts import Content, unseal
from leertafels.cases.models import Case, Conflict

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.people.models import User

OPEN = "case.open"


@transaction.atomic
def open_case(*, case: Case, by: User) -> Content:
    """The text, after it was written down who opens it; without that line there is no text.

    Raises NotAllowedError with every reason: ``not_yours, destroyed, hidden, conflict, presenter_gone, not_yet, over``,
    or what the kind of gathering still asks for. The view asks for a log-in of at most 15 minutes ago.
    """
    case = Case.objects.select_related("session__gathering", "presenter").get(pk=case.pk)
    against = rules.reading_reasons(by, case)
    if against:
        raise NotAllowedError(against[0].code, against[0].message, reasons=against)
    record(action=OPEN, by=by, subject=case.presenter, target=case.public_id)
    try:
        return unseal(case)
    except vault.KeyGoneError:
        raise NotAllowedError("destroyed", _("Deze tekst is vernietigd. Er is geen kopie.")) from None


@dataclass(frozen=True, slots=True)
class Openings:
    """Who opened a case, newest first."""

    rows: list[AuditEntry]
    people: int


def openings_of(case: Case) -> Openings:
    rows = list(_opened(case).select_related("actor"))
    return Openings(rows, len({row.actor_id for row in rows}))


def opened_by_others(case: Case) -> int:
    """How many people besides the presenter read it."""
    return _opened(case).exclude(actor=case.presenter_id).values("actor").distinct().order_by().count()


def _opened(case: Case) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(action=OPEN, target=case.public_id)


@transaction.atomic
def declare_conflict(*, case: Case, by: User) -> Case:
    """``by`` knows this family and is locked out from the next request on. A repeat changes nothing."""
    case = lock_case(case)
    if not rules.can_know(by, case) or rules.is_presenter(by, case):
        raise NotAllowedError("not_yours", _("Dit kan wie aan deze tafel zit en de casus niet zelf inbracht."))
    _row, new = Conflict.objects.get_or_create(case=case, person=by, defaults={"declared_at": clock.now()})
    if new:
        record(action="case.conflict", by=by, subject=case.presenter, target=case.public_id)
    return case

"""Hide a text that leads to somebody at once, tell the privacy officer, keep the record the law asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain.audit import record
from leertafels.cases import rules
from leertafels.cases.domain import telling
from leertafels.cases.domain.destroying import wipe
from leertafels.cases.domain.locking import lock_case
from leertafels.cases.domain.opening import opened_by_others
from leertafels.cases.domain.texts import refuse_traceable
from leertafels.cases.enums import DestroyedBecause, Outcome
from leertafels.cases.models import BreachRecord

if TYPE_CHECKING:
    from academy.people.models import User
    from leertafels.cases.models import Case

LONGEST_MEASURES = 4000


@transaction.atomic
def report_traceable(*, case: Case, by: User) -> BreachRecord:
    """Nobody reads the text from the next request on. The clock of 72 hours starts. A repeat returns the record."""
    case = lock_case(case)
    if not rules.can_know(by, case):
        raise NotAllowedError("not_yours", _("Deze inbreng bestaat niet, of je kunt er niet bij."))
    found: BreachRecord | None = BreachRecord.objects.filter(case=case).first()
    if found is not None:
        return found
    moment = clock.now()
    case.hidden_at = moment
    case.save(update_fields=["hidden_at"])
    breach = BreachRecord.objects.create(
        case=case, reported_at=moment, reported_by=by, had_opened=opened_by_others(case)
    )
    record(action="case.report", by=by, subject=case.presenter, target=case.public_id)
    telling.tell_breach(breach)
    if case.presenter_id != by.pk:
        telling.tell_hidden(case)
    return breach


@transaction.atomic
def note_measures(*, breach: BreachRecord, measures: str, by: User) -> BreachRecord:
    """Write down what was done; never what the text said."""
    breach = _locked(breach, by)
    if breach.closed_at is not None:
        raise DomainError("closed", _("Deze melding is afgerond en verandert niet meer."))
    breach.measures = _checked(measures)
    breach.save(update_fields=["measures"])
    record(action="breach.note", by=by, target=breach.public_id)
    return breach


@transaction.atomic
def close_breach(*, breach: BreachRecord, measures: str, outcome: Outcome | str, by: User) -> BreachRecord:
    """Judge it and destroy the hidden text. A repeat returns it unchanged."""
    case = lock_case(breach.case) if breach.case is not None else None
    breach = _locked(breach, by)
    if breach.closed_at is not None:
        return breach
    measures = _checked(measures)
    if not measures:
        raise DomainError("missing", _("Wat er gedaan is: schrijf het op, dan kun je afronden."), field="measures")
    if outcome not in Outcome.values:
        raise DomainError("outcome", _("Oordeel: kies of dit een datalek is."), field="outcome")
    breach.measures, breach.outcome = measures, outcome
    breach.closed_at, breach.closed_by = clock.now(), by
    breach.save(update_fields=["measures", "outcome", "closed_at", "closed_by"])
    record(action="breach.close", by=by, target=breach.public_id, data={"outcome": str(outcome)})
    if case is not None:
        wipe(case, DestroyedBecause.REPORTED, by=by)
    return breach


def _locked(breach: BreachRecord, by: User) -> BreachRecord:
    if not rules.can_handle_breaches(by):
        raise NotAllowedError("not_allowed", _("Meldingen behandelt de privacy officer."))
    locked: BreachRecord = BreachRecord.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    return locked


def _checked(measures: str) -> str:
    measures = measures.strip()
    if len(measures) > LONGEST_MEASURES:
        raise DomainError(
            "too_long",
            _("Wat er gedaan is: gebruik hoogstens %(most)d tekens.") % {"most": LONGEST_MEASURES},
            field="measures",
        )
    refuse_traceable({"measures": measures})
    return measures

"""Recording what the works council agreed to; without it nobody sees hours or registrations of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain.audit import record as log
from academy.people.models import WorksCouncilConsent
from academy.people.rules import can_record_consent

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import User

# Inference: a term that nobody looks back on is no term; five years is the length of a registration period.
LONGEST_YEARS = 5


@transaction.atomic
def record_consent(*, agreed_on: date, purpose: str, ends_on: date, by: User) -> WorksCouncilConsent:
    """Record that the works council agreed on a day, for ``purpose``, until ``ends_on`` (that day not included).

    The same facts again give the row that is there. Raises NotAllowedError for whoever is not HR or privacy officer,
    DomainError for a day that is still to come, a term that is over or too long, or no purpose.
    """
    _demand_right(by)
    purpose, today = " ".join(purpose.split()), clock.today()
    if not purpose:
        raise DomainError("purpose", "Schrijf op waarvoor de ondernemingsraad instemde.", field="purpose")
    if agreed_on > today:
        raise DomainError(
            "agreed_on", "De instemming is nog niet gegeven; vul een datum tot vandaag in.", field="agreed_on"
        )
    if ends_on <= today:
        raise DomainError("ends_on", "Deze termijn is al voorbij; vul een datum na vandaag in.", field="ends_on")
    if ends_on > agreed_on + relativedelta(years=LONGEST_YEARS):
        raise DomainError(
            "ends_on", f"Een instemming geldt hoogstens {LONGEST_YEARS} jaar; kies een eerdere datum.", field="ends_on"
        )
    consent: WorksCouncilConsent
    consent, created = WorksCouncilConsent.objects.not_withdrawn().get_or_create(
        agreed_on=agreed_on, purpose=purpose, ends_on=ends_on, defaults={"recorded_at": clock.now(), "recorded_by": by}
    )
    if created:
        log(action="consent.record", by=by, target=consent.public_id)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: WorksCouncilConsent, by: User) -> WorksCouncilConsent:
    """The works council took it back: the pages close at once. Withdrawing twice is withdrawing once."""
    _demand_right(by)
    held: WorksCouncilConsent = WorksCouncilConsent.objects.select_for_update().get(pk=consent.pk)
    if held.withdrawn_at is None:
        held.withdrawn_at, held.withdrawn_by = clock.now(), by
        held.save(update_fields=["withdrawn_at", "withdrawn_by"])
        log(action="consent.withdraw", by=by, target=held.public_id)
    return held


def _demand_right(by: User) -> None:
    if not can_record_consent(by):
        raise NotAllowedError("consent", "Alleen HR en de privacy officer leggen de instemming vast.")

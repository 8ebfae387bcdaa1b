"""Entering a professional registration, checking it, and its periods."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain.audit import record as log
from certificates.credits.engine.evaluation import following_period, latest_submission
from certificates.credits.engine.values import ZERO
from certificates.credits.enums import PeriodOutcome, RegistrationStatus
from certificates.credits.models import Period, Registration, RuleSet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from academy.people.models import User
    from certificates.credits.models import Chamber


@transaction.atomic
def register(*, person: User, chamber: Chamber, number: str, starts_on: date, variant: str = "") -> Registration:
    """Enter that ``person`` is registered in ``chamber`` and that a period began. A running one gets the new number."""
    if starts_on > clock.today():
        raise DomainError("starts_on", "Deze dag moet nog komen; vul in wanneer je periode begon.", field="starts_on")
    number = number.replace(" ", "")
    if number and not re.fullmatch(chamber.register.number_regex, number):
        raise DomainError(
            "number", f"Dit is geen registratienummer van {chamber.register.name}; kijk op je pas.", field="number"
        )
    registration: Registration
    registration, _created = Registration.objects.active().get_or_create(
        person=person, chamber=chamber, defaults={"status": RegistrationStatus.ACTIVE}
    )
    if registration.number != number:
        registration.verified_on = registration.verified_by = None
    registration.number, registration.variant = number, variant
    registration.save(update_fields=["number", "variant", "verified_on", "verified_by"])
    held = RuleSet.objects.for_period(
        chamber.pk, starts_on=starts_on, due_on=starts_on + relativedelta(years=5)
    ).first()
    years = held.period_years if held else 5
    Period.objects.get_or_create(
        registration=registration,
        starts_on=starts_on,
        defaults={"due_on": starts_on + relativedelta(years=years)},
    )
    return registration


@transaction.atomic
def declare(
    *,
    period: Period,
    work_hours: Decimal | None = None,
    work_hours_specific: Decimal | None = None,
    documents: Iterable[str] = (),
) -> Period:
    """Note what a person says of a period: hours worked, and the keys of the documents she has."""
    if (work_hours or ZERO) < (work_hours_specific or ZERO):
        raise DomainError(
            "work_hours_specific",
            "De uren in dit beroep zijn er niet meer dan alle gewerkte uren; pas een van beide aan.",
            field="work_hours_specific",
        )
    period = Period.objects.select_for_update().get(pk=period.pk)
    period.work_hours, period.work_hours_specific = work_hours, work_hours_specific
    period.documents = sorted(documents)
    period.save(update_fields=["work_hours", "work_hours_specific", "documents"])
    return period


@transaction.atomic
def verify_registration(*, registration: Registration, by: User, on: date) -> Registration:
    """Say that the number was looked up in the public register; somebody else than the person does that."""
    if registration.person_id == by.pk:
        raise NotAllowedError("own_registration", "Laat een collega je registratie nakijken.")
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    registration.verified_on, registration.verified_by = on, by
    registration.save(update_fields=["verified_on", "verified_by"])
    log(action="registration.verify", by=by, subject=registration.person, target=registration.public_id)
    return registration


@transaction.atomic
def submit_period(*, period: Period, on: date) -> Period:
    """Hand in a period; the next one begins on that same day and is returned. Handing in twice is handing in once."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    if period.submitted_on is None:
        last = latest_submission(period.due_on)
        if not period.starts_on < on <= last:
            raise DomainError("submitted_on", f"Indienen kan tot en met {last:%d-%m-%Y}.", field="submitted_on")
        period.submitted_on = on
        period.save(update_fields=["submitted_on"])
    years = relativedelta(period.due_on, period.starts_on).years
    starts_on, due_on = following_period(period.submitted_on, years)
    following: Period
    following, _created = Period.objects.get_or_create(
        registration_id=period.registration_id, starts_on=starts_on, defaults={"due_on": due_on}
    )
    return following


@transaction.atomic
def decide_period(*, period: Period, outcome: PeriodOutcome, on: date) -> Period:
    """Note what the register decided on a period that was handed in."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    if period.submitted_on is None or on < period.submitted_on:
        raise DomainError("decided_on", "Een besluit komt na het indienen; vul eerst die datum in.", field="decided_on")
    period.decided_on, period.outcome = on, outcome
    period.save(update_fields=["decided_on", "outcome"])
    return period

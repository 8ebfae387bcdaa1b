"""What registers grant for an offering, and what they ask of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError, Reason
from academy.gatherings.enums import ACTIVITY_FORMS
from academy.gatherings.models import Accreditation, Offering
from academy.gatherings.rules import can_accredit
from academy.people.domain.audit import record
from certificates.credits.domain.rule_sets import rules_of
from certificates.credits.engine.eligibility import needs_test
from certificates.credits.models import RuleSet

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from wagtail.models import Page

    from academy.people.models import User
    from certificates.credits.models import Chamber, Register


def closing_test_reasons(page: Page) -> tuple[Reason, ...]:
    """Why ``page`` cannot be published: it is accredited for points, its register asks a closing test, it has none.

    ``page`` may be a version that was not published yet: its form, study load and questions are what is looked at.
    """
    if not isinstance(page, Offering) or page.has_test or page.pk is None:
        return ()
    today = clock.today()
    granting = Accreditation.objects.filter(offering=page.pk, points__gt=0, valid_to__gte=today)
    asking = [one for one in granting.select_related("register", "chamber") if asks_test(page, one)]
    if not asking:
        return ()
    names = ", ".join(sorted({str(one.chamber or one.register) for one in asking}))
    return (
        Reason(
            "test_missing",
            _(
                "“%(title)s” is geaccrediteerd voor %(names)s en dan is een afsluitende toets verplicht. "
                "Voeg bij “Lessen en toets” toetsvragen toe, of haal de accreditatie weg."
            )
            % {"title": page.title, "names": names},
        ),
    )


def asks_test(offering: Offering, accreditation: Accreditation) -> bool:
    """Whether these points are only given with a closing test: it says so itself, or the rules of its register do."""
    if accreditation.test_required:
        return True
    day = max(clock.today(), accreditation.valid_from)
    if accreditation.chamber_id is None:
        rule_sets = RuleSet.objects.filter(chambers__register=accreditation.register_id)
    else:
        rule_sets = RuleSet.objects.filter(chambers=accreditation.chamber_id)
    form, minutes = ACTIVITY_FORMS[offering.form], offering.study_load_minutes
    in_force = rule_sets.in_force(day).distinct()
    return any(needs_test(rules_of(one), form=form, minutes=minutes) for one in in_force)


@transaction.atomic
def accredit(
    *,
    offering: Offering,
    register: Register,
    chamber: Chamber | None,
    points: Decimal,
    valid_from: date,
    valid_to: date,
    by: User | None,
    **terms: Any,
) -> Accreditation:
    """Write down what a register grants; ``terms`` are the other fields of the accreditation.

    Who has a seat already keeps what was promised. Raises DomainError when the offering stands in the catalogue
    without the closing test that these points ask for.
    """
    if by is not None and not can_accredit(by):
        raise NotAllowedError("not_allowed", _("Een accreditatie legt het bureau vast."))
    accreditation = Accreditation(
        offering=offering,
        register=register,
        chamber=chamber,
        points=points,
        valid_from=valid_from,
        valid_to=valid_to,
        **terms,
    )
    accreditation.full_clean()
    accreditation.save()
    page = offering.specific
    against = closing_test_reasons(page) if page.live else ()
    if against:
        raise DomainError(against[0].code, against[0].message, reasons=against, field="points")
    record(action="accreditation.grant", by=by, target=str(accreditation.pk), data={"points": str(points)})
    return accreditation

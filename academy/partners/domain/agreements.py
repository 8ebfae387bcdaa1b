"""What was agreed with partners and teams."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from academy.common.errors import DomainError
from academy.partners.domain.saving import Partner, about, check_exists, save_clean
from academy.partners.models import Agreement
from academy.partners.querysets import with_predecessors
from academy.people.domain.audit import record
from academy.people.models import Municipality

if TYPE_CHECKING:
    from datetime import date

    from academy.partners.enums import AgreementKind
    from academy.people.models import Team, User


@transaction.atomic
def agree(
    *,
    partner: Partner,
    kind: AgreementKind | str,
    starts_on: date,
    by: User,
    team: Team | None = None,
    note: str = "",
) -> Agreement:
    """Record an agreement with ``partner``, or with one team that works there.

    One that runs already is returned unchanged. Raises DomainError for a partner that merged away, a team that does
    not belong there, and an agreement of another kind without a word on what it is.
    """
    check_exists(partner)
    if team is not None and not _belongs(team, partner):
        raise DomainError("team", f"{team.name} hoort niet bij {partner.name}; kies een ander team.", field="team")
    running = Agreement.objects.select_for_update().filter(
        **about(partner), team=team, kind=kind, note=note.strip(), ends_on__isnull=True
    )
    held: Agreement | None = running.first()
    if held is not None:
        return held
    agreement = Agreement(
        **about(partner), team=team, kind=kind, note=note.strip(), starts_on=starts_on, recorded_by=by
    )
    save_clean(agreement)
    record(action="partners.agreement", by=by, target=agreement.public_id, data={"kind": str(kind)})
    return agreement


@transaction.atomic
def end_agreement(*, agreement: Agreement, on: date, by: User) -> Agreement:
    """It holds no more from the day ``on``. One that ended is returned unchanged."""
    agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if agreement.ends_on is not None:
        return agreement
    agreement.ends_on = on
    save_clean(agreement)
    record(action="partners.agreement", by=by, target=agreement.public_id, data={"what": "end", "on": str(on)})
    return agreement


def _belongs(team: Team, partner: Partner) -> bool:
    if isinstance(partner, Municipality):
        return team.municipalities.filter(pk__in=with_predecessors(partner)).exists()
    return team.organisation_id == partner.pk

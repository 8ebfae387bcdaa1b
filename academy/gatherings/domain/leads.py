"""Who leads a gathering, since when and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.clashes import sessions_clashing
from academy.gatherings.domain.eligibility import refusals
from academy.gatherings.domain.engagements import engagements_of
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.enums import LeadRole
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Lead
from academy.gatherings.rules import can_assign_leads, can_stand_in
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from datetime import datetime

    from academy.gatherings.models import Gathering
    from academy.people.models import User


@transaction.atomic
def assign_lead(
    *,
    gathering: Gathering,
    person: User,
    role: LeadRole | str,
    by: User | None,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Lead:
    """Have ``person`` lead from ``starts_at`` (now) until ``ends_at`` (open). It holds from the next request.

    A second call for a role that runs returns that row. A colleague who already leads may name a stand-in; any other
    role is given by the office, or by None: the academy itself.
    """
    gathering = lock_gathering(gathering)
    allowed = by is None or (can_stand_in(by, gathering) if role == LeadRole.STANDS_IN else can_assign_leads(by))
    if not allowed:
        raise NotAllowedError("not_allowed", _("Het bureau wijst begeleiders aan; jij kunt een invaller noemen."))
    held: Lead | None = Lead.objects.filter(gathering=gathering, person=person, role=role, ends_at__isnull=True).first()
    if held is not None:
        return held
    busy = sessions_clashing(gathering, engagements_of(person, gathering))
    clash = sorted({other.gathering.title for _one, other in busy})
    if clash:
        words = _("%(person)s is dan al bezet: %(titles)s. Kies iemand anders of verplaats een sessie.")
        raise DomainError("lead_busy", words % {"person": person, "titles": ", ".join(clash)})
    against = refusals(kind_of(gathering).lead_reasons(person, gathering))
    if against:
        raise DomainError(against[0].code, against[0].message, reasons=against)
    lead = Lead(
        gathering=gathering,
        person=person,
        role=role,
        starts_at=starts_at or clock.now(),
        ends_at=ends_at,
        assigned_by=by,
    )
    lead.full_clean(exclude=["assigned_by"])
    lead.save()
    record(action="lead.assign", by=by, subject=person, target=gathering.public_id, data={"role": str(role)})
    return lead


@transaction.atomic
def end_lead(*, lead: Lead, by: User | None) -> Lead:
    """End it now; it holds from the next request. One that ended already is returned unchanged."""
    gathering = lock_gathering(lead.gathering_id)
    lead = Lead.objects.select_for_update(of=("self",)).select_related("person").get(pk=lead.pk)
    if by is not None and not (
        can_assign_leads(by) or (lead.role == LeadRole.STANDS_IN and can_stand_in(by, gathering))
    ):
        raise NotAllowedError("not_allowed", _("Het bureau beëindigt begeleiding."))
    moment = clock.now()
    if lead.ends_at is not None and lead.ends_at <= moment:
        return lead
    lead.ends_at = max(moment, lead.starts_at)
    lead.save(update_fields=["ends_at"])
    record(action="lead.end", by=by, subject=lead.person, target=gathering.public_id, data={"role": lead.role})
    return lead

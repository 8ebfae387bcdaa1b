"""What happens to seats and leads of somebody who leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.domain.offers import fill_free_places
from academy.gatherings.domain.placing import end
from academy.gatherings.domain.seats import locked_seat
from academy.gatherings.enums import EndReason, GatheringState, SeatState
from academy.gatherings.models import Lead, Seat
from academy.outbox.domain.jobs import enqueue
from academy.people.models import User

if TYPE_CHECKING:
    from datetime import date

FREE_SEATS = "gatherings.free_seats"


def leave_gatherings(*, person: User, by: User | None, on: date) -> None:
    """Leads end now; the seats follow in a job of its own, because it locks gatherings and the person is locked here.

    Raises DomainError with the names when somebody would be left without a lead.
    """
    moment = clock.now()
    running = Lead.objects.filter(person=person).current(moment)
    alone = [
        lead.gathering.title
        for lead in running.filter(gathering__state=GatheringState.OPEN).select_related("gathering")
        if not lead.gathering.leads.current(moment).exclude(person=person).exists()
        and (lead.gathering.ends_at is None or lead.gathering.ends_at > moment)
    ]
    if alone:
        raise DomainError(
            "still_leads",
            _("Wijs eerst een ander aan voor: %(titles)s. Daar is anders geen begeleider meer.")
            % {"titles": ", ".join(sorted(alone))},
        )
    for lead in running:
        lead.ends_at = max(moment, lead.starts_at)
        lead.save(update_fields=["ends_at"])
    Lead.objects.filter(person=person, starts_at__gt=moment).delete()
    payload = {"person": person.public_id, "by": by.public_id if by is not None else ""}
    enqueue(kind=FREE_SEATS, key=f"{FREE_SEATS}:{person.public_id}:{on.isoformat()}", payload=payload)


def free_seats(payload: dict[str, Any]) -> None:
    """Let the seats go in what has not ended; never late, for leaving is no cancelling. Safe to run twice."""
    by = User.objects.filter(public_id=payload["by"]).first()
    seats = Seat.objects.active().filter(person__public_id=payload["person"], gathering__state=GatheringState.OPEN)
    ahead = seats.exclude(gathering__ends_at__lte=clock.now()).order_by("gathering")
    for seat in ahead:
        gathering = lock_gathering(seat.gathering_id)
        held = locked_seat(seat, gathering)
        if held.is_active:
            end(held, SeatState.CANCELLED, EndReason.LEFT, by=by)
            fill_free_places(gathering)

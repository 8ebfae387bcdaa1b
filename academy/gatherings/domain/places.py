"""Where a session is: in the open for an open place, on screen and logged for a closed one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.common.errors import NotAllowedError, Reason
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Seat
from academy.gatherings.rules import leads
from academy.people.domain.audit import record
from academy.people.enums import Role
from academy.people.rules import has_role, is_approved

if TYPE_CHECKING:
    from academy.gatherings.models import Session, Venue
    from academy.people.models import User

SHOWN_BEFORE = timedelta(hours=72)
SHOWN_AFTER = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Place:
    """What may be shown of a place; ``venue`` is None while it may not, and ``reasons`` say why."""

    venue: Venue | None
    is_closed: bool = False
    reasons: tuple[Reason, ...] = ()


def place_for(session: Session, person: User) -> Place:
    """What ``person`` may see now, without opening a closed place."""
    if session.venue is None or not session.venue.is_closed:
        return Place(session.venue)
    return Place(None, is_closed=True, reasons=place_reasons(session, person))


def open_place(*, session: Session, by: User) -> Place:
    """Show a closed place to somebody who may come; it is written down who opened it.

    Raises NotAllowedError with every reason that stands in the way.
    """
    if session.venue is None or not session.venue.is_closed:
        return Place(session.venue)
    against = place_reasons(session, by)
    if against:
        raise NotAllowedError("place_closed", against[0].message, reasons=against)
    record(action="place.open", by=by, subject=by, target=session.public_id)
    return Place(session.venue, is_closed=True)


def place_reasons(session: Session, person: User) -> tuple[Reason, ...]:
    """Why a closed place stays closed for ``person`` now; empty when it may be opened."""
    if leads(person, session.gathering) or has_role(person, Role.OFFICE):
        return ()
    seat = Seat.objects.confirmed().filter(gathering_id=session.gathering_id, person_id=person.pk).first()
    if seat is None or not is_approved(person):
        return (Reason("no_seat", _("Het adres is er voor wie een bevestigde plek en een bevestigd account heeft.")),)
    found = []
    opens, shuts = session.starts_at - SHOWN_BEFORE, session.ends_at + SHOWN_AFTER
    if not opens <= clock.now() < shuts:
        found.append(
            Reason(
                "not_now",
                _("Het adres staat hier van %(opens)s tot %(shuts)s.")
                % {"opens": formats.moment(opens), "shuts": formats.moment(shuts)},
            )
        )
    return (*found, *kind_of(session.gathering).place_reasons(seat))

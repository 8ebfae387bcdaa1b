"""The lock and the check that every step of learning begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.domain.seats import locked_seat
from courses.learning.rules import learns_in

if TYPE_CHECKING:
    from academy.gatherings.models import Seat
    from academy.people.models import User


def locked_for(seat: Seat, by: User) -> Seat:
    """The seat as it is now, with its gathering locked: closing the group and passing its test wait for each other.

    Raises NotAllowedError for the seat of somebody else, DomainError for one that gives no access any more.
    """
    if seat.person_id != by.pk:
        raise NotAllowedError("not_yours", _("Je kunt alleen je eigen lessen en toets doen."))
    fresh = locked_seat(seat, lock_gathering(seat.gathering_id))
    if not learns_in(by, fresh):
        raise DomainError("no_seat", _("Je hebt hier geen plek meer. Schrijf je opnieuw in om verder te gaan."))
    return fresh

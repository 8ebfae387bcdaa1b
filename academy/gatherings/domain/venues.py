"""Keeping the list of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.enums import VenueKind
from academy.gatherings.models import Session, Venue
from academy.gatherings.rules import can_keep_venues
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import Municipality, User


@transaction.atomic
def keep_venue(
    *,
    name: str,
    kind: VenueKind | str,
    by: User | None,
    venue: Venue | None = None,
    address: str = "",
    directions: str = "",
    municipality: Municipality | None = None,
    room_for: int | None = None,
    active_to: date | None = None,
) -> Venue:
    """Add a place, or change ``venue``; the same again changes nothing.

    Raises DomainError when the place goes out of use while sessions are planned there.
    """
    if by is not None and not can_keep_venues(by):
        raise NotAllowedError("not_allowed", _("Locaties houdt het bureau bij."))
    kept = Venue() if venue is None else Venue.objects.select_for_update().get(pk=venue.pk)
    kept.name, kept.kind, kept.address = name, kind, address
    kept.municipality = municipality
    kept.directions, kept.room_for, kept.active_to = directions, room_for, active_to
    kept.full_clean()
    if active_to is not None and kept.pk is not None:
        _check_free_from(kept, active_to)
    kept.save()
    record(action="venue.keep", by=by, target=str(kept.pk))
    return kept


def _check_free_from(venue: Venue, day: date) -> None:
    planned = Session.objects.upcoming().filter(venue=venue).select_related("gathering")
    left = sorted({one.gathering.title for one in planned if one.starts_at.astimezone(clock.AMSTERDAM).date() >= day})
    if left:
        words = _("Hier staan dan nog sessies: %(titles)s. Verplaats die eerst.")
        raise DomainError("venue_in_use", words % {"titles": ", ".join(left)}, field="active_to")

"""What stands in the way of taking an offering off the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common.errors import DomainError
from academy.gatherings.enums import GatheringState
from academy.gatherings.models import Gathering, Offering

if TYPE_CHECKING:
    from wagtail.models import Page

NAMED = 5


def open_gatherings_under(page: Page) -> list[Gathering]:
    """Gatherings not closed or cancelled yet of the offering that ``page`` is, or of any below it."""
    offerings = Offering.objects.descendant_of(page, inclusive=True)
    running = Gathering.objects.filter(state__in=(GatheringState.DRAFT, GatheringState.OPEN))
    return list(running.filter(offering__in=offerings).order_by("starts_at", "pk"))


def check_removable(*, page: Page) -> None:
    """Raises DomainError with the names when people still count on something below ``page``."""
    held = open_gatherings_under(page)
    if not held:
        return
    names = ", ".join(f"“{gathering.title}”" for gathering in held[:NAMED])
    more = _(" en %(number)d andere") % {"number": len(held) - NAMED} if len(held) > NAMED else ""
    raise DomainError(
        "open_gatherings",
        _("Dit kan nog niet weg: %(names)s%(more)s loopt nog. Sluit of annuleer dat eerst.")
        % {"names": names, "more": more},
    )

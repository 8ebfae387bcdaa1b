"""Kennismaken - Trainen - Leertafel for one person: where she is, and the next thing to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from academy.common import formats
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Seat
from academy.partners.enums import Moment
from academy.partners.moments import KIND_OF, moments_of
from academy.people.rules import is_internal
from academy.portal.mine_overview import address
from academy.portal.navigation import navigation_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import HttpRequest

# Where each moment begins, and the words of the link; as long as a page is not there the catalogue is.
CATALOGUE = "/aanbod/"
DOORS = {
    Moment.MEET: ("/kijkje-in-de-keuken/", gettext_lazy("Kies een Kijkje")),
    Moment.TRAIN: (CATALOGUE, gettext_lazy("Kies een training")),
    Moment.TABLE: ("/leertafels/", gettext_lazy("Zoek een leertafel")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the stepper: ``state`` is done, now or later."""

    title: str
    state: str
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """``next_url`` is empty when all three are done, or nothing can be chosen yet."""

    steps: tuple[Step, ...]
    next_url: str
    next_words: str

    @property
    def is_complete(self) -> bool:
        return all(step.state == "done" for step in self.steps)


def journey_of(request: HttpRequest) -> Journey | None:
    """The journey of whoever is logged in."""
    ahead = Seat.objects.ahead().filter(person=request.user.pk).select_related("gathering")
    return journey(request, ahead.order_by("gathering__starts_at", "pk"))


def journey(request: HttpRequest, ahead: Iterable[Seat]) -> Journey | None:
    """Where somebody from outside is, with these seats in what is not over; nobody else makes this journey."""
    user = request.user
    if not user.is_authenticated or is_internal(user):
        return None
    had, planned = moments_of(user), _planned(ahead)
    reachable = navigation_of(request).reachable
    steps: list[Step] = []
    next_url = next_words = ""
    for moment in Moment:
        if moment in had:
            steps.append(Step(moment.label, "done", _("gedaan")))
            continue
        is_now = all(step.state == "done" for step in steps)
        seat = planned.get(KIND_OF[moment])
        door, words = DOORS[moment]
        door = next((target for target in (door, CATALOGUE) if target in reachable), "")
        if is_now:
            next_url, next_words = (address(seat.gathering), _("Bekijk je plek")) if seat else (door, str(words))
        steps.append(Step(moment.label, "now" if is_now else "later", _when(seat), door))
    return Journey(tuple(steps), next_url, next_words)


def _planned(ahead: Iterable[Seat]) -> dict[str, Seat]:
    """Kind -> the first date that she has a place for."""
    found: dict[str, Seat] = {}
    for seat in ahead:
        if seat.state == SeatState.CONFIRMED and seat.gathering.ends_at is not None:
            found.setdefault(seat.gathering.kind, seat)
    return found


def _when(seat: Seat | None) -> str:
    if seat is None:
        return ""
    return _("je hebt een plek: %(day)s") % {"day": formats.day(seat.gathering.starts_at)}

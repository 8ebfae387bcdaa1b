"""How a gathering stands, in the few words that a list has room for: places, waiting list, window, points."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, ngettext

from academy.common import clock, formats
from academy.gatherings.domain.eligibility import fits
from academy.gatherings.domain.moments import is_over
from academy.gatherings.enums import GatheringState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from academy.gatherings.models import Accreditation, Gathering
    from certificates.credits.models import Registration

# From this number of free places on it is worth saying that there are not many.
FEW = 3


@dataclass(frozen=True, slots=True)
class Situation:
    """``words`` for a person and ``tone``, a kind of the status component. ``joinable``: somebody could ask now."""

    words: str
    tone: str
    joinable: bool = False


def situation(gathering: Gathering, at: datetime | None = None) -> Situation:
    """How a ``gathering`` with its places (``with_places``) stands at a moment."""
    at = at or clock.now()
    shut = _shut(gathering, at)
    if shut is not None:
        return shut
    if gathering.capacity is None:
        return Situation(_("altijd plek") if gathering.starts_at else _("begin wanneer je wilt"), "done", joinable=True)
    free = gathering.capacity - gathering.seats_taken
    if gathering.waiting:
        # Who waits goes first, also when a place is free at this moment.
        words = ngettext("vol, %(count)d wachtende", "vol, %(count)d wachtenden", gathering.waiting)
        return Situation(words % {"count": gathering.waiting}, "soon", joinable=True)
    if free <= 0:
        return Situation(_("vol, nog niemand wacht"), "soon", joinable=True)
    words = ngettext("%(count)d plek", "%(count)d plekken", free) % {"count": free}
    return (
        Situation(_("nog %(places)s") % {"places": words}, "soon", joinable=True)
        if free <= FEW
        else Situation(words, "done", joinable=True)
    )


def _shut(gathering: Gathering, at: datetime) -> Situation | None:
    """Why nobody can come in at this moment; None when the window is open."""
    last = gathering.ends_at if gathering.closes_per_session else gathering.starts_at
    words, tone = "", "quiet"
    if gathering.state == GatheringState.CANCELLED:
        words, tone = _("gaat niet door"), "late"
    elif gathering.state == GatheringState.CLOSED or is_over(gathering, at):
        words = _("voorbij")
    elif gathering.state == GatheringState.DRAFT:
        words = _("nog niet open")
    elif last is not None and last <= at:
        words = _("al begonnen")
    elif gathering.opens_at is not None and gathering.opens_at > at:
        words = _("opent %(day)s") % {"day": _near_day(gathering.opens_at, at)}
    elif gathering.closes_at is not None and gathering.closes_at <= at:
        words = _("inschrijven is gesloten")
    return Situation(words, tone) if words else None


def _near_day(moment: datetime, at: datetime) -> str:
    """``1 maart``, with the year when that is another one."""
    words = formats.short_day(moment)
    years = {each.astimezone(clock.AMSTERDAM).year for each in (moment, at)}
    return words.rpartition(" ")[0] if len(years) == 1 else words


def when(gathering: Gathering) -> str:
    """``di 14 april 2027, 09.30-11.30 uur`` or, over several days, ``14 april tot en met 12 mei 2027``."""
    first, last = gathering.starts_at, gathering.ends_at
    if first is None or last is None:
        return _("op elk moment")
    same_day = first.astimezone(clock.AMSTERDAM).date() == last.astimezone(clock.AMSTERDAM).date()
    return formats.period(first, last) if same_day else formats.days(first, last)


@dataclass(frozen=True, slots=True)
class Points:
    """What an offering counts for on a day; ``mine`` when it does so for a registration of the person who looks."""

    words: str
    mine: bool


def points(
    accreditations: Sequence[Accreditation], registrations: Sequence[Registration], on: date | None = None
) -> Points | None:
    """The most points that one chamber grants, of one's own chambers if any; None when nothing holds on that day."""
    on = on or clock.today()
    granted = [one for one in accreditations if one.is_granted and one.valid_from <= on <= one.valid_to and one.points]
    own = [one for one in granted if any(fits(one, held) for held in registrations)]
    if own:
        words = _("telt voor jouw kamer: %(points)s") % {"points": formats.points(_most(own))}
        return Points(words, mine=True)
    if granted:
        registers = ", ".join(sorted({one.register.code for one in granted}))
        words = _("%(points)s voor %(registers)s") % {"points": formats.points(_most(granted)), "registers": registers}
        return Points(words, mine=False)
    return None


def _most(granted: Sequence[Accreditation]) -> Decimal:
    """One chamber may grant points for several requirements; several chambers never add up."""
    totals: dict[tuple[int, int | None], Decimal] = defaultdict(Decimal)
    for one in granted:
        totals[one.register_id, one.chamber_id] += one.points
    return max(totals.values())

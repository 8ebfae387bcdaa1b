"""What the desk reads about a leertafel besides what it reads about every group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from academy.common import clock
from academy.gatherings.enums import GatheringState
from leertafels.models import LeertafelPage
from leertafels.reading import LONGEST_GAP, long_gaps, next_session, pairs_with_authority, signed_by
from leertafels.scripts import on_the_clock, scripts_for

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from academy.gatherings.models import Gathering, Session
    from academy.people.models import User
    from leertafels.models import Leertafel
    from leertafels.scripts import Script, Slot


@dataclass(frozen=True, slots=True)
class TableAtDesk:
    """``pairs`` are managers with their own staff at this table; ``waits`` is the first meeting held and not closed."""

    leertafel: Leertafel
    confirmed: int
    gaps: list[tuple[Session, Session]]
    pairs: list[tuple[str, str]]
    next: Session | None
    waits: Session | None
    is_done: bool

    @property
    def too_few(self) -> bool:
        return self.confirmed < (self.leertafel.gathering.minimum or 0)


def table_at_desk(gathering: Gathering, sessions: Sequence[Session], confirmed: int) -> TableAtDesk | None:
    """None for a group that is no leertafel. ``is_done``: every meeting was closed, only the series is left to end."""
    table = getattr(gathering, "leertafel", None)
    if table is None:
        return None
    at = clock.now()
    left = [one for one in sessions if one.cancelled_at is None and one.closed_at is None]
    return TableAtDesk(
        leertafel=table,
        confirmed=confirmed,
        gaps=long_gaps(sessions),
        pairs=pairs_with_authority(gathering),
        next=next_session(gathering, at),
        waits=next((one for one in left if one.ends_at <= at), None),
        is_done=gathering.state == GatheringState.OPEN and bool(sessions) and not left,
    )


def unsigned_at(gathering: Gathering, people: Collection[User]) -> set[int]:
    """Keys of those of ``people`` who did not sign the agreements."""
    return {person.pk for person in people} - signed_by(gathering)


def notes_of(gathering: Any) -> tuple[tuple[str, str], ...]:
    """What a list says about a leertafel: (kind of status, words). Needs ``with_next`` and nothing more."""
    table = getattr(gathering, "leertafel", None)
    if table is None or gathering.state in (GatheringState.CLOSED, GatheringState.CANCELLED):
        return ()
    words = _("%(confirmed)d bevestigd, gaat door vanaf %(smallest)d")
    facts = {"confirmed": gathering.confirmed, "smallest": gathering.minimum}
    notes = [("done" if gathering.confirmed >= (gathering.minimum or 0) else "soon", words % facts)]
    ahead, before = gathering.next_start, gathering.last_start
    if ahead is not None and before is not None and ahead - before > LONGEST_GAP:
        notes.append(("soon", _("meer dan 8 weken tussen twee bijeenkomsten")))
    return tuple(notes)


@dataclass(frozen=True, slots=True)
class ScriptAtDesk:
    """The script chosen for a meeting, what else suits the table, and the step that is on the screen (if any)."""

    chosen: Script
    others: tuple[Script, ...]
    slots: tuple[Slot, ...]
    now: Slot | None

    @property
    def before(self) -> Slot | None:
        return self.slots[self.now.number - 2] if self.now and self.now.number > 1 else None

    @property
    def after(self) -> Slot | None:
        return self.slots[self.now.number] if self.now and self.now.number < len(self.slots) else None


def script_of(gathering: Gathering, session: Session, method: str, step: str) -> ScriptAtDesk | None:
    """None for a group that is no leertafel. Without a known ``method``: that of the theme, or the first."""
    table = getattr(gathering, "leertafel", None)
    if table is None:
        return None
    fitting = {script.method.value: script for script in scripts_for(table.mode)}
    usual = LeertafelPage.objects.filter(pk=gathering.offering_id).values_list("method", flat=True).first()
    chosen = fitting.get(method) or fitting.get(usual or "") or next(iter(fitting.values()))
    slots = on_the_clock(chosen, session.starts_at)
    return ScriptAtDesk(
        chosen=chosen,
        others=tuple(script for script in fitting.values() if script is not chosen),
        slots=slots,
        now=next((slot for slot in slots if str(slot.number) == step), None),
    )

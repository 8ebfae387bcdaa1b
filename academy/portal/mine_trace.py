"""Why points were booked as they were, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from academy.common import formats
from academy.portal.mine_portfolio import CREDIT_STATUS
from certificates.credits.engine.eligibility import REASONS
from certificates.credits.enums import CreditEventKind
from certificates.credits.models import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.functional import Promise

    from certificates.credits.models import CreditEntry

    Labels = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One booking as a list shows it; ``why`` is one sentence after the other."""

    entry: CreditEntry
    requirement: str
    word: str | Promise
    kind: str
    why: tuple[str, ...]


def labels_of(entries: Iterable[CreditEntry]) -> Labels:
    """The name of each requirement that these entries were booked for, by rule set and key; one query."""
    wanted = {entry.rule_set for entry in entries}
    rows = Requirement.objects.filter(rule_set__code__in=wanted).values_list("rule_set__code", "key", "label")
    return {(code, key): label for code, key, label in rows}


def can_be_marked(entry: CreditEntry) -> bool:
    """Whether the register can still say something of it: it counts, and was not taken back."""
    return bool(entry.requirement) and entry.reverses_id is None and entry.last_event != CreditEventKind.REVERSED


def entry_row(entry: CreditEntry, labels: Labels) -> EntryRow:
    """Needs ``with_state()``."""
    requirement = labels.get((entry.rule_set, entry.requirement), entry.requirement)
    if entry.reverses_id is not None:
        word, kind = CREDIT_STATUS[CreditEventKind.REVERSED]
        return EntryRow(entry, requirement, word, kind, (_("Dit haalt een eerdere boeking terug na een correctie."),))
    word, kind = CREDIT_STATUS[entry.state]
    return EntryRow(entry, requirement, word, kind, tuple(_why(entry, requirement)))


def _why(entry: CreditEntry, requirement: str) -> list[str]:
    trace = entry.rule_trace
    if not entry.requirement:
        return [trace.get("explanation") or REASONS.get(entry.reason, _("Hiervoor geeft dit register geen punten."))]
    words = [_("Telt voor: %(requirement)s.") % {"requirement": requirement}, _counted(entry)]
    if entry.accreditation:
        words.append(
            _("Geaccrediteerd door %(who)s onder nummer %(number)s.")
            % {"who": trace.get("accreditor", ""), "number": entry.accreditation}
        )
    words += [_left_out(note) for note in trace.get("notes", ())]
    if trace.get("test_passed"):
        words.append(_("Je haalde de afsluitende toets."))
    return words


def _counted(entry: CreditEntry) -> str:
    if not entry.series:
        return _("Het register geeft hiervoor %(points)s.") % {"points": formats.points(entry.points_expected)}
    return _("%(minutes)s tellen mee, %(hours)s uur voor een punt; we ronden af over de hele reeks.") % {
        "minutes": formats.minutes(entry.minutes),
        "hours": formats.number(Decimal(entry.divisor)),
    }


def _left_out(note: dict[str, Any]) -> str:
    reason = REASONS.get(note["code"], "")
    return _("%(minutes)s tellen niet mee. %(reason)s") % {
        "minutes": formats.minutes(note["minutes"]),
        "reason": reason,
    }

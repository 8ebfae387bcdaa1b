"""What a certificate says, in words: the same for the paper and for its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from academy.common import clock, formats
from certificates.enums import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from certificates.models import Certificate

# What fits on one sheet; the page shows all of it.
MOST_LINES = 4
MOST_DAYS = 12
HEADINGS = {
    Kind.PARTICIPATION: (gettext_lazy("Bewijs van deelname"), gettext_lazy("voor het volgen van")),
    Kind.COMPLETION: (gettext_lazy("Certificaat"), gettext_lazy("voor het afronden van")),
    Kind.REFLECTION: (gettext_lazy("Bewijs van deelname intervisie"), gettext_lazy("voor deelname aan")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """``rows`` are (label, lines). ``address`` is where the code is checked; it lives as long as the paper."""

    heading: str
    holder: str
    purpose: str
    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    issued_on: date
    code: str
    address: str

    @property
    def short_rows(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The rows as one sheet holds them."""
        return tuple((label, _shortened(lines)) for label, lines in self.rows)


def address_of(code: str) -> str:
    return settings.PUBLIC_URL + reverse("certificate", args=[code])


def paper_of(certificate: Certificate) -> Paper:
    """Everything that stands on ``certificate``, with the full name; for the holder, HR and the paper itself."""
    facts, holder = certificate.payload, certificate.holder
    heading, purpose = HEADINGS[Kind(certificate.kind)]
    rows = {
        _("Datum"): (_days([date.fromisoformat(day) for day in facts["dates"]]),),
        _("Duur"): (_length(facts),),
        _("Intervisie"): (_intervision(facts),),
        _("Toets"): (_passed(facts),),
        _("Gegeven door"): (_given_by(facts),),
        _("Accreditatie"): tuple(_points(facts)),
        _("Registratie"): tuple(f"{chamber.replace(':', ' ')} {number}" for chamber, number in holder.numbers.items()),
    }
    return Paper(
        heading=str(heading),
        holder=holder.name or _("houder verwijderd"),
        purpose=str(purpose),
        title=certificate.title,
        rows=tuple((label, kept) for label, lines in rows.items() if (kept := tuple(filter(None, lines)))),
        issued_on=certificate.recorded_at.astimezone(clock.AMSTERDAM).date(),
        code=certificate.printed_code,
        address=address_of(certificate.code),
    )


def _shortened(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) <= MOST_LINES:
        return lines
    return (*lines[: MOST_LINES - 1], _("en nog %(number)d; zie de pagina") % {"number": len(lines) - MOST_LINES + 1})


def _joined(words: Iterable[str]) -> str:
    *first, last = words
    return _("%(first)s en %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _days(days: list[date]) -> str:
    """``3, 10 en 17 maart 2026``; a long series is its first and last day."""
    if len(days) > MOST_DAYS:
        return _("%(first)s tot en met %(last)s") % {
            "first": formats.short_day(days[0]),
            "last": formats.short_day(days[-1]),
        }
    months = [list(group) for _month, group in groupby(days, key=lambda day: (day.year, day.month))]
    return _joined(
        f"{_joined([str(day.day) for day in group])} {formats.MONTHS[group[0].month - 1]} {group[0].year}"
        for group in months
    )


def _length(facts: dict[str, Any]) -> str:
    if not facts["minutes"]:
        return ""
    length, meetings = formats.minutes(facts["minutes"]), facts["meetings"]
    if meetings < 2:  # noqa: PLR2004 -- one meeting needs no counting
        return length
    words = ngettext("%(length)s in %(number)d bijeenkomst", "%(length)s in %(number)d bijeenkomsten", meetings)
    return words % {"length": length, "number": meetings}


def _intervision(facts: dict[str, Any]) -> str:
    """How much of it was intervision and in how large a group; a register asks for both."""
    minutes, people = facts.get("intervision_minutes", 0), facts["group_size"]
    if not minutes or not people:
        return ""
    return _("%(length)s, in een groep van %(people)d") % {"length": formats.minutes(minutes), "people": people}


def _passed(facts: dict[str, Any]) -> str:
    passed = facts["test_passed_on"]
    return _("gehaald op %(day)s") % {"day": formats.short_day(date.fromisoformat(passed))} if passed else ""


def _given_by(facts: dict[str, Any]) -> str:
    if not facts["led_by"]:
        return str(facts["provider"])
    return _("%(provider)s, door %(people)s") % {"provider": facts["provider"], "people": _joined(facts["led_by"])}


def _points(facts: dict[str, Any]) -> Iterable[str]:
    """The points that were booked; of an accreditation without a booking what it would be worth."""
    booked = set()
    for credit in facts["credits"]:
        booked.add(credit["accreditation"])
        number = _(", accreditatie %(id)s") % {"id": credit["accreditation"]} if credit["accreditation"] else ""
        yield f"{formats.points(Decimal(credit['points']))} {credit['chamber'].replace(':', ' ')}{number}"
    for part in facts["accreditations"]:
        if part["external_id"] not in booked:
            place = " ".join(filter(None, (part["register"], part["chamber"])))
            yield _("%(place)s: %(points)s volgens accreditatie %(id)s") % {
                "place": place,
                "points": formats.points(Decimal(part["points"])),
                "id": part["external_id"],
            }

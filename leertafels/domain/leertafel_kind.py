"""What a leertafel answers when the kernel asks: who may come in or lead, what was earned, how a session was spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common.errors import DomainError, Reason
from academy.gatherings.enums import SeatState
from academy.gatherings.kinds import Clocks, Kind, Mark
from leertafels.enums import FEWEST, SMALLEST, Mode, largest
from leertafels.models import Agreement
from leertafels.rules import (
    has_authority_with,
    has_signed,
    is_managed_by_one_of,
    leading_at,
    manages_one_of,
    seated_at,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.gatherings.models import Gathering, Seat, Session
    from academy.people.models import User
    from certificates.achievement import Achievement

NAME = "leertafel"


class LeertafelKind(Kind):
    name = NAME
    closes_per_session = True
    office_records_attendance = False
    has_clocks = True

    def url(self, gathering: Gathering) -> str:
        return f"/leertafel/{gathering.public_id}/"

    def reasons(self, person: User, gathering: Gathering) -> tuple[Reason, ...]:
        """``authority`` when she would sit with her manager or with somebody she manages, or when who leads manages
        her; ``agreement`` as long as she did not sign. The first refuses at a table for intervision, the second only
        asks.
        """
        found: list[Reason] = []
        if has_authority_with(person, seated_at(gathering)) or is_managed_by_one_of(person, leading_at(gathering)):
            found.append(_authority(gathering))
        if not has_signed(person, gathering):
            found.append(
                Reason("agreement", _("Onderteken na het inschrijven de afspraken van deze leertafel."), refuses=False)
            )
        return tuple(found)

    def lead_reasons(self, person: User, gathering: Gathering) -> tuple[Reason, ...]:
        """Who leads is not the manager of somebody at the table."""
        return (_authority(gathering),) if manages_one_of(person, seated_at(gathering)) else ()

    def achievements(self, seat: Seat) -> tuple[Achievement, ...]:
        from leertafels.domain.earning import achievements  # noqa: PLC0415 -- asked when a meeting closes, by few processes

        return achievements(seat)

    def marks(self, seats: Sequence[Seat]) -> dict[int, tuple[Mark, ...]]:
        """Beside each name whether she signed the agreements of the table."""
        signed = Agreement.objects.in_force(seats[0].gathering).values_list("person_id", flat=True) if seats else ()
        held = set(signed)
        yes, no = (Mark(_("ondertekend"), "done"),), (Mark(_("nog niet ondertekend"), "soon"),)
        return {seat.pk: yes if seat.person_id in held else no for seat in seats if seat.state == SeatState.CONFIRMED}

    def clocks(self, session: Session) -> Clocks | None:
        """A table for one thing spends the whole session on it; of a mixed one only who was there knows."""
        match session.gathering.leertafel.mode:
            case Mode.INTERVISION:
                return Clocks(session.minutes, 0)
            case Mode.CASE:
                return Clocks(0, session.minutes)
            case _mixed:
                return None

    def terms_changed(self, gathering: Gathering) -> None:
        """Raises DomainError when a table cannot be that large, or would go on with too few."""
        check_size(gathering.leertafel.mode, gathering.capacity, gathering.minimum)


def _authority(gathering: Gathering) -> Reason:
    if gathering.leertafel.has_intervision:
        return Reason(
            "authority",
            _("Een leidinggevende en een eigen medewerker zitten niet samen aan een intervisietafel. Kies een andere."),
        )
    return Reason(
        "authority",
        _("Aan deze tafel komt een leidinggevende samen met een eigen medewerker. Bespreek vooraf of dat vrij praat."),
        refuses=False,
    )


def check_size(mode: str, capacity: int | None, minimum: int | None, *, field: str = "capacity") -> None:
    """Raises DomainError on ``field`` when a table of this mode has no such number of places."""
    if capacity is None or not SMALLEST <= capacity <= largest(mode):
        words = _("Aan deze leertafel zitten 4 tot en met %(largest)d mensen. Vul zo'n aantal plekken in.")
        raise DomainError("size", words % {"largest": largest(mode)}, field=field)
    if minimum is None or not FEWEST <= minimum <= capacity:
        words = _("Een leertafel gaat door vanaf 2 mensen of meer, en hoogstens het aantal plekken (%(size)d).")
        raise DomainError("minimum", words % {"size": capacity}, field="minimum")

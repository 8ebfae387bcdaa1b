"""What differs between a run, a leertafel and a visit. Each kind registers itself in ``AppConfig.ready``.

The kernel, the API and the sweep ask the kind of a gathering for its answers and never which kind it is.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.functional import Promise

    from academy.common.errors import Reason
    from academy.gatherings.models import Gathering, Seat, Session
    from academy.people.models import User
    from certificates.achievement import Achievement


@dataclass(frozen=True, slots=True)
class Step:
    """Something that goes with a seat and is done elsewhere, such as the lessons of a course."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Clocks:
    """How a session was spent, in minutes."""

    intervision_minutes: int
    case_minutes: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Something who leads should know of a person before she comes; ``tone`` is a kind of the status component."""

    word: str
    tone: str


class Kind(ABC):
    """The answers of one kind of gathering; a kind says only what differs from these."""

    name: ClassVar[str]
    # What comes after the lessons; empty means a certificate.
    learned: ClassVar[str | Promise] = ""
    # Whether it stands among the dates of its offering.
    is_listed: ClassVar[bool] = True
    closes_per_session: ClassVar[bool] = False
    office_records_attendance: ClassVar[bool] = True
    # Whether a session says how it was spent, see ``clocks``.
    has_clocks: ClassVar[bool] = False

    @abstractmethod
    def url(self, gathering: Gathering) -> str:
        """The page of the gathering."""

    def reasons(self, person: User, gathering: Gathering) -> tuple[Reason, ...]:
        """What stands between a person and a seat, beside what the kernel asks."""
        return ()

    def lead_reasons(self, person: User, gathering: Gathering) -> tuple[Reason, ...]:
        """What stands between a person and leading this."""
        return ()

    def place_reasons(self, seat: Seat) -> tuple[Reason, ...]:
        """What still stands between somebody confirmed and a closed place."""
        return ()

    def achievements(self, seat: Seat) -> tuple[Achievement, ...]:
        """All that a seat has earned by now, each with a key of its own, so that asking twice gives the same."""
        return ()

    def steps(self, seat: Seat) -> tuple[Step, ...]:
        """Where somebody with a place goes on."""
        return ()

    def marks(self, seats: Sequence[Seat]) -> Mapping[int, tuple[Mark, ...]]:
        """Per seat, by its key, what the lead should see beside the name."""
        return {}

    def clocks(self, session: Session) -> Clocks | None:
        """What the clocks stand at while nobody set them; None when only somebody who was there can say."""
        return None

    def terms_changed(self, gathering: Gathering) -> None:
        """Keep the kind's own row in step with what was agreed anew, or refuse with a DomainError."""


KINDS: dict[str, Kind] = {}


def register_kind(kind: Kind) -> None:
    KINDS[kind.name] = kind


def kind_of(gathering: Gathering) -> Kind:
    """Raises LookupError for a kind nobody registered: its package is missing from the settings."""
    return KINDS[gathering.kind]

"""Why somebody may or may not have a seat: every reason at once. Button, page, API and domain share this list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.common.errors import Reason
from academy.gatherings.domain.clashes import sessions_clashing
from academy.gatherings.domain.engagements import engagements_of
from academy.gatherings.domain.moments import cut_off, has_begun
from academy.gatherings.domain.room import room_in
from academy.gatherings.enums import HOLDING_SEATS, Audience, GatheringState
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Accreditation, Invitation, Seat
from academy.people.rules import is_approved, is_internal
from certificates.credits.models import Registration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from academy.gatherings.domain.engagements import Engagement
    from academy.gatherings.models import Gathering
    from academy.people.models import User

# Codes of the API; kinds add ``prerequisite``, ``authority`` and ``agreement``.
CODES = (
    "full",
    "window_closed",
    "not_open_yet",
    "audience",
    "not_approved",
    "duplicate",
    "overlap",
    "prerequisite",
    "authority",
    "past",
    "agreement",
    "wrong_chamber",
    "no_points",
    "late_cancel",
)


def reasons(*, person: User, gathering: Gathering) -> tuple[Reason, ...]:
    """Everything that stands between ``person`` and a seat, refusals and warnings; empty means: come in."""
    return (
        *window_reasons(gathering),
        *_own_seat(person, gathering),
        *standing_reasons(person=person, gathering=gathering),
        *_room_reasons(person, gathering),
        *_warnings(person, gathering),
    )


def refusals(found: tuple[Reason, ...], *, despite: frozenset[str] = frozenset()) -> tuple[Reason, ...]:
    return tuple(reason for reason in found if reason.refuses and reason.code not in despite)


def window_reasons(gathering: Gathering) -> Iterator[Reason]:
    """What holds for everybody: the state and the dates."""
    moment = clock.now()
    if gathering.state == GatheringState.CANCELLED:
        yield Reason("past", _("Deze bijeenkomst gaat niet door. Kijk bij het aanbod naar een andere datum."))
    elif gathering.state == GatheringState.CLOSED or has_begun(gathering):
        yield Reason("past", _("Deze bijeenkomst is al begonnen of voorbij. Kijk bij het aanbod verder."))
    elif gathering.state == GatheringState.DRAFT:
        yield Reason("not_open_yet", _("Deze bijeenkomst is nog niet open voor inschrijven."))
    elif gathering.opens_at is not None and gathering.opens_at > moment:
        yield Reason(
            "not_open_yet", _("Inschrijven kan vanaf %(moment)s.") % {"moment": formats.moment(gathering.opens_at)}
        )
    elif gathering.closes_at is not None and gathering.closes_at <= moment:
        yield Reason(
            "window_closed",
            _("Inschrijven kon tot %(moment)s. Vraag het bureau of er nog iets mogelijk is.")
            % {"moment": formats.moment(gathering.closes_at)},
        )


def standing_reasons(
    *, person: User, gathering: Gathering, engagements: Sequence[Engagement] | None = None
) -> tuple[Reason, ...]:
    """What holds for this person whatever the window says; asked again when an offer is accepted.

    ``engagements`` is ``engagements_of`` them, from a caller that has read it.
    """
    held = engagements_of(person, gathering) if engagements is None else engagements
    return (
        *_audience(person, gathering),
        *_elsewhere(held, gathering),
        *overlaps(held, gathering),
        *kind_of(gathering).reasons(person, gathering),
    )


def _own_seat(person: User, gathering: Gathering) -> Iterator[Reason]:
    if Seat.objects.active().filter(gathering=gathering, person=person).exists():
        yield Reason("duplicate", _("Je hebt hier al een plek of staat al op de wachtlijst."))


def _audience(person: User, gathering: Gathering) -> Iterator[Reason]:
    if not person.is_active:
        yield Reason("not_approved", _("Dit account is niet meer actief."))
    elif gathering.needs_approved_account and not is_approved(person):
        yield Reason("not_approved", _("Je organisatie heeft je account nog niet bevestigd. Vraag je contactpersoon."))
    if gathering.audience == Audience.INTERNAL and not is_internal(person):
        yield Reason("audience", _("Dit is voor eigen medewerkers. Bij het aanbod zie je wat er voor jou is."))
    elif gathering.audience == Audience.EXTERNAL and is_internal(person):
        yield Reason("audience", _("Dit is voor mensen van buiten de eigen organisatie."))
    elif (
        gathering.audience == Audience.INVITATION
        and not Invitation.objects.filter(gathering=gathering, person=person).exists()
    ):
        yield Reason("audience", _("Deelnemen gaat op uitnodiging. Vraag het aan de begeleider of het bureau."))


def _elsewhere(engagements: Iterable[Engagement], gathering: Gathering) -> Iterator[Reason]:
    """One place per offering at a time; waiting for several is fine."""
    others = (other for other in engagements if other.is_other_group(gathering) and other.is_ahead)
    if any(other.seat_state in HOLDING_SEATS for other in others):
        yield Reason("duplicate", _("Je hebt al een plek bij een andere groep van dit aanbod. Meld je daar eerst af."))


def overlaps(engagements: Iterable[Engagement], gathering: Gathering) -> Iterator[Reason]:
    """Whether somebody takes part in, or leads, something else at the same hours."""
    clashing = {other.gathering.title for _one, other in sessions_clashing(gathering, engagements)}
    if clashing:
        yield Reason(
            "overlap",
            _("Op dat moment heb je al: %(titles)s. Meld je daar eerst af.") % {"titles": ", ".join(sorted(clashing))},
        )


def _room_reasons(person: User, gathering: Gathering) -> Iterator[Reason]:
    queued = Seat.objects.queue(gathering).exists()
    if room_in(gathering).spot_for(person) is None or queued:
        yield Reason("full", _("Er is nu geen plek vrij; je komt op de wachtlijst."), refuses=False)


def _warnings(person: User, gathering: Gathering) -> Iterator[Reason]:
    free_until = cut_off(gathering)
    if free_until is not None and free_until <= clock.now():
        yield Reason(
            "late_cancel", _("Afmelden telt vanaf nu als laat. Ruilen met een collega kan altijd."), refuses=False
        )
    day = (gathering.ends_at or clock.now()).astimezone(clock.AMSTERDAM).date()
    asked = Accreditation.objects.filter(offering_id=gathering.offering_id)
    granted = list(asked.granted_on(day).select_related("register", "chamber"))
    if not granted:
        if asked.exists():
            yield Reason(
                "no_points", _("Op deze datum geldt er geen accreditatie: je krijgt geen punten."), refuses=False
            )
        return
    held = list(Registration.objects.active().filter(person=person).select_related("chamber"))
    if not any(fits(one, registration) for one in granted for registration in held):
        names = sorted({str(one.chamber or one.register) for one in granted})
        yield Reason(
            "wrong_chamber",
            _("De punten gelden voor %(names)s. Daar ben je niet geregistreerd; je krijgt wel een bewijs.")
            % {"names": ", ".join(names)},
            refuses=False,
        )


def fits(accreditation: Accreditation, registration: Registration) -> bool:
    """Whether these points count for that registration; without a chamber they count in the whole register."""
    if accreditation.chamber_id is None:
        return bool(accreditation.register_id == registration.chamber.register_id)
    return bool(accreditation.chamber_id == registration.chamber_id)

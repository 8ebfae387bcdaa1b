"""Who is told what. The facts of a mail never hold a closed place, case text or a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext_noop as _

from academy.common import clock
from academy.common.questions import written_once
from academy.gatherings import calendar
from academy.gatherings.enums import EndReason, OfferState, SeatState
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Seat, SeatOffer, Session
from academy.outbox.domain.messages import send_message
from academy.outbox.registry import Attachment, MailKind, register_mail

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from academy.gatherings.models import Gathering
    from academy.outbox.models import Message
    from academy.people.models import User

# Mails that say where it is and how to come in; only for who has the place.
WITH_PLACE = frozenset({"gatherings.enrolled", "gatherings.changed", "gatherings.reminder", "gatherings.swapped"})

ICS = "text/calendar; method="


def tell(seat: Seat, what: str, *, occurrence: str = "", is_first: bool = False, **facts: Any) -> None:
    """Have the holder of ``seat`` told ``what`` happened; ``is_first`` when the seat was made in this transaction."""
    trigger = f"gatherings.{what}"
    send_message(
        trigger=trigger,
        subject_key=f"seat:{seat.public_id}",
        occurrence=occurrence,
        person=seat.person,
        is_first=is_first,
        facts={**gathering_facts(seat.gathering, with_place=trigger in WITH_PLACE), **facts},
    )


def tell_approver(seat: Seat, approver: User) -> None:
    """Ask somebody to decide about a request."""
    send_message(
        trigger="gatherings.to_decide",
        subject_key=f"seat:{seat.public_id}",
        person=approver,
        facts={**gathering_facts(seat.gathering, with_place=False), "name": seat.person.full_name},
    )


def gathering_facts(gathering: Gathering, *, with_place: bool) -> dict[str, Any]:
    """Title, page and dates; times as text with offset, as the outbox wants them."""
    sessions = _sessions_left(gathering=gathering.pk, at=clock.now())
    return {
        "title": gathering.title,
        "url": settings.PUBLIC_URL + kind_of(gathering).url(gathering),
        "sessions": [session_facts(session, with_place=with_place) for session in sessions],
    }


@written_once
def _sessions_left(*, gathering: int, at: datetime) -> QuerySet[Any]:
    left = Session.objects.held().filter(gathering=gathering, ends_at__gt=at)
    return left.select_related("venue").order_by("starts_at", "pk")


def session_facts(session: Session, *, with_place: bool) -> dict[str, Any]:
    """A closed place is never in it, only that there is one to be read on screen."""
    venue = session.venue
    facts: dict[str, Any] = {
        "title": session.title,
        "starts_at": session.starts_at.astimezone(clock.AMSTERDAM).isoformat(),
        "ends_at": session.ends_at.astimezone(clock.AMSTERDAM).isoformat(),
        "place": "",
        "place_on_screen": venue is not None and venue.is_closed,
        "online": bool(session.online_url),
    }
    if with_place and venue is not None and not venue.is_closed:
        facts["place"] = ", ".join(part for part in (venue.name, venue.address) if part)
    return facts


def instead_facts(gathering: Gathering) -> dict[str, Any]:
    """The other group that a cancellation points to."""
    start = gathering.starts_at
    return {
        "instead_title": gathering.title,
        "instead_url": settings.PUBLIC_URL + kind_of(gathering).url(gathering),
        "instead_starts_at": start.astimezone(clock.AMSTERDAM).isoformat() if start else "",
    }


def _seat_of(message: Message) -> Seat | None:
    kind, _colon, public_id = message.subject_key.partition(":")
    found = Seat.objects.select_related("person", "gathering", "replaces__person")
    return found.filter(public_id=public_id).first() if kind == "seat" else None


def _while(*states: SeatState) -> Any:
    def still_wanted(message: Message) -> bool:
        seat = _seat_of(message)
        return seat is not None and seat.state in states

    return still_wanted


def _offer_open(message: Message) -> bool:
    return SeatOffer.objects.filter(public_id=message.occurrence, state=OfferState.OPEN).exists()


def _session_ahead(message: Message) -> bool:
    """A reminder that comes too late, or for a session that is off, is no longer wanted."""
    session = Session.objects.upcoming().filter(public_id=message.occurrence.partition(":")[0])
    return _while(SeatState.CONFIRMED)(message) and session.exists()


def _into_calendar(message: Message) -> list[Attachment]:
    """What puts the dates in the calendar, and takes out of it what is off or what this seat came in place of."""
    seat = _seat_of(message)
    if seat is None:
        return []
    sessions = calendar.sessions_of(seat, off=True)
    files = []
    if any(session.cancelled_at is None for session in sessions):
        files.append(Attachment("afspraak.ics", calendar.invitation(seat), f"{ICS}REQUEST"))
    if any(session.cancelled_at is not None for session in sessions):
        files.append(Attachment("vervallen.ics", calendar.cancellation(seat, only_off=True), f"{ICS}CANCEL"))
    before = seat.replaces
    if before is not None and before.end_reason == EndReason.MOVED:
        files += _taken_out(before)
    return files


def _out_of_calendar(message: Message) -> list[Attachment]:
    seat = _seat_of(message)
    return [] if seat is None else _taken_out(seat)


def _taken_out(seat: Seat) -> list[Attachment]:
    """Nothing for who never had the place: there is nothing in her calendar."""
    if seat.confirmed_at is None or not calendar.sessions_of(seat, off=True):
        return []
    return [Attachment("vervallen.ics", calendar.cancellation(seat), f"{ICS}CANCEL")]


def register_mails() -> None:
    """Called once at start-up."""
    confirmed = _while(SeatState.CONFIRMED)
    for what, subject, wanted, files in (
        ("enrolled", _("Je plek is bevestigd: {title}"), confirmed, _into_calendar),
        ("waiting", _("Je staat op de wachtlijst: {title}"), _while(SeatState.WAITLISTED), None),
        ("offered", _("Er is een plek voor je vrij: {title}"), _offer_open, None),
        ("to_decide", _("Wil je hierover beslissen? {title}"), _while(SeatState.REQUESTED), None),
        ("changed", _("Wijziging: {title}"), confirmed, _into_calendar),
        ("cancelled", _("Gaat niet door: {title}"), None, _out_of_calendar),
        ("ended", _("Je plek is vervallen: {title}"), None, _out_of_calendar),
        ("reminder", _("Binnenkort: {title}"), _session_ahead, None),
        ("corrected", _("Je aanwezigheid is aangepast: {title}"), None, None),
        ("swapped", _("Je hebt een plek van een collega: {title}"), confirmed, _into_calendar),
    ):
        register_mail(MailKind(f"gatherings.{what}", subject, f"gatherings/{what}", wanted, files))

"""What somebody did: seats, achievements with their points, and certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import IntegerField, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Attendance, Seat
from academy.portal.mine_overview import address
from certificates.achievement import OWN
from certificates.credits.enums import CreditEventKind, CreditState
from certificates.credits.models import AchievementRecord, CreditEntry
from certificates.models import Certificate, OwnActivity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.functional import Promise

    from academy.people.models import User

# A life's work fits; more is no page any more.
MOST_CERTIFICATES = 200
SEAT_STATUS = {
    SeatState.CONFIRMED: "done",
    SeatState.OFFERED: "soon",
    SeatState.WAITLISTED: "quiet",
    SeatState.REQUESTED: "quiet",
    SeatState.DECLINED: "quiet",
    SeatState.CANCELLED: "quiet",
}
CREDIT_STATUS: dict[str, tuple[str | Promise, str]] = {
    CreditState.EARNED: (_("verwacht"), "soon"),
    CreditState.SUBMITTED: (_("ingediend"), "soon"),
    CreditState.GRANTED: (_("toegekend"), "done"),
    CreditState.REJECTED: (_("afgewezen"), "late"),
    CreditState.NOT_ELIGIBLE: (_("telt niet mee"), "quiet"),
    CreditEventKind.REVERSED: (_("teruggeboekt"), "quiet"),
}


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat as its list shows it. ``minutes`` is how long she was there."""

    title: str
    url: str
    starts_at: datetime | None
    word: str | Promise
    kind: str
    minutes: int
    late: bool


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One achievement; ``entries`` pairs each booking of points with the word and class of its state."""

    title: str
    first_day: date
    last_day: date
    form: str
    minutes: int
    entries: tuple[tuple[CreditEntry, str | Promise, str], ...]
    code: str
    own: OwnActivity | None = None


def seats_of(person: User) -> QuerySet[Seat]:
    """Every seat somebody ever asked for, what comes first on top."""
    there = (
        Attendance.objects.filter(session__gathering=OuterRef("gathering"), person=person)
        .order_by()
        .values("person")
        .annotate(total=Sum("minutes"))
        .values("total")
    )
    seats: QuerySet[Seat] = Seat.objects.for_person(person).with_position()
    return (
        seats.select_related("gathering")
        .annotate(minutes=Coalesce(Subquery(there, output_field=IntegerField()), 0))
        .order_by("-gathering__starts_at", "-pk")
    )


def seat_row(seat: Any) -> SeatRow:
    """The word for a confirmed seat in something that is over is whether she was there."""
    ends_at, word, kind = seat.gathering.ends_at, seat.get_state_display(), SEAT_STATUS[seat.state]
    if seat.state == SeatState.WAITLISTED:
        word = _("op de wachtlijst, plaats %(position)d") % {"position": seat.position}
    elif seat.state == SeatState.CONFIRMED and ends_at is not None and ends_at <= clock.now():
        word, kind = (_("bijgewoond"), "done") if seat.minutes else (_("geweest, niet afgevinkt"), "quiet")
    elif not seat.is_active:
        word = seat.get_end_reason_display()
    return SeatRow(
        title=seat.gathering.title,
        url=address(seat.gathering),
        starts_at=seat.gathering.starts_at,
        word=word,
        kind=kind,
        minutes=seat.minutes if seat.state == SeatState.CONFIRMED else 0,
        late=seat.late,
    )


def records_of(person: User) -> QuerySet[AchievementRecord]:
    """What holds today of everything that was recognised, the newest first."""
    entries = CreditEntry.objects.with_state().filter(reverses__isnull=True).select_related("chamber__register")
    records: QuerySet[AchievementRecord] = AchievementRecord.objects.in_force().filter(subject__person=person)
    # A correction that left nothing is kept as a record of no minutes; there is nothing to show of it.
    return (
        records.filter(Q(minutes__gt=0) | Q(certificate__isnull=False))
        .select_related("certificate")
        .prefetch_related(Prefetch("entries", entries, to_attr="booked"))
        .order_by("-completed_on", "-seq")
    )


def record_rows(records: Iterable[Any]) -> list[RecordRow]:
    """With the words of what somebody entered herself, which the record does not hold."""
    found = list(records)
    keys = [record.source_key.removeprefix(OWN) for record in found if record.source_key.startswith(OWN)]
    entered = {f"{OWN}{one.public_id}": one for one in OwnActivity.objects.filter(public_id__in=keys)} if keys else {}
    return [_record_row(record, entered.get(record.source_key)) for record in found]


def _record_row(record: Any, own: OwnActivity | None) -> RecordRow:
    facts = record.payload
    return RecordRow(
        own=own,
        title=own.title if own is not None else facts["title"],
        first_day=date.fromisoformat(facts["first_day"]),
        last_day=date.fromisoformat(facts["last_day"]),
        form=record.form,
        minutes=record.minutes,
        entries=tuple((entry, *CREDIT_STATUS[entry.state]) for entry in record.booked),
        code=record.certificate.code if hasattr(record, "certificate") else "",
    )


def minutes_of(person: User) -> int:
    """All minutes that were recognised."""
    records = AchievementRecord.objects.in_force().filter(subject__person=person)
    return records.aggregate(total=Sum("minutes"))["total"] or 0


def all_certificates(person: User) -> list[Certificate]:
    """With their status, the newest first; what was replaced by a newer one is left out."""
    found = Certificate.objects.of(person).with_status().exclude(status_now="superseded")
    return list(found.order_by("-seq")[:MOST_CERTIFICATES])

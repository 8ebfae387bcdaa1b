"""What clients do in a race. Imported by the racing processes, not by pytest alone."""

# ruff: noqa: PLC0415 -- the race sets Django up by itself, before anything is imported

from __future__ import annotations

from academy.common.errors import DomainError
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.offers import accept_offer, expire_offers
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.kinds import Kind, register_kind
from academy.gatherings.models import SeatOffer


def _earned(seat):
    from datetime import date

    from certificates.achievement import Achievement, CertificateKind

    day = date(2026, 1, 5)
    return (
        Achievement(
            person=seat.person.public_id,
            source_key=f"seat:{seat.public_id}",
            form="training",
            title=seat.gathering.title,
            provider="Blijf Groep",
            first_day=day,
            last_day=day,
            completed_on=day,
            minutes=120,
            planned_minutes=120,
            certificate=CertificateKind.PARTICIPATION,
        ),
    )


class EarningRun(Kind):
    name = "run"

    def url(self, gathering):
        return f"/uitvoering/{gathering.public_id}/"

    def achievements(self, seat):
        return _earned(seat)


def register() -> None:
    register_kind(EarningRun())


def take(gathering, person, _job):
    taken = take_seat(person=person, gathering=gathering, by=person)
    return {"state": taken.seat.state, "key": taken.seat.queue_key, "position": taken.position}


def close(gathering, person, _job):
    closed = close_gathering(gathering=gathering, by=person)
    return {"closed_by": closed.closed_by_id}


def accept_or_expire(gathering, person, job):
    """The holder accepts while the sweep lets it expire."""
    offer = SeatOffer.objects.get(pk=job["offer"])
    if person.pk != offer.seat.person_id:
        from datetime import timedelta

        from academy.common import clock

        with clock.frozen(offer.deadline + timedelta(seconds=1)):
            return {"expired": expire_offers()}
    try:
        return {"state": accept_offer(offer=offer, by=person).state}
    except DomainError as refused:
        return {"refused": refused.code}

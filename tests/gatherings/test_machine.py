"""Every way through the states of seats, found by a machine that tries them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from academy.common import clock
from academy.common.errors import DomainError
from academy.gatherings.domain.offers import accept_offer, decline_offer, expire_offers
from academy.gatherings.domain.planning import change_gathering
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.models import Gathering, Seat, SeatOffer
from tests.gatherings.factories import make_gathering, people

who = st.integers(0, 5)


class Seats(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.moment = clock.now()
        self.people = people(6)
        self.gathering = make_gathering(capacity=2)

    @rule(number=who)
    def take(self, number):
        person = self.people[number]
        with clock.frozen(self.moment):
            first = take_seat(person=person, gathering=self.gathering, by=person)
            again = take_seat(person=person, gathering=self.gathering, by=person)
        assert first.seat == again.seat
        assert not again.is_new

    @rule(number=who)
    def cancel(self, number):
        person = self.people[number]
        with clock.frozen(self.moment):
            for seat in Seat.objects.active().filter(person=person, gathering=self.gathering):
                cancel_seat(seat=seat, by=person)

    @rule(accept=st.booleans())
    def answer(self, accept):
        offer = SeatOffer.objects.open().filter(seat__gathering=self.gathering).first()
        if offer is None:
            return
        with clock.frozen(self.moment):
            try:
                (accept_offer if accept else decline_offer)(offer=offer, by=offer.seat.person)
            except DomainError:
                assert offer.deadline <= self.moment

    @rule(hours=st.integers(1, 40), sweeps=st.booleans())
    def time_passes(self, hours, sweeps):
        self.moment = min(self.moment + timedelta(hours=hours), self.gathering.starts_at - timedelta(minutes=1))
        if sweeps:
            with clock.frozen(self.moment):
                expire_offers()

    @rule(capacity=st.integers(1, 4))
    def resize(self, capacity):
        with clock.frozen(self.moment):
            try:
                change_gathering(gathering=self.gathering, by=None, capacity=capacity)
            except DomainError as refused:
                assert refused.code == "too_small"  # noqa: PT017 -- both outcomes are right

    @invariant()
    def never_more_seats_than_places(self):
        held = Seat.objects.holding().filter(gathering=self.gathering).count()
        capacity = Gathering.objects.get(pk=self.gathering.pk).capacity
        assert held <= capacity

    @invariant()
    def one_active_seat_each_and_no_gaps(self):
        active = list(Seat.objects.active().filter(gathering=self.gathering).values_list("person", flat=True))
        assert len(active) == len(set(active))
        waiting = (
            Seat.objects.with_position().filter(state="waitlisted", gathering=self.gathering).order_by("queue_key")
        )
        assert [seat.position for seat in waiting] == list(range(1, len(waiting) + 1))

    @invariant()
    def offered_is_who_has_an_open_offer(self):
        offered = set(Seat.objects.filter(state="offered", gathering=self.gathering).values_list("pk", flat=True))
        assert offered == set(
            SeatOffer.objects.open().filter(seat__gathering=self.gathering).values_list("seat", flat=True)
        )


@pytest.mark.django_db
def test_no_way_through_the_states_breaks_the_rules():
    run_state_machine_as_test(
        Seats, settings=settings(max_examples=10, stateful_step_count=15, deadline=None, database=None)
    )

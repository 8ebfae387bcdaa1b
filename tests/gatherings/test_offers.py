from datetime import timedelta

import pytest

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.offers import accept_offer, decline_offer, expire_offers, fill_everywhere
from academy.gatherings.domain.planning import change_gathering, keep_places
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.enums import KeptFor
from academy.gatherings.models import Gathering, Seat, SeatOffer
from academy.outbox.domain.running import run_due
from academy.outbox.models import Message
from tests.factories import make_membership, make_municipality, make_organisation, make_person, make_team
from tests.gatherings.factories import local, make_gathering, people

pytestmark = pytest.mark.django_db


def take(person, gathering):
    return take_seat(person=person, gathering=gathering, by=person).seat


def states(gathering):
    return list(Seat.objects.filter(gathering=gathering).order_by("queue_key").values_list("state", flat=True))


def full(number=3, **values):
    """One place taken, the others in line."""
    gathering = make_gathering(capacity=1, **values)
    return gathering, [take(person, gathering) for person in people(number)]


def test_offer_holds_the_place_until_noon_of_the_second_working_day(at):
    with at("2027-03-01 09:30"):
        gathering, seats = full()
        cancel_seat(seat=seats[0], by=seats[0].person)
        assert SeatOffer.objects.get().deadline == local("2027-03-03 12:00")
        assert states(gathering) == ["cancelled", "offered", "waitlisted"]
    with at("2027-03-03 11:59"):
        assert expire_offers() == 0
    with at("2027-03-03 12:00"):
        assert expire_offers() == 1
        assert states(gathering) == ["cancelled", "declined", "offered"]
        assert expire_offers() == 0


def test_offer_ends_two_hours_before_the_start(at):
    with at("2027-03-01 09:00"):
        gathering, seats = full(starts_in=timedelta(hours=10))
        cancel_seat(seat=seats[0], by=seats[0].person)
        assert SeatOffer.objects.get().deadline == local("2027-03-01 17:00")
    with at("2027-03-01 17:00"):
        expire_offers()
        assert states(gathering) == ["cancelled", "declined", "waitlisted"]
    with at("2027-03-01 17:30"):
        # No time for offers any more: who still waits and asks again has the place at once.
        last = take_seat(person=seats[2].person, gathering=gathering, by=seats[2].person)
        assert last.seat.state == "confirmed"
        assert not last.is_new


def test_an_offer_is_over_at_its_deadline_also_before_the_sweep():
    gathering, seats = full()
    cancel_seat(seat=seats[0], by=seats[0].person)
    offer = SeatOffer.objects.get()
    with clock.frozen(offer.deadline):
        for answer in (accept_offer, decline_offer):
            with pytest.raises(DomainError) as refused:
                answer(offer=offer, by=seats[1].person)
            assert refused.value.code == "offer_over"
        assert states(gathering) == ["cancelled", "offered", "waitlisted"]
    with clock.frozen(offer.deadline - timedelta(seconds=1)):
        assert accept_offer(offer=offer, by=seats[1].person).state == "confirmed"


def test_placed_at_once_needs_no_answer():
    gathering = make_gathering(capacity=1)
    first, second = make_person(), make_person(placed_at_once=True)
    seat = take(first, gathering)
    take(second, gathering)
    cancel_seat(seat=seat, by=first)
    assert states(gathering) == ["cancelled", "confirmed"]
    assert not SeatOffer.objects.exists()


def test_placed_at_once_gets_an_offer_when_something_else_is_on():
    gathering = make_gathering(capacity=1)
    other = make_gathering(capacity=1)
    first, second = make_person(), make_person(placed_at_once=True)
    seat = take(first, gathering)
    take(second, gathering)
    elsewhere = Seat.objects.get(pk=take_seat(person=second, gathering=other, by=second).seat.pk)
    assert elsewhere.state == "confirmed"
    cancel_seat(seat=seat, by=first)
    assert states(gathering) == ["cancelled", "offered"]
    offer = SeatOffer.objects.get()
    with pytest.raises(DomainError) as refused:
        accept_offer(offer=offer, by=second)
    assert refused.value.code == "overlap"
    cancel_seat(seat=elsewhere, by=second)
    assert accept_offer(offer=offer, by=second).state == "confirmed"


def test_accept_and_decline_twice_are_once():
    gathering, seats = full()
    cancel_seat(seat=seats[0], by=seats[0].person)
    offer = SeatOffer.objects.get()
    with pytest.raises(NotAllowedError):
        accept_offer(offer=offer, by=make_person())
    assert accept_offer(offer=offer, by=seats[1].person) == accept_offer(offer=offer, by=seats[1].person)
    with pytest.raises(DomainError):
        decline_offer(offer=offer, by=seats[1].person)
    cancel_seat(seat=seats[1], by=seats[1].person)
    second = SeatOffer.objects.open().get()
    assert decline_offer(offer=second, by=seats[2].person) == decline_offer(offer=second, by=seats[2].person)
    assert states(gathering) == ["cancelled", "cancelled", "declined"]


def test_cancelling_an_offered_seat_withdraws_the_offer():
    gathering, seats = full()
    cancel_seat(seat=seats[0], by=seats[0].person)
    cancel_seat(seat=seats[1], by=seats[1].person)
    assert states(gathering) == ["cancelled", "cancelled", "offered"]
    assert list(SeatOffer.objects.order_by("pk").values_list("state", flat=True)) == ["withdrawn", "open"]


def test_more_capacity_goes_to_who_waits():
    gathering, _seats = full(4)
    change_gathering(gathering=gathering, by=None, capacity=3)
    assert states(gathering) == ["confirmed", "offered", "offered", "waitlisted"]
    with pytest.raises(DomainError) as refused:
        change_gathering(gathering=gathering, by=None, capacity=2)
    assert refused.value.code == "too_small"
    assert Seat.objects.order_by("queue_key")[2].person.full_name in refused.value.message
    change_gathering(gathering=gathering, by=None, capacity=None)
    assert states(gathering) == ["confirmed", "offered", "offered", "offered"]


def test_waiting_for_another_group_ends_with_a_place():
    gathering, seats = full(2)
    sibling = make_gathering(offering=gathering.offering, capacity=5, starts_in=timedelta(days=60))
    take(seats[1].person, sibling)
    seats[1].refresh_from_db()
    assert (seats[1].state, seats[1].end_reason) == ("cancelled", "elsewhere")


def test_kept_places_are_for_their_group_only():
    own = make_organisation(is_own=True)
    gathering = make_gathering(capacity=3)
    keep_places(gathering=gathering, kept_for=KeptFor.EXTERNALS, places=2, by=None)
    inside = [make_membership(organisation=own).person for _ in range(2)]
    assert [take(person, gathering).state for person in inside] == ["confirmed", "waitlisted"]
    counted = Gathering.objects.with_counts().get(pk=gathering.pk)
    assert (counted.seats_taken, counted.waiting, counted.derived_state) == (3, 1, "full")
    outside = people(2)
    assert [take(person, gathering).state for person in outside] == ["confirmed", "confirmed"]
    assert take(make_person(), gathering).state == "waitlisted"
    seat = Seat.objects.get(person=outside[0])
    cancel_seat(seat=seat, by=outside[0])
    assert states(gathering) == ["confirmed", "waitlisted", "cancelled", "confirmed", "offered"]


def test_kept_places_are_let_go_in_time(at):
    own = make_organisation(is_own=True)
    with at("2027-03-01 09:00"):
        gathering = make_gathering(capacity=1)
        keep_places(gathering=gathering, kept_for="externals", places=1, by=None, until=local("2027-03-10 09:00"))
        assert take(make_membership(organisation=own).person, gathering).state == "waitlisted"
        assert fill_everywhere() == 0
    with at("2027-03-10 09:00"):
        assert fill_everywhere() == 1
        assert states(gathering) == ["offered"]


def test_kept_places_for_starters_and_a_municipality():
    town = make_municipality()
    team = make_team()
    team.municipalities.add(town)
    gathering = make_gathering(capacity=2)
    keep_places(gathering=gathering, kept_for="municipality", municipality=town, places=1, by=None)
    keep_places(gathering=gathering, kept_for="starters", places=1, by=None)
    old = clock.today() - timedelta(days=900)
    stranger = make_membership(starts_on=old).person
    assert take(stranger, gathering).state == "waitlisted"
    local_one = make_membership(team=team, starts_on=old).person
    starter = make_membership().person
    assert take(local_one, gathering).state == "confirmed"
    assert take(starter, gathering).state == "confirmed"
    with pytest.raises(DomainError):
        keep_places(gathering=gathering, kept_for="starters", places=2, by=None)


def test_every_step_writes_its_mail():
    _gathering, seats = full()
    cancel_seat(seat=seats[0], by=seats[0].person)
    triggers = set(Message.objects.values_list("trigger", flat=True))
    assert triggers == {"gatherings.enrolled", "gatherings.waiting", "gatherings.offered", "gatherings.ended"}


def test_a_place_that_comes_free_after_the_start_is_given_to_nobody():
    gathering, seats = full(2)
    with clock.frozen(gathering.starts_at):
        cancel_seat(seat=seats[0], by=seats[0].person)
    assert states(gathering) == ["cancelled", "waitlisted"]
    assert not SeatOffer.objects.exists()


def test_the_mail_about_an_offer_leaves_while_the_offer_stands():
    for answers in (True, False):
        _gathering, seats = full(2)
        cancel_seat(seat=seats[0], by=seats[0].person)
        if answers:
            accept_offer(offer=SeatOffer.objects.get(), by=seats[1].person)
    run_due()
    offered = Message.objects.filter(trigger="gatherings.offered").order_by("pk")
    assert list(offered.values_list("state", flat=True)) == ["dropped", "sent"]

import pytest

from academy.common.errors import DomainError
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Seat, SeatOffer
from academy.outbox.models import Message
from tests.factories import make_person
from tests.gatherings.factories import make_gathering, people

pytestmark = pytest.mark.django_db


def take(person, gathering):
    return take_seat(person=person, gathering=gathering, by=person)


def test_take_seat_confirms_while_there_is_room_and_queues_after():
    gathering = make_gathering(capacity=2)
    taken = [take(person, gathering) for person in people(4)]
    assert [one.seat.state for one in taken] == ["confirmed", "confirmed", "waitlisted", "waitlisted"]
    assert [one.position for one in taken] == [None, None, 1, 2]
    assert list(Message.objects.order_by("pk").values_list("trigger", flat=True)) == [
        "gatherings.enrolled",
        "gatherings.enrolled",
        "gatherings.waiting",
        "gatherings.waiting",
    ]


def test_take_seat_twice_is_one_seat():
    gathering, person = make_gathering(capacity=1), make_person()
    first, second = take(person, gathering), take(person, gathering)
    assert first.is_new
    assert not second.is_new
    assert first.seat == second.seat
    assert Seat.objects.count() == 1


def test_cancel_seat_offers_the_place_to_the_first_in_line():
    gathering = make_gathering(capacity=1)
    one, two, three = people(3)
    seat = take(one, gathering).seat
    second, third = take(two, gathering).seat, take(three, gathering).seat
    cancel_seat(seat=seat, by=one)
    for each in (seat, second, third):
        each.refresh_from_db()
    assert [seat.state, second.state, third.state] == ["cancelled", "offered", "waitlisted"]
    assert SeatOffer.objects.get().seat == second
    assert take(make_person(), gathering).position == 2


def test_cancel_then_back_stands_at_the_end():
    gathering = make_gathering(capacity=1)
    one, two, three = people(3)
    take(one, gathering)
    seat = take(two, gathering).seat
    take(three, gathering)
    cancel_seat(seat=seat, by=two)
    back = take(two, gathering)
    assert back.is_new
    assert back.position == 2
    assert Seat.objects.filter(person=two, state=SeatState.WAITLISTED).count() == 1


def test_take_seat_refuses_with_every_reason():
    gathering = make_gathering(capacity=1, audience="internal", state="draft")
    with pytest.raises(DomainError) as refused:
        take(make_person(), gathering)
    assert [reason.code for reason in refused.value.reasons] == ["not_open_yet", "audience"]
    assert not Seat.objects.exists()

"""Seats and offers by API."""

from datetime import timedelta

import pytest

from academy.api.domain.repeats import forget_old
from academy.api.models import KeptAnswer
from academy.common import clock
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.models import Seat, SeatOffer
from academy.people.enums import Role
from tests import factories
from tests.gatherings.factories import make_gathering, people
from tests.permissions.world import log_in

pytestmark = pytest.mark.django_db


def test_seat_is_taken_once_and_a_repeat_says_so(caller):
    gathering, me = make_gathering(capacity=1), caller(factories.make_person())
    status, first = me.post(f"/gatherings/{gathering.public_id}/seat")
    assert (status, first) == (201, {"id": Seat.objects.get().public_id, "state": "confirmed", "position": None})
    assert me.post(f"/gatherings/{gathering.public_id}/seat") == (200, first)
    other = caller(factories.make_person())
    status, second = other.post(f"/gatherings/{gathering.public_id}/seat", {})
    assert (status, second["state"], second["position"]) == (201, "waitlisted", 1)


def test_a_seat_costs_as_much_beside_much_else(django_assert_num_queries):
    """Session, person, roles, gathering; two locks, what she is in, what comes first, places, points; seat, dates, mail, job."""
    person, gathering = factories.make_person(), make_gathering(capacity=5)
    for days in (50, 60):
        take_seat(person=person, gathering=make_gathering(starts_in=timedelta(days=days)), by=person)
    for other in people(3):
        take_seat(person=other, gathering=gathering, by=other)
    client = log_in(person)
    with django_assert_num_queries(16):  # in a test the transaction is a savepoint: two statements more
        client.post(f"/api/v1/gatherings/{gathering.public_id}/seat")


def test_refusal_names_every_reason(caller):
    gathering = make_gathering(audience="internal", needs_approved_account=True)
    person = factories.make_person()
    gathering.invitations.create(person=person, invited_at=clock.now())
    status, answer = caller(person).post(f"/gatherings/{gathering.public_id}/seat")
    assert status == 409
    assert [reason["code"] for reason in answer["reasons"]] == ["not_approved", "audience"]
    assert (answer["code"], answer["message"]) == ("not_approved", answer["reasons"][0]["message"])
    assert Seat.objects.count() == 0


def test_key_gives_the_same_answer_and_no_second_seat(caller):
    gathering, me = make_gathering(), caller(factories.make_person())
    path = f"/gatherings/{gathering.public_id}/seat"
    first = me.post(path, Idempotency_Key="k1")
    assert first[0] == 201
    assert me.post(path, Idempotency_Key="k1") == first
    assert me.delete(path)[1]["state"] == "cancelled"
    assert me.post(path, Idempotency_Key="k1") == first
    assert Seat.objects.active().count() == 0
    assert me.post(path, Idempotency_Key="k2")[0] == 201
    assert Seat.objects.active().count() == 1


def test_key_belongs_to_one_request_of_one_person_for_a_day(caller):
    one, two = make_gathering(), make_gathering(starts_in=timedelta(days=40))
    me, other = caller(factories.make_person()), caller(factories.make_person())
    assert me.post(f"/gatherings/{one.public_id}/seat", Idempotency_Key="k")[0] == 201
    status, answer = me.post(f"/gatherings/{two.public_id}/seat", Idempotency_Key="k")
    assert (status, answer["code"]) == (409, "key_used")
    assert other.post(f"/gatherings/{one.public_id}/seat", Idempotency_Key="k")[0] == 201
    assert forget_old() == 0
    kept = KeptAnswer.objects.order_by("made_at").first()
    with clock.frozen(kept.made_at + timedelta(hours=25)):
        assert me.post(f"/gatherings/{two.public_id}/seat", Idempotency_Key="k")[0] == 201
        assert forget_old() == 1
    assert KeptAnswer.objects.count() == 1


def test_refusal_is_not_kept_under_the_key(caller):
    gathering, me = make_gathering(state="draft"), caller(factories.make_with_role(Role.HR))
    path = f"/gatherings/{gathering.public_id}/seat"
    assert me.post(path, Idempotency_Key="k")[0] == 409
    type(gathering).objects.update(state="open")
    assert me.post(path, Idempotency_Key="k")[0] == 201


@pytest.mark.parametrize("key", ["", "k" * 201, "a\x07b"])
def test_key_must_be_readable(caller, key):
    gathering, me = make_gathering(), caller(factories.make_person())
    status, answer = me.post(f"/gatherings/{gathering.public_id}/seat", Idempotency_Key=key)
    assert (status, answer["code"]) == (422, "invalid")
    assert Seat.objects.count() == 0


def test_office_and_lookers_on_take_no_seat(caller):
    gathering = make_gathering()
    for role in (Role.OFFICE, Role.ADMIN, Role.AUDITOR):
        status, answer = caller(factories.make_with_role(role)).post(f"/gatherings/{gathering.public_id}/seat")
        assert (status, answer["code"]) == (403, "not_allowed"), role
    trainer = factories.make_with_role(Role.TRAINER)
    assert caller(trainer).post(f"/gatherings/{gathering.public_id}/seat")[0] == 201


def test_cancelling_twice_is_once_and_without_a_seat_nothing(caller):
    gathering, me = make_gathering(), caller(factories.make_person())
    path = f"/gatherings/{gathering.public_id}/seat"
    assert me.delete(path)[0] == 404
    me.post(path)
    first = me.delete(path)
    assert (first[0], first[1]["state"]) == (200, "cancelled")
    assert me.delete(path) == first


def test_offer_is_answered_by_its_holder_only(caller):
    gathering, (one, two, three) = make_gathering(capacity=1), people(3)
    seats = [take_seat(person=person, gathering=gathering, by=person).seat for person in (one, two, three)]
    cancel_seat(seat=seats[0], by=one)
    offer = SeatOffer.objects.get()
    mine = caller(two)
    assert mine.get("/me/seats")[1]["items"][0]["offer"]["id"] == offer.public_id
    assert caller(three).post(f"/offers/{offer.public_id}/accept")[0] == 404
    assert mine.post(f"/offers/{offer.public_id}/accept")[1]["state"] == "confirmed"
    assert mine.post(f"/offers/{offer.public_id}/accept")[0] == 200
    status, answer = mine.post(f"/offers/{offer.public_id}/decline")
    assert (status, answer["code"]) == (409, "offer_over")


def test_declined_offer_goes_to_the_next(caller):
    gathering, (one, two, three) = make_gathering(capacity=1), people(3)
    seats = [take_seat(person=person, gathering=gathering, by=person).seat for person in (one, two, three)]
    cancel_seat(seat=seats[0], by=one)
    assert caller(two).post(f"/offers/{SeatOffer.objects.get().public_id}/decline")[1]["state"] == "declined"
    assert SeatOffer.objects.open().get().seat.person == three

import pytest

from academy.common.errors import DomainError
from academy.gatherings.domain import leaving
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.leaving import FREE_SEATS, free_seats
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.models import Lead, Seat
from academy.outbox.models import Job
from academy.people.domain.leaving import leave
from tests.factories import make_person
from tests.gatherings.factories import make_gathering, people

pytestmark = pytest.mark.django_db


def test_leaving_lets_seats_go_and_ends_leads():
    gathering = make_gathering(capacity=1)
    leaver, next_one = people(2)
    take_seat(person=leaver, gathering=gathering, by=leaver)
    waiting = take_seat(person=next_one, gathering=gathering, by=next_one).seat
    leave(person=leaver, by=None)
    job = Job.objects.get(kind=FREE_SEATS)
    free_seats(job.payload)
    free_seats(job.payload)
    seat = Seat.objects.get(person=leaver)
    waiting.refresh_from_db()
    assert (seat.state, seat.end_reason, seat.late, waiting.state) == ("cancelled", "left", False, "offered")


def test_a_seat_that_was_given_up_while_the_job_waited_for_the_lock_stays_as_it_is(monkeypatch):
    gathering, leaver = make_gathering(), make_person()
    seat = take_seat(person=leaver, gathering=gathering, by=leaver).seat
    leave(person=leaver, by=None)
    lock = leaving.lock_gathering

    def lock_later(pk):
        cancel_seat(seat=seat, by=leaver)
        return lock(pk)

    monkeypatch.setattr(leaving, "lock_gathering", lock_later)
    free_seats(Job.objects.get(kind=FREE_SEATS).payload)
    seat.refresh_from_db()
    assert (seat.end_reason, seat.ended_by) == ("cancelled", leaver)


def test_leaving_is_refused_while_nobody_else_leads():
    gathering, leaver, other = make_gathering(), make_person(), make_person()
    assign_lead(gathering=gathering, person=leaver, role="gives", by=None)
    with pytest.raises(DomainError) as refused:
        leave(person=leaver, by=None)
    assert gathering.title in refused.value.message
    assign_lead(gathering=gathering, person=other, role="gives", by=None)
    leave(person=leaver, by=None)
    assert list(Lead.objects.current().values_list("person", flat=True)) == [other.pk]

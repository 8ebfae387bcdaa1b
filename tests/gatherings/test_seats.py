from datetime import timedelta

import pytest

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.eligibility import reasons
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.domain.planning import invite
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Accreditation, Gathering, Seat, SeatOffer
from academy.outbox.models import Message
from academy.people.enums import Role
from academy.people.models import AuditEntry
from certificates.credits.models import Chamber, Registration
from tests.courses.factories import accredited
from tests.factories import make_membership, make_person, make_with_role
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


def test_the_window_is_shut_from_its_last_moment():
    person, closes = make_person(), clock.now() + timedelta(days=3)
    gathering = make_gathering(closes_at=closes)
    with clock.frozen(closes), pytest.raises(DomainError) as refused:
        take(person, gathering)
    assert refused.value.code == "window_closed"
    with clock.frozen(closes - timedelta(seconds=1)):
        assert take(person, gathering).seat.state == "confirmed"


def test_by_invitation_is_for_who_was_invited():
    guest, other = people(2)
    gathering = make_gathering(audience="invitation")
    office = make_with_role(Role.OFFICE)
    assert [invite(gathering=gathering, people=[guest], by=office) for _ in range(2)] == [1, 0]
    with pytest.raises(DomainError) as refused:
        take(other, gathering)
    assert refused.value.code == "audience"
    assert take(guest, gathering).seat.state == "confirmed"


def test_points_that_do_not_count_are_said_and_refuse_nobody():
    skj, other = (Chamber.objects.with_code(code).get() for code in ("SKJ:JGP", "SKJ:JZW"))
    counts, elsewhere, nowhere = people(3)
    for person, chamber in ((counts, skj), (elsewhere, other)):
        Registration.objects.create(person=person, chamber=chamber)
    gathering, too_late = make_gathering(), make_gathering()
    accredited(gathering.offering)
    accredited(too_late.offering, valid_to=clock.today() + timedelta(days=1))
    said = {
        person: [(one.code, one.refuses) for one in reasons(person=person, gathering=gathering)]
        for person in (counts, elsewhere, nowhere)
    }
    assert said == {counts: [], elsewhere: [("wrong_chamber", False)], nowhere: [("wrong_chamber", False)]}
    assert [(one.code, one.refuses) for one in reasons(person=counts, gathering=too_late)] == [("no_points", False)]
    assert take(nowhere, gathering).seat.state == "confirmed"


def test_a_manager_asks_a_seat_for_her_report_and_a_stranger_does_not():
    boss, gathering = make_person(), make_gathering()
    report = make_membership(manager=boss).person
    with pytest.raises(NotAllowedError):
        take_seat(person=report, gathering=gathering, by=make_person())
    assert not Seat.objects.exists()
    seat = take_seat(person=report, gathering=gathering, by=boss).seat
    assert (seat.person, seat.taken_by) == (report, boss)
    assert AuditEntry.objects.get(action="seat.take_for").actor == boss
    with pytest.raises(NotAllowedError):
        cancel_seat(seat=seat, by=make_person())
    assert Seat.objects.get().state == "confirmed"
    assert cancel_seat(seat=seat, by=boss).state == "cancelled"


def test_a_condition_is_set_aside_by_who_plans_and_only_what_may_be():
    office, person, gathering = make_with_role(Role.OFFICE), make_person(), make_gathering(audience="internal")
    for by, despite in ((person, "audience"), (office, "overlap")):
        with pytest.raises(NotAllowedError):
            take_seat(person=person, gathering=gathering, by=by, despite=frozenset({despite}))
    assert not Seat.objects.exists()
    taken = take_seat(person=person, gathering=gathering, by=office, despite=frozenset({"audience"}))
    assert taken.seat.state == "confirmed"


def test_what_is_promised_is_written_down_and_points_for_a_whole_register_name_no_chamber():
    person, gathering = make_person(), make_gathering()
    chamber = Chamber.objects.with_code("SKJ:JGP").get()
    day = gathering.ends_at.astimezone(clock.AMSTERDAM).date()
    of_all = {"offering": gathering.offering, "register": chamber.register, "valid_from": day, "valid_to": day}
    Accreditation.objects.create(**of_all, number="SKJ-1", requirement="DB", points="2.5", test_required=True)
    Accreditation.objects.create(**of_all, number="SKJ-2", requirement="DB", points=6, chamber=chamber)
    Accreditation.objects.create(**of_all, number="", requirement="OV", points=4, chamber=chamber)
    seat = take_seat(person=person, gathering=gathering, by=person).seat
    promised = {one.pop("external_id"): one for one in seat.promise["accreditations"]}
    alike = {
        "register": "SKJ",
        "accreditor": "SKJ",
        "requirement": "DB",
        "valid_from": day.isoformat(),
        "valid_to": day.isoformat(),
        "attendance_pct": 100,
    }
    assert promised == {
        "SKJ-1": {**alike, "chamber": "", "points": "2.50", "test_required": True},
        "SKJ-2": {**alike, "chamber": chamber.code, "points": "6.00", "test_required": False},
    }


def test_what_is_gone_cannot_be_locked():
    gathering = make_gathering()
    Gathering.objects.filter(pk=gathering.pk).delete()
    for named in (gathering, gathering.pk, Gathering(pk=gathering.pk)):
        with pytest.raises(Gathering.DoesNotExist):
            lock_gathering(named)

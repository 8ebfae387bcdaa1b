"""Who stands at the door without a seat, the list of places, and what closing would bring."""

from datetime import timedelta

import pytest

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.admitting import admit
from academy.gatherings.domain.closing import close_session, foresee_closing
from academy.gatherings.domain.planning import Plan, cancel_gathering, plan_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.domain.venues import keep_venue
from academy.gatherings.enums import OfferState, SeatState
from academy.gatherings.models import Seat, SeatOffer, Venue
from academy.people.enums import Role
from academy.people.models import AuditEntry
from tests.factories import make_person, make_with_role
from tests.gatherings.factories import make_gathering, make_offering, make_venue, people

pytestmark = pytest.mark.django_db
STARTED = timedelta(minutes=-10)


@pytest.fixture
def office():
    return make_with_role(Role.OFFICE)


def test_the_door_is_open_although_the_group_is_full(office):
    gathering = make_gathering(capacity=1)
    (first,) = people(1)
    take_seat(person=first, gathering=gathering, by=None)
    with clock.frozen(gathering.starts_at + timedelta(minutes=5)):
        guest = make_person()
        session = gathering.sessions.get()
        held = admit(session=session, person=guest, by=office)
        again = admit(session=session, person=guest, by=office)
    assert (held.state, again.pk) == (SeatState.CONFIRMED, held.pk)
    assert Seat.objects.confirmed().count() == 2
    assert AuditEntry.objects.filter(action="seat.admit").count() == 1


def test_who_was_offered_a_place_gets_it_at_the_door_and_the_offer_is_answered(office):
    gathering = make_gathering(capacity=1, starts_in=STARTED)
    guest = make_person()
    moment = clock.now()
    held = Seat.objects.create(
        gathering=gathering,
        person=guest,
        state=SeatState.OFFERED,
        queue_key=1,
        requested_at=moment,
        changed_at=moment,
    )
    SeatOffer.objects.create(seat=held, made_at=moment, deadline=moment + timedelta(hours=1))
    assert admit(session=gathering.sessions.get(), person=guest, by=office) == held
    assert SeatOffer.objects.get().state == OfferState.ACCEPTED


def test_the_door_stays_shut_for_others_before_the_start_and_when_it_is_off(office):
    gathering, ahead = make_gathering(starts_in=STARTED), make_gathering()
    off = make_gathering(starts_in=STARTED, state="cancelled", cancelled_at=clock.now())
    with pytest.raises(NotAllowedError):
        admit(session=gathering.sessions.get(), person=make_person(), by=make_person())
    for one, code in ((ahead, "too_early"), (off, "not_held")):
        with pytest.raises(DomainError) as refused:
            admit(session=one.sessions.get(), person=make_person(), by=office)
        assert refused.value.code == code
    assert Seat.objects.count() == 0


def test_an_account_that_is_off_and_a_place_in_a_sibling_group_are_not_set_aside(office):
    gathering = make_gathering(starts_in=STARTED)
    sibling = make_gathering(offering=gathering.offering)
    seated = make_person()
    take_seat(person=seated, gathering=sibling, by=None)
    left = make_person(is_active=False)
    codes = []
    for person in (seated, left):
        with pytest.raises(DomainError) as refused:
            admit(session=gathering.sessions.get(), person=person, by=office)
        codes.append(refused.value.code)
    assert codes == ["duplicate", "not_approved"]


def test_places_are_kept_by_the_office_only(office):
    venue = keep_venue(name="De Meent", kind="open", by=office)
    assert keep_venue(venue=venue, name="De Meent", kind="closed", active_to=clock.today(), by=office) == venue
    assert Venue.objects.get().is_closed
    with pytest.raises(NotAllowedError):
        keep_venue(name="Elders", kind="open", by=make_person())
    assert Venue.objects.count() == 1


def test_a_place_goes_out_of_use_after_its_last_session_and_not_before():
    venue, gathering = make_venue(), make_gathering()
    gathering.sessions.update(venue=venue)
    day = gathering.starts_at.astimezone(clock.AMSTERDAM).date()
    with pytest.raises(DomainError) as refused:
        keep_venue(venue=venue, name=venue.name, kind="open", active_to=day, by=None)
    assert (refused.value.field, gathering.title in refused.value.message) == ("active_to", True)
    kept = keep_venue(venue=venue, name=venue.name, kind="open", active_to=day + timedelta(days=1), by=None)
    assert kept.active_to == day + timedelta(days=1)


def test_the_session_that_is_refused_is_named_by_its_number():
    make_gathering()
    begin = clock.now() + timedelta(days=3)
    plans = [Plan(begin, begin + timedelta(hours=1)), Plan(begin, begin + timedelta(hours=2))]
    with pytest.raises(DomainError) as refused:
        plan_gathering(kind="run", offering=make_offering(), sessions=plans, by=None)
    assert (refused.value.code, refused.value.row) == ("overlap", 1)


def test_a_cancellation_points_to_an_open_group_of_the_same_offering():
    gathering, stranger = make_gathering(), make_gathering()
    draft = make_gathering(offering=gathering.offering, state="draft")
    for wrong in (stranger, draft):
        with pytest.raises(DomainError) as refused:
            cancel_gathering(gathering=gathering, by=None, instead=wrong)
        assert refused.value.field == "instead"
    gathering.refresh_from_db()
    assert gathering.state == "open"


def test_what_is_closed_already_brings_nothing_more(office):
    gathering = make_gathering(kind="leertafel", starts_in=-timedelta(days=1))
    session = gathering.sessions.get()
    gathering.leads.create(person=office, role="facilitates", starts_at=clock.now() - timedelta(days=2))
    close_session(session=session, by=office)
    foreseen = foresee_closing(gathering=gathering, session=session, by=office)
    assert (foreseen.certificates, foreseen.with_points, foreseen.without) == (0, 0, ())

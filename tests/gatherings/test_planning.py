from datetime import date, time, timedelta

import icalendar
import pytest
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings import calendar
from academy.gatherings.domain.approval import approve_seat, decline_seat, object_to_seat
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.leads import assign_lead, end_lead
from academy.gatherings.domain.moving import move_seat, swap_seat
from academy.gatherings.domain.offerings import check_removable
from academy.gatherings.domain.places import open_place
from academy.gatherings.domain.planning import (
    Plan,
    add_session,
    cancel_gathering,
    cancel_session,
    change_gathering,
    change_session,
    open_gathering,
    plan_gathering,
)
from academy.gatherings.domain.reminding import remind
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.models import Gathering, Seat, SeatOffer, Venue
from academy.outbox.domain.running import run_due
from academy.outbox.models import Message
from academy.people.enums import Role
from academy.people.models import AuditEntry
from tests.factories import make_membership, make_organisation, make_person, make_team, make_with_role
from tests.gatherings.factories import local, make_gathering, make_offering, make_venue, people

pytestmark = pytest.mark.django_db


def take(person, gathering):
    return take_seat(person=person, gathering=gathering, by=person).seat


def plan(days=30, **values):
    start = (clock.now() + timedelta(days=days)).replace(second=0, microsecond=0)
    return Plan(start, start + timedelta(hours=2), **values)


def code_of(act, **values):
    with pytest.raises(DomainError) as refused:
        act(**values)
    return refused.value.code


def told(trigger):
    return [message.person for message in Message.objects.filter(trigger=f"gatherings.{trigger}").order_by("pk")]


def test_plan_gathering_takes_the_terms_of_the_offering():
    make_gathering()
    offering = make_offering(cut_off_working_days=3, audience="internal")
    office = make_with_role(Role.OFFICE)
    gathering = plan_gathering(kind="run", offering=offering, sessions=[plan(), plan(37)], by=office, capacity=12)
    assert (gathering.state, gathering.cut_off_working_days, gathering.audience) == ("draft", 3, "internal")
    assert gathering.ends_at - gathering.starts_at == timedelta(days=7, hours=2)
    assert open_gathering(gathering=gathering, by=office) == open_gathering(gathering=gathering, by=office)
    with pytest.raises(NotAllowedError):
        open_gathering(gathering=gathering, by=make_person())


def test_plan_gathering_refuses_the_past_and_a_place_that_is_taken():
    offering, venue = make_gathering().offering, make_venue()
    with pytest.raises(DomainError) as refused:
        plan_gathering(kind="run", offering=offering, sessions=[plan(-1)], by=None)
    assert refused.value.code == "past"
    plan_gathering(kind="run", offering=offering, sessions=[plan(venue=venue)], by=None)
    with pytest.raises(DomainError) as refused:
        plan_gathering(kind="run", offering=offering, sessions=[plan(venue=venue)], by=None)
    assert refused.value.code == "venue_taken"
    assert Gathering.objects.count() == 2


def test_wall_time_stays_over_the_change_to_summer_time():
    starts = [clock.amsterdam(date(2027, 3, day), time(9, 30)) for day in (22, 29)]
    assert starts[1] - starts[0] == timedelta(days=7) - timedelta(hours=1)
    with pytest.raises(ValueError, match="bestaat niet"):
        clock.amsterdam(date(2027, 3, 28), time(2, 30))


def test_changed_session_is_told_once_and_newer_in_the_calendar():
    gathering = make_gathering()
    seat = take(make_person(), gathering)
    session = gathering.sessions.get()
    before = icalendar.Calendar.from_ical(calendar.invitation(seat)).walk("VEVENT")[0]
    change_session(
        session=session,
        by=None,
        starts_at=session.starts_at + timedelta(hours=1),
        ends_at=session.ends_at + timedelta(hours=1),
    )
    after = icalendar.Calendar.from_ical(calendar.invitation(seat)).walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert Message.objects.filter(trigger="gatherings.changed").count() == 1
    with pytest.raises(DomainError):
        cancel_session(session=session, by=None)


def test_a_new_name_for_a_session_is_told_to_nobody():
    gathering = make_gathering()
    take(make_person(), gathering)
    session = change_session(session=gathering.sessions.get(), by=None, title="Dag een")
    assert (gathering.sessions.get().title, session.sequence, told("changed")) == ("Dag een", 0, [])


def test_who_was_seated_before_it_opened_hears_of_a_change_too():
    gathering, office, person = make_gathering(state="draft"), make_with_role(Role.OFFICE), make_person()
    assert code_of(take_seat, person=person, gathering=gathering, by=office) == "not_open_yet"
    take_seat(person=person, gathering=gathering, by=office, despite=frozenset({"not_open_yet"}))
    session = gathering.sessions.get()
    change_session(session=session, by=office, ends_at=session.ends_at + timedelta(hours=1))
    assert told("changed") == [person]


def test_a_session_is_called_off_and_told_once():
    gathering, person = make_gathering(sessions=2), make_person()
    take(person, gathering)
    session = gathering.sessions.first()
    first, again = (cancel_session(session=session, by=None) for _ in range(2))
    assert (again.cancelled_at, again.sequence) == (first.cancelled_at, 1)
    assert told("changed") == [person]
    assert code_of(change_session, session=session, by=None, title="Toch") == "over"


def test_what_is_closed_is_planned_no_further():
    office, gathering = make_with_role(Role.OFFICE), make_gathering(starts_in=timedelta(days=-1))
    change_gathering(gathering=gathering, by=office, title="Nog open")
    close_gathering(gathering=gathering, by=office)
    assert code_of(open_gathering, gathering=gathering, by=office) == "over"
    assert code_of(change_gathering, gathering=gathering, by=office, title="Anders") == "over"
    assert code_of(add_session, gathering=gathering, by=office, plan=plan()) == "over"
    assert code_of(cancel_gathering, gathering=gathering, by=office) == "closed"
    gathering.refresh_from_db()
    assert (gathering.title, gathering.state, gathering.sessions.count()) == ("Nog open", "closed", 1)


def test_the_state_is_no_term_to_change():
    gathering = make_gathering(state="draft")
    with pytest.raises(TypeError, match="state"):
        change_gathering(gathering=gathering, by=None, state="open")
    with pytest.raises(TypeError, match="closed_at"):
        change_session(session=gathering.sessions.get(), by=None, closed_at=clock.now())
    assert Gathering.objects.get().state == "draft"


def test_a_date_on_which_the_lead_is_elsewhere_is_refused():
    gathering, elsewhere, lead = make_gathering(), make_gathering(starts_in=timedelta(days=40)), make_person()
    for one in (gathering, elsewhere):
        assign_lead(gathering=one, person=lead, role="gives", by=None)
    with pytest.raises(DomainError) as refused:
        add_session(gathering=gathering, plan=plan(40), by=None)
    assert (refused.value.code, refused.value.field) == ("lead_busy", "starts_at")
    assert elsewhere.title in refused.value.message
    add_session(gathering=gathering, plan=plan(41), by=None)
    assert gathering.sessions.count() == 2


def test_calendar_is_private_neutral_and_without_a_closed_place():
    gathering = make_gathering(title="Geheim\r\nATTACH:http://x")
    session = gathering.sessions.get()
    session.venue = make_venue(name="Kanarie\r\nATTENDEE:x", kind="closed")
    session.save()
    seat = take(make_person(), gathering)
    text = calendar.invitation(seat).decode()
    assert "Kanarie" not in text
    assert "Geheim" not in text
    assert "CLASS:PRIVATE" in text
    assert "Kanarie" not in str(list(Message.objects.values_list("facts", flat=True)))
    Venue.objects.update(kind="open")
    event = icalendar.Calendar.from_ical(calendar.feed_of(seat.person)).walk("VEVENT")[0]
    assert str(event["LOCATION"]).startswith("Kanarie ATTENDEE:x")
    assert "ATTENDEE" not in event
    cancel_seat(seat=seat, by=seat.person)
    assert b"METHOD:CANCEL" in calendar.cancellation(seat)
    assert not icalendar.Calendar.from_ical(calendar.feed_of(seat.person)).walk("VEVENT")


def test_secret_place_cannot_be_stored():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_venue(kind="secret")


def test_closed_place_opens_for_confirmed_and_approved_people_from_72_hours_before():
    gathering = make_gathering(starts_in=timedelta(days=2))
    session = gathering.sessions.get()
    session.venue = make_venue(kind="closed")
    session.save()
    stranger, member = make_person(), make_membership(organisation=make_organisation(is_own=True)).person
    take(stranger, gathering)
    take(member, gathering)
    with pytest.raises(NotAllowedError):
        open_place(session=session, by=stranger)
    assert open_place(session=session, by=member).venue == session.venue
    assert AuditEntry.objects.filter(action="place.open", subject=member).count() == 1
    with clock.frozen(session.starts_at - timedelta(hours=73)), pytest.raises(NotAllowedError):
        open_place(session=session, by=member)


def test_an_open_place_is_shown_to_anybody_and_not_logged():
    gathering = make_gathering(starts_in=timedelta(days=20))
    session = gathering.sessions.get()
    assert open_place(session=session, by=make_person()).venue is None
    session.venue = make_venue(kind="open")
    shown = open_place(session=session, by=make_person())
    assert (shown.venue, shown.is_closed) == (session.venue, False)
    assert not AuditEntry.objects.filter(action="place.open").exists()


def test_cancel_gathering_ends_every_seat_and_nobody_is_late():
    gathering = make_gathering(capacity=1)
    one, two = people(2)
    take(one, gathering)
    take(two, gathering)
    cancel_gathering(gathering=gathering, by=None)
    cancel_gathering(gathering=gathering, by=None)
    assert set(Seat.objects.values_list("state", "late")) == {("cancelled", False)}
    assert Message.objects.filter(trigger="gatherings.cancelled").count() == 2
    with pytest.raises(DomainError) as refused:
        take(one, gathering)
    assert refused.value.code == "past"


@pytest.mark.parametrize(("moment", "late"), [("2027-03-03 09:59", False), ("2027-03-03 10:00", True)])
def test_cancelling_after_the_cut_off_is_late(at, moment, late):
    with at("2027-02-01 10:00"):
        gathering = make_gathering(starts_in=local("2027-03-10 10:00") - clock.now())
        seat = take(make_person(), gathering)
    with at(moment):
        assert cancel_seat(seat=seat, by=seat.person).late is late


def test_swap_with_a_colleague_is_never_late():
    organisation = make_organisation()
    one, two = (make_membership(organisation=organisation).person for _ in range(2))
    gathering = make_gathering(capacity=1, starts_in=timedelta(hours=3))
    seat = take(one, gathering)
    take(two, gathering)
    with pytest.raises(DomainError):
        swap_seat(seat=seat, colleague=make_person(), by=one)
    new = swap_seat(seat=seat, colleague=two, by=one)
    assert swap_seat(seat=seat, colleague=two, by=one) == new
    assert (new.state, new.replaces) == ("confirmed", seat)
    assert not Seat.objects.filter(late=True).exists()
    assert Seat.objects.active().count() == 1


def test_a_place_is_swapped_by_its_holder_while_it_is_confirmed_and_ahead():
    organisation = make_organisation()
    one, two, three = (make_membership(organisation=organisation).person for _ in range(3))
    gathering = make_gathering(capacity=1)
    seat, waiting = take(one, gathering), take(two, gathering)
    with pytest.raises(NotAllowedError):
        swap_seat(seat=seat, colleague=three, by=three)
    assert code_of(swap_seat, seat=waiting, colleague=three, by=two) == "cannot_swap"
    with clock.frozen(gathering.starts_at):
        assert code_of(swap_seat, seat=seat, colleague=three, by=one) == "cannot_swap"
    assert set(Seat.objects.values_list("person", "state")) == {(one.pk, "confirmed"), (two.pk, "waitlisted")}
    assert swap_seat(seat=seat, colleague=three, by=one).state == "confirmed"


def test_a_colleague_who_has_a_place_or_is_busy_cannot_take_it_over():
    organisation = make_organisation()
    one, seated, busy = (make_membership(organisation=organisation).person for _ in range(3))
    gathering, same_hour = make_gathering(), make_gathering()
    seat = take(one, gathering)
    take(seated, gathering)
    take(busy, same_hour)
    assert code_of(swap_seat, seat=seat, colleague=seated, by=one) == "duplicate"
    assert code_of(swap_seat, seat=seat, colleague=busy, by=one) == "overlap"
    assert Seat.objects.get(person=one).state == "confirmed"


def test_move_to_another_group_lets_the_next_in():
    gathering = make_gathering(capacity=1)
    sibling = make_gathering(offering=gathering.offering, capacity=1, starts_in=timedelta(days=60))
    one, two = people(2)
    seat = take(one, gathering)
    waiting = take(two, gathering)
    office = make_with_role(Role.OFFICE)
    with pytest.raises(NotAllowedError):
        move_seat(seat=seat, to=sibling, by=one)
    new = move_seat(seat=seat, to=sibling, by=office)
    assert move_seat(seat=seat, to=sibling, by=office) == new
    waiting.refresh_from_db()
    assert (new.state, waiting.state) == ("confirmed", "offered")


def test_a_move_needs_a_running_seat_and_another_group_of_the_offering_with_room():
    gathering, office, person = make_gathering(), make_with_role(Role.OFFICE), make_person()
    sibling = make_gathering(offering=gathering.offering, starts_in=timedelta(days=60))
    begun = make_gathering(offering=gathering.offering, starts_in=timedelta(hours=-1))
    seat = take(person, gathering)
    full = make_gathering(offering=gathering.offering, capacity=1, starts_in=timedelta(days=90))
    take(make_person(), full)
    codes = [code_of(move_seat, seat=seat, to=to, by=office) for to in (gathering, make_gathering(), begun, full)]
    assert codes == ["cannot_move", "cannot_move", "past", "full"]
    assert Seat.objects.get(person=person).state == "confirmed"
    cancel_seat(seat=seat, by=person)
    assert code_of(move_seat, seat=seat, to=sibling, by=office) == "cannot_move"
    assert move_seat(seat=take(person, gathering), to=sibling, by=office).gathering == sibling


def test_who_waits_for_both_groups_is_moved_out_of_both_lines():
    here = make_gathering(capacity=1)
    there = make_gathering(offering=here.offering, capacity=1, starts_in=timedelta(days=60))
    first, other, person = people(3)
    take(first, here)
    ahead = take(other, there)
    seat = take(person, here)
    take(person, there)
    cancel_seat(seat=ahead, by=other)
    new = move_seat(seat=seat, to=there, by=make_with_role(Role.OFFICE))
    assert (new.state, new.replaces) == ("confirmed", seat)
    ended = Seat.objects.filter(person=person).exclude(pk=new.pk)
    assert list(ended.values_list("state", "end_reason")) == [("cancelled", "moved")] * 2
    assert SeatOffer.objects.get().state == "withdrawn"


def test_approval_by_the_manager():
    boss = make_person()
    person = make_membership(manager=boss).person
    gathering = make_gathering(capacity=1, approval="manager")
    seat = take(person, gathering)
    assert seat.state == "requested"
    assert Message.objects.get().person == boss
    with pytest.raises(NotAllowedError):
        approve_seat(seat=seat, by=person)
    assert approve_seat(seat=seat, by=boss).state == approve_seat(seat=seat, by=boss).state == "confirmed"
    other = take(make_membership(manager=boss).person, gathering)
    assert decline_seat(seat=other, by=boss) == decline_seat(seat=other, by=boss)
    with pytest.raises(DomainError):
        approve_seat(seat=other, by=boss)


def test_a_request_is_not_approved_once_it_began():
    boss, gathering = make_person(), make_gathering(approval="manager")
    seat = take(make_membership(manager=boss).person, gathering)
    with clock.frozen(gathering.starts_at):
        assert code_of(approve_seat, seat=seat, by=boss) == "past"
    with clock.frozen(gathering.starts_at - timedelta(seconds=1)):
        assert approve_seat(seat=seat, by=boss).state == "confirmed"


def test_who_is_approved_when_it_is_full_waits_in_the_order_of_asking():
    boss, gathering = make_person(), make_gathering(capacity=1, approval="manager")
    first, second, third = (take(make_membership(manager=boss).person, gathering) for _ in range(3))
    states = [approve_seat(seat=one, by=boss).state for one in (first, third, second)]
    assert states == ["confirmed", "waitlisted", "waitlisted"]
    assert [Seat.objects.with_position().get(pk=one.pk).position for one in (second, third)] == [1, 2]
    assert told("waiting") == [third.person, second.person]
    assert code_of(decline_seat, seat=first, by=boss) == "request_over"


def test_a_coordinator_is_asked_and_decides_for_her_own_organisation():
    coordinator, other = make_with_role(Role.COORDINATOR), make_with_role(Role.COORDINATOR)
    organisation = coordinator.role_assignments.get().organisation
    seat = take(make_membership(organisation=organisation).person, make_gathering(approval="coordinator"))
    assert told("to_decide") == [coordinator]
    with pytest.raises(NotAllowedError):
        approve_seat(seat=seat, by=other)
    assert approve_seat(seat=seat, by=coordinator).state == "confirmed"


def test_where_no_manager_is_named_the_team_manager_is_asked_and_decides():
    team = make_team()
    manager, other = make_with_role(Role.TEAM_MANAGER, team=team), make_with_role(Role.TEAM_MANAGER)
    make_with_role(Role.OFFICE)
    seat = take(make_membership(team=team).person, make_gathering(approval="manager"))
    assert told("to_decide") == [manager]
    with pytest.raises(NotAllowedError):
        decline_seat(seat=seat, by=other)
    assert decline_seat(seat=seat, by=manager).end_reason == "not_approved"


def test_the_office_answers_for_the_budget_holder():
    team, office = make_team(), make_with_role(Role.OFFICE)
    manager = make_with_role(Role.TEAM_MANAGER, team=team)
    seat = take(make_membership(team=team, manager=manager).person, make_gathering(approval="budget_holder"))
    assert told("to_decide") == [office]
    with pytest.raises(NotAllowedError):
        approve_seat(seat=seat, by=manager)
    assert approve_seat(seat=seat, by=office).state == "confirmed"


def test_objection_within_three_working_days(at):
    with at("2027-03-01 10:00"):
        office = make_with_role(Role.OFFICE)
        gathering = make_gathering(capacity=1, approval="objection")
        first, second = people(2)
        seat = take(first, gathering)
        take(second, gathering)
        assert seat.objection_until == local("2027-03-05 00:00")
    with at("2027-03-05 00:00"), pytest.raises(DomainError):
        object_to_seat(seat=seat, by=office)
    with at("2027-03-04 23:59"):
        assert object_to_seat(seat=seat, by=office).end_reason == "objection"
        assert Seat.objects.get(person=second).state == "offered"


def test_only_who_plans_objects_and_only_once():
    gathering, office, lead = make_gathering(approval="objection"), make_with_role(Role.OFFICE), make_person()
    assign_lead(gathering=gathering, person=lead, role="gives", by=None)
    seat = take(make_person(), gathering)
    with pytest.raises(NotAllowedError):
        object_to_seat(seat=seat, by=seat.person)
    first, again = object_to_seat(seat=seat, by=lead), object_to_seat(seat=seat, by=office)
    assert (first.state, again.decided_by) == ("declined", lead)
    assert told("ended") == [seat.person]


def test_leads_are_named_by_the_office_and_stand_ins_by_a_lead():
    gathering, office, lead, other = make_gathering(), make_with_role(Role.OFFICE), make_person(), make_person()
    with pytest.raises(NotAllowedError):
        assign_lead(gathering=gathering, person=lead, role="gives", by=lead)
    given = assign_lead(gathering=gathering, person=lead, role="gives", by=office)
    assert assign_lead(gathering=gathering, person=lead, role="gives", by=office) == given
    stand_in = assign_lead(gathering=gathering, person=other, role="stands_in", by=lead)
    assert set(Gathering.objects.led_by(other)) == {gathering}
    assert end_lead(lead=stand_in, by=lead).ends_at is not None
    with pytest.raises(NotAllowedError):
        end_lead(lead=given, by=lead)
    clash = make_gathering()
    with pytest.raises(DomainError):
        assign_lead(gathering=clash, person=lead, role="gives", by=office)


def test_leading_that_ended_keeps_its_end():
    office = make_with_role(Role.OFFICE)
    lead = assign_lead(gathering=make_gathering(), person=make_person(), role="gives", by=office)
    ended = end_lead(lead=lead, by=office).ends_at
    with clock.frozen(ended + timedelta(days=1)):
        assert end_lead(lead=lead, by=office).ends_at == ended
    assert AuditEntry.objects.filter(action="lead.end").count() == 1


def test_offering_that_people_count_on_cannot_go():
    gathering = make_gathering()
    with pytest.raises(DomainError) as refused:
        check_removable(page=gathering.offering)
    assert gathering.title in refused.value.message
    cancel_gathering(gathering=gathering, by=None)
    check_removable(page=gathering.offering)


def test_reminders_five_days_and_one_day_before_once_each():
    gathering = make_gathering(starts_in=timedelta(days=30))
    take(make_person(), gathering)
    counts = []
    for before in (timedelta(days=6), timedelta(days=4), timedelta(days=4), timedelta(hours=20), timedelta(hours=19)):
        with clock.frozen(gathering.starts_at - before):
            counts.append(remind())
    assert counts == [0, 1, 0, 1, 0]


@pytest.mark.parametrize(
    ("off", "waits", "state"),
    [(False, timedelta(0), "sent"), (True, timedelta(0), "dropped"), (False, timedelta(days=1), "dropped")],
)
def test_a_reminder_leaves_for_what_is_on_and_still_ahead(off, waits, state):
    gathering = make_gathering(sessions=2)
    take(make_person(), gathering)
    written = gathering.starts_at - timedelta(days=1)
    with clock.frozen(written):
        remind()
        if off:
            cancel_session(session=gathering.sessions.first(), by=None)
    with clock.frozen(written + waits):
        run_due()
    assert Message.objects.get(trigger="gatherings.reminder").state == state


def test_visible_to_follows_audience_seat_and_lead():
    shown, inside = make_gathering(), make_gathering(audience="internal")
    invited, draft = make_gathering(audience="invitation"), make_gathering(state="draft")
    lead = make_person()
    assign_lead(gathering=draft, person=lead, role="gives", by=None)
    assert set(Gathering.objects.visible_to(make_person())) == {shown}
    assert set(Gathering.objects.visible_to(lead)) == {shown, draft}
    assert set(Gathering.objects.visible_to(make_with_role(Role.OFFICE))) == {shown, inside, invited, draft}
    own = make_membership(organisation=make_organisation(is_own=True)).person
    assert set(Gathering.objects.visible_to(own)) == {shown, inside}

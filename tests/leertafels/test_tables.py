"""Planning, changing, joining and signing a leertafel."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.admitting import admit
from academy.gatherings.domain.approval import approve_seat, decline_seat
from academy.gatherings.domain.eligibility import reasons
from academy.gatherings.domain.leads import assign_lead, end_lead
from academy.gatherings.domain.minimum import tell_thin
from academy.gatherings.domain.planning import change_gathering
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.enums import Form, LeadRole, SeatState
from academy.gatherings.models import Gathering, Lead, Seat
from academy.outbox.models import Message
from academy.people.enums import Role
from academy.people.models import AuditEntry
from leertafels.cases.rules import takes_cases
from leertafels.domain.signing import sign_agreements
from leertafels.domain.tables import change_leertafel, leads_own_tables, plan_leertafel
from leertafels.models import Agreement
from leertafels.rules import can_read_members, can_sign, has_signed
from tests.factories import make_membership, make_person, make_region, make_with_role
from tests.gatherings.factories import fresh
from tests.leertafels.factories import facilitator, make_page, make_table, managed_pair, seated

pytestmark = pytest.mark.django_db


def codes(person, table):
    return {reason.code: reason.refuses for reason in reasons(person=person, gathering=table.gathering)}


def refused(act, *args, **values):
    with pytest.raises(DomainError) as error:
        act(*args, **values)
    return error.value


def test_a_table_takes_its_terms_from_the_page_and_closes_per_session():
    region = make_region()
    page = make_page(mode="case", level="management", region=region, agreements="Eerst luisteren.\n\nDan vragen.")
    table = make_table(page)
    assert (page.kind, page.form) == ("leertafel", Form.LEERTAFEL)
    assert (table.mode, table.level, table.region) == ("case", "management", region)
    assert table.promises == ["Eerst luisteren.", "Dan vragen."]
    assert (table.gathering.kind, table.gathering.minimum, table.gathering.capacity) == ("leertafel", 4, 12)
    assert table.gathering.closes_per_session
    assert str(table) == table.gathering.title == page.title
    other = make_table(page, own={"mode": "intervision", "agreements": "Anders."}, title="Tafel Noord")
    assert (other.mode, other.gathering.capacity, other.agreements, str(other)) == (
        "intervision",
        8,
        "Anders.",
        "Tafel Noord",
    )
    assert "Eerst luisteren" not in page.text


def test_a_draft_of_a_page_may_be_unfinished_and_is_a_leertafel_all_the_same():
    page = make_page(live=False)
    page.form = Form.WORKSHOP
    page.minimal_clean()
    assert page.form == Form.LEERTAFEL


@pytest.mark.parametrize(
    ("mode", "size", "fits"),
    [
        ("intervision", 3, False),
        ("intervision", 4, True),
        ("intervision", 8, True),
        ("intervision", 9, False),
        ("mixed", 8, True),
        ("mixed", 9, False),
        ("case", 12, True),
        ("case", 13, False),
    ],
)
def test_the_size_of_a_table(mode, size, fits):
    page = make_page(mode=mode)
    if fits:
        table = make_table(page, capacity=size)
        assert table.gathering.capacity == size
        return
    error = refused(make_table, page, capacity=size)
    assert (error.code, error.field) == ("size", "capacity")
    table = make_table(page)
    error = refused(change_gathering, gathering=table.gathering, by=None, capacity=size, minimum=2)
    assert (error.code, error.field) == ("size", "capacity")


def test_no_table_is_for_everybody_or_goes_on_with_one():
    table = make_table(capacity=6)
    assert refused(change_gathering, gathering=table.gathering, by=None, capacity=None).code == "size"
    change_gathering(gathering=table.gathering, by=None, capacity=7, minimum=6)
    for minimum in (None, 1):
        error = refused(change_gathering, gathering=table.gathering, by=None, minimum=minimum)
        assert (error.code, error.field) == ("minimum", "minimum")
    with pytest.raises(ValidationError, match="hoogstens het aantal plekken"):
        change_gathering(gathering=table.gathering, by=None, capacity=5)


def test_who_leads_a_table_with_too_few_people_hears_of_it():
    """The same minimum as that of every gathering, so the same mail."""
    table = make_table(starts_in=timedelta(days=9))
    lead = facilitator(table)
    seated(table, 3)
    assert tell_thin() == 1
    assert Message.objects.filter(trigger="gatherings.thin", person=lead).count() == 1
    full = make_table(starts_in=timedelta(days=8))
    seated(full, 4)
    assert tell_thin() == 0


def test_who_may_plan_and_what_a_plan_needs():
    page, person = make_page(), make_person()
    with pytest.raises(NotAllowedError):
        plan_leertafel(page=page, sessions=[], by=person)
    assert refused(plan_leertafel, page=page, sessions=[], by=facilitator()).code == "sessions_missing"
    with pytest.raises(TypeError, match="title"):
        make_table(page, own={"title": "x"})
    for sizes in ({"minimum": 1}, {"capacity": 5, "minimum": 6}):
        assert refused(make_table, page, **sizes).field == "minimum"
    assert not Gathering.objects.exists()
    office, leads = make_with_role(Role.OFFICE), facilitator()
    assert [leads_own_tables(one) for one in (office, leads, person)] == [False, True, False]


def test_changing_a_table_is_for_who_leads_it_or_the_office():
    table = make_table()
    with pytest.raises(NotAllowedError):
        change_leertafel(leertafel=table, by=facilitator(), level="mixed")
    region = make_region()
    changed = change_leertafel(leertafel=table, by=facilitator(table), region=region, asks_text=True)
    assert (changed.region, changed.agreements_version) == (region, 1)
    assert takes_cases(table.gathering).asks_text
    assert AuditEntry.objects.get(action="leertafel.change").data["terms"] == ["asks_text", "region"]
    changed = change_leertafel(leertafel=table, by=make_with_role(Role.OFFICE), agreements="Nieuw. ")
    assert (changed.agreements, changed.agreements_version) == ("Nieuw.", 2)
    assert change_leertafel(leertafel=table, by=None, agreements="Nieuw.").agreements_version == 2
    with pytest.raises(TypeError, match="capacity"):
        change_leertafel(leertafel=table, by=None, capacity=5)


def test_a_large_table_for_cases_is_too_large_for_intervision():
    table = make_table(mode="case", capacity=10)
    error = refused(change_leertafel, leertafel=table, by=None, mode="intervision")
    assert (error.code, error.field) == ("size", "mode")


@pytest.mark.parametrize("manager_first", [True, False])
@pytest.mark.parametrize("mode", ["intervision", "mixed"])
def test_a_manager_and_a_report_do_not_sit_at_one_table_for_intervision(manager_first, mode):
    table = make_table(mode=mode)
    one, two = managed_pair() if manager_first else reversed(managed_pair())
    seated(table, person=one)
    assert codes(two, table)["authority"] is True
    for by in (two, None, make_with_role(Role.OFFICE), facilitator(table)):
        assert refused(take_seat, person=two, gathering=table.gathering, by=by).code == "authority"
    assert Seat.objects.count() == 1
    assert "authority" not in codes(make_person(), table)


@pytest.mark.parametrize("manager_first", [True, False])
def test_at_a_table_for_cases_it_is_a_warning(manager_first):
    table = make_table(mode="case")
    one, two = managed_pair() if manager_first else reversed(managed_pair())
    seated(table, person=one)
    assert codes(two, table)["authority"] is False
    assert take_seat(person=two, gathering=table.gathering, by=two).seat.state == SeatState.CONFIRMED
    change_gathering(gathering=table.gathering, by=None, capacity=8)
    error = refused(change_leertafel, leertafel=table, by=None, mode="mixed")
    assert (error.code, error.field) == ("authority", "mode")
    cancel_seat(seat=Seat.objects.get(person=two), by=two)
    assert change_leertafel(leertafel=table, by=None, mode="mixed").mode == "mixed"


def test_a_relation_that_ended_is_none():
    table = make_table()
    manager, report = managed_pair()
    report.memberships.update(starts_on="2020-01-01", ends_on=clock.today())
    seated(table, person=manager)
    assert "authority" not in codes(report, table)


def test_whoever_waits_or_left_is_not_at_the_table():
    table = make_table(capacity=4)
    manager, report = managed_pair()
    people = seated(table, 4)
    take_seat(person=manager, gathering=table.gathering, by=None)
    assert "authority" not in codes(report, table)
    take_seat(person=report, gathering=table.gathering, by=None)
    for person in people[:2]:
        cancel_seat(seat=Seat.objects.get(person=person), by=person)
    states = dict(Seat.objects.filter(person__in=(manager, report)).values_list("person_id", "state"))
    assert states == {manager.pk: SeatState.OFFERED, report.pk: SeatState.WAITLISTED}


@pytest.mark.parametrize("role", [LeadRole.FACILITATES, LeadRole.STANDS_IN])
def test_who_leads_manages_nobody_at_the_table(role):
    table = make_table()
    manager, report = managed_pair()
    seated(table, person=report)
    by = facilitator(table) if role == LeadRole.STANDS_IN else make_with_role(Role.OFFICE)
    error = refused(assign_lead, gathering=table.gathering, person=manager, role=role, by=by)
    assert error.code == "authority"
    assert not Lead.objects.filter(person=manager).exists()
    Seat.objects.filter(gathering=table.gathering).delete()
    lead = assign_lead(gathering=table.gathering, person=manager, role=role, by=by)
    assert codes(report, table)["authority"] is True
    end_lead(lead=lead, by=None)
    assert "authority" not in codes(report, table)


def test_a_report_may_lead_and_at_a_table_for_cases_a_manager_too():
    table, cases = make_table(), make_table(mode="case", starts_in=timedelta(days=31))
    manager, report = managed_pair()
    seated(table, person=manager)
    assert assign_lead(gathering=table.gathering, person=report, role="facilitates", by=None).pk
    seated(cases, person=report)
    assert assign_lead(gathering=cases.gathering, person=manager, role="facilitates", by=None).pk


def test_the_guard_stands_at_the_door_and_at_a_request_too():
    table = make_table(approval="lead")
    lead, (manager, report) = facilitator(table), managed_pair()
    asked = [take_seat(person=one, gathering=table.gathering, by=one).seat for one in (manager, report)]
    assert {seat.state for seat in asked} == {SeatState.REQUESTED}
    assert Message.objects.filter(trigger="gatherings.to_decide", person=lead).count() == 2
    with pytest.raises(NotAllowedError):
        approve_seat(seat=asked[0], by=facilitator())
    assert approve_seat(seat=asked[0], by=lead).state == SeatState.CONFIRMED
    assert refused(approve_seat, seat=asked[1], by=lead).code == "authority"
    with clock.frozen(table.gathering.starts_at):
        session = table.gathering.sessions.first()
        assert refused(admit, session=session, person=report, by=lead).code == "authority"
        assert admit(session=session, person=make_person(), by=lead).state == SeatState.CONFIRMED
    assert decline_seat(seat=asked[1], by=lead).state == SeatState.DECLINED


def test_the_agreements_are_signed_once_and_again_when_they_change():
    table, person = make_table(), make_person()
    assert codes(person, table) == {"agreement": False}
    with pytest.raises(NotAllowedError):
        sign_agreements(leertafel=table, version=1, by=person)
    seated(table, person=person)
    assert not has_signed(person, table.gathering)
    signed = sign_agreements(leertafel=table, version=1, by=person)
    assert sign_agreements(leertafel=table, version=1, by=person) == signed
    assert (signed.text, signed.version) == (table.agreements, 1)
    assert has_signed(person, table.gathering)
    assert "agreement" not in codes(person, table)
    assert str(signed) == f"{person}: {table}"
    change_leertafel(leertafel=table, by=None, agreements="Anders dan eerst.")
    assert not has_signed(person, table.gathering)
    assert refused(sign_agreements, leertafel=table, version=1, by=person).code == "agreements_changed"
    sign_agreements(leertafel=table, version=2, by=person)
    assert list(Agreement.objects.values_list("version", "text")) == [(1, table.agreements), (2, "Anders dan eerst.")]


def test_members_are_read_by_who_signed_is_confirmed_and_leads():
    table = make_table()
    person, other, lead = make_person(), make_person(), facilitator(table)
    for one in (person, other):
        seated(table, person=one)
    gathering = table.gathering
    assert can_read_members(lead, gathering)
    assert not can_read_members(person, gathering)
    sign_agreements(leertafel=table, version=1, by=person)
    assert not can_read_members(person, gathering)
    make_membership(person, approved_at=clock.now())
    assert can_read_members(fresh(person), gathering)
    cancel_seat(seat=Seat.objects.get(person=person), by=person)
    assert not can_read_members(fresh(person), gathering)
    make_membership(other, approved_at=clock.now())
    assert not can_read_members(fresh(other), gathering)
    for role in (Role.OFFICE, Role.HR, Role.TEAM_MANAGER):
        assert not can_read_members(make_with_role(role), gathering)


def test_nobody_who_is_not_logged_in_signs_or_reads(rf):
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 -- used here only

    table = make_table()
    assert not can_sign(AnonymousUser(), table.gathering)
    assert not has_signed(AnonymousUser(), table.gathering)
    assert not can_read_members(AnonymousUser(), table.gathering)
    assert can_sign(facilitator(table), table.gathering)
    assert not can_sign(facilitator(), table.gathering)

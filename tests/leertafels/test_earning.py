"""What a meeting brings: shares of two clocks, points per series, and the proof at the end."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from academy.common import clock
from academy.common.errors import DomainError
from academy.gatherings.domain.admitting import admit
from academy.gatherings.domain.attendance import Row, read_sheet
from academy.gatherings.domain.closing import close_gathering, close_session, foresee_closing
from academy.gatherings.domain.corrections import ask_correction, confirm_correction
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.seats import cancel_seat, take_seat
from academy.gatherings.models import Gathering, Seat
from academy.people.enums import Role
from academy.portal.mine_portfolio import minutes_of
from certificates.credits.domain.chain import check_chain
from certificates.credits.models import AchievementRecord, CreditEntry
from certificates.domain.recognition import recognise_earlier
from certificates.models import Certificate
from certificates.rendering.paper import paper_of
from leertafels.domain.earning import achievements
from tests.credits.factories import registered
from tests.factories import make_membership, make_person, make_with_role
from tests.leertafels.factories import facilitator, hold, make_table, managed_pair, seated

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def table():
    """Six meetings of two hours, with somebody who leads and two people, one of them registered."""
    made = make_table(sessions=6, weeks=4)
    facilitator(made)
    return made


def person_at(table, **values):
    person = make_person(**values)
    registered(person)
    seated(table, person=person)
    return person


def entries(person):
    return CreditEntry.objects.filter(subject__person=person).order_by("seq")


def points(person):
    return [entry.points_expected for entry in entries(person)]


def reasons_of(person):
    return [entry.reason for entry in entries(person)]


def end(table, by=None):
    gathering = Gathering.objects.get(pk=table.gathering.pk)
    with clock.frozen(gathering.ends_at + HOUR):
        return close_gathering(gathering=gathering, by=by or gathering.leads.order_by("pk").first().person)


def test_a_meeting_counts_for_the_share_of_the_clocks_one_was_there_for(table):
    person, late = person_at(table), person_at(table)
    hold(table, present={person: None, late: 60}, clocks=(100, 20))
    record = AchievementRecord.objects.get(subject__person=late)
    (facts,) = record.payload["sessions"]
    assert (facts["minutes"], facts["intervision_minutes"], facts["case_minutes"]) == (60, 50, 10)
    assert (record.payload["group_size"], record.payload["certificate"]) == (2, None)
    assert points(person) == [Decimal("1.66")]
    assert reasons_of(late) == ["session_too_short"]
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("clocks", "minutes", "booked", "reason"),
    [
        ((60, 60), None, "1.00", ""),
        ((59, 61), None, "0.00", "session_too_short"),
        ((120, 0), 60, "1.00", ""),
        ((120, 0), 59, "0.00", "session_too_short"),
        ((0, 120), None, "0.00", "case_consult_only"),
        ((0, 0), None, "0.00", "session_too_short"),
    ],
)
def test_a_meeting_counts_from_an_hour_of_intervision(clocks, minutes, booked, reason):
    table = make_table(mode="mixed", sessions=1)
    facilitator(table)
    person = person_at(table)
    hold(table, present={person: minutes}, clocks=clocks)
    assert (points(person), reasons_of(person)) == ([Decimal(booked)], [reason])


@pytest.mark.parametrize(
    "minutes",
    [
        (100, 100, 100),
        (61, 61, 61, 61, 61, 61),
        (119, 61, 97, 83, 71, 113),
        (60, 59, 61),
        (120, 120, 120, 120, 120, 120),
        (62, 64, 67),
    ],
)
def test_points_of_a_series_add_up_to_its_rounded_total(table, minutes):
    person = person_at(table)
    for number, there in enumerate(minutes):
        hold(table, number=number, present={person: there}, clocks=(120, 0))
    exact = Fraction(sum(there for there in minutes if there >= 60), 60)
    assert sum(points(person)) == Decimal(exact.numerator * 100 // exact.denominator) / 100
    assert all(one >= 0 for one in points(person))
    assert check_chain().bad is None


def test_a_table_for_one_thing_needs_no_clocks_and_a_mixed_one_does():
    both = []
    for mode, clocks in (("intervision", (120, 0)), ("case", (0, 120))):
        table = make_table(mode=mode, sessions=1)
        facilitator(table)
        person = person_at(table)
        session = hold(table, present={person: None})
        both.append((session.intervision_minutes, session.case_minutes) == clocks)
    assert both == [True, True]
    mixed = make_table(mode="mixed", sessions=1)
    lead = facilitator(mixed)
    session = hold(mixed, present={person_at(mixed): None}, close=False)
    with clock.frozen(session.ends_at), pytest.raises(DomainError) as refused:
        close_session(session=session, by=lead)
    assert refused.value.code == "clocks_missing"
    session.refresh_from_db()
    assert (session.closed_at, AchievementRecord.objects.count()) == (None, 2)


def test_closing_a_meeting_twice_books_once_and_later_meetings_leave_it_alone(table):
    person = person_at(table)
    first = hold(table, present={person: None})
    with clock.frozen(first.ends_at + HOUR):
        assert close_session(session=first, by=make_with_role(Role.OFFICE)).closed_at == first.closed_at
    hold(table, number=1, present={person: None})
    keys = list(AchievementRecord.objects.values_list("source_key", "version"))
    assert (len(keys), len(set(keys)), points(person)) == (2, 2, [Decimal(2), Decimal(2)])


def test_what_closing_a_meeting_would_bring_does_not_count_what_was_brought(table):
    person, other = person_at(table), person_at(table)
    hold(table, present={person: None, other: None})
    second = hold(table, number=1, present={person: None}, close=False)
    lead = table.gathering.leads.get().person
    with clock.frozen(second.ends_at):
        foreseen = foresee_closing(gathering=table.gathering, session=second, by=lead)
    assert (foreseen.certificates, foreseen.with_points, foreseen.without) == (0, 1, (other,))
    assert AchievementRecord.objects.count() == 2


def test_who_joins_later_is_not_missed_and_gets_the_proof_of_the_rest(table):
    person = person_at(table)
    for number in range(3):
        hold(table, number=number, present={person: None})
    sessions = list(table.gathering.sessions.order_by("starts_at"))
    with clock.frozen(sessions[2].ends_at + HOUR):
        late = person_at(table)
    assert [late in read_sheet(one).expected for one in sessions] == [False, False, False, True, True, True]
    for number in (3, 4, 5):
        hold(table, number=number, present={person: None, late: None})
    end(table)
    assert sum(points(late)) == Decimal(6)
    proofs = {proof.subject.person: proof.payload for proof in Certificate.objects.all()}
    assert (proofs[person]["meetings"], proofs[late]["meetings"]) == (6, 3)
    assert (proofs[person]["minutes"], proofs[person]["group_size"]) == (720, 2)


def test_the_proof_says_hours_and_size_and_neither_content_nor_names_of_others(table):
    person, other = person_at(table, full_name="Ans Aan"), person_at(table, full_name="Bea Buur")
    table.gathering.sessions.update(title="Over de ruzie in de Beukenstraat")
    for number in range(6):
        hold(table, number=number, present={person: None, other: 110}, clocks=(90, 30))
    end(table)
    proof = Certificate.objects.get(subject__person=person)
    paper = paper_of(proof)
    rows = dict(paper.rows)
    assert paper.heading == "Bewijs van deelname intervisie"
    assert rows["Duur"] == ("12 uur in 6 bijeenkomsten",)
    assert rows["Intervisie"] == ("9 uur, in een groep van 2",)
    lead = table.gathering.leads.get().person.full_name
    assert lead in rows["Gegeven door"][0]
    for words in ("Bea Buur", "Beukenstraat"):
        assert words not in proof.payload_json + str(paper)
        assert words not in proof.record.payload_json
    assert "Accreditatie" not in rows
    assert (proof.payload["credits"], proof.kind) == ([], "reflection")


def test_the_proof_books_nothing_again(table):
    person = person_at(table)
    for number in range(6):
        hold(table, number=number, present={person: None})
    end(table)
    end(table)
    assert (len(points(person)), sum(points(person))) == (6, Decimal(12))
    assert minutes_of(person) == 720
    assert recognise_earlier(registration=person.registrations.get(), by=None) == ()
    assert Certificate.objects.count() == 1


def test_a_table_for_cases_gives_an_ordinary_proof_and_no_points():
    table = make_table(mode="case", sessions=1)
    facilitator(table)
    person = person_at(table)
    hold(table, present={person: None})
    end(table)
    assert Certificate.objects.get().kind == "participation"
    assert (points(person), reasons_of(person)) == ([Decimal(0)], ["case_consult_only"])
    assert "Intervisie" not in dict(paper_of(Certificate.objects.get()).rows)


def test_who_was_there_too_little_or_never_gets_no_proof(table):
    person, never = person_at(table), person_at(table)
    for number in range(6):
        hold(table, number=number, present={person: None} if number < 4 else {})
    end(table)
    assert not Certificate.objects.exists()
    assert sum(points(person)) == Decimal(8)
    assert achievements(Seat.objects.get(person=never)) == ()


def test_a_series_ends_after_its_last_meeting_and_closes_what_was_left(table):
    person = person_at(table)
    lead = table.gathering.leads.get().person
    for number in range(5):
        hold(table, number=number, present={person: None})
    with clock.frozen(table.gathering.ends_at - HOUR), pytest.raises(DomainError) as refused:
        close_gathering(gathering=table.gathering, by=lead)
    assert refused.value.code == "too_early"
    hold(table, number=5, present={person: None}, close=False)
    with clock.frozen(table.gathering.ends_at + HOUR):
        assert Gathering.objects.to_close().get() == table.gathering
    end(table)
    assert table.gathering.sessions.filter(closed_at__isnull=True).count() == 0
    assert (len(points(person)), Certificate.objects.count()) == (6, 1)


def test_after_the_last_meeting_the_series_itself_waits_to_be_ended(table):
    person = person_at(table)
    for number in range(6):
        hold(table, number=number, present={person: None})
    with clock.frozen(table.gathering.ends_at + HOUR):
        assert Gathering.objects.to_close().get() == table.gathering
    end(table)
    with clock.frozen(table.gathering.ends_at + HOUR):
        assert not Gathering.objects.to_close().exists()


def test_who_leaves_after_a_meeting_keeps_what_it_brought(table):
    person = person_at(table)
    session = hold(table, present={person: None}, close=False)
    with clock.frozen(session.ends_at + HOUR):
        cancel_seat(seat=Seat.objects.get(person=person), by=person)
        close_session(session=session, by=table.gathering.leads.get().person)
    assert points(person) == [Decimal(2)]


def test_who_comes_back_has_every_meeting_once(table):
    person = person_at(table)
    first = hold(table, present={person: None})
    with clock.frozen(first.ends_at + HOUR):
        cancel_seat(seat=Seat.objects.get(person=person), by=person)
        take_seat(person=person, gathering=table.gathering, by=person)
    for number in range(1, 6):
        hold(table, number=number, present={person: None})
    end(table)
    assert sum(points(person)) == Decimal(12)
    assert AchievementRecord.objects.filter(source_key__startswith="leertafel-session").count() == 6
    assert Certificate.objects.get().payload["meetings"] == 6
    assert {key.rpartition(":")[2] for key in AchievementRecord.objects.values_list("source_key", flat=True)} == set(
        Seat.objects.values_list("public_id", flat=True)
    )


def test_who_was_let_in_at_the_door_has_the_meeting_also_when_it_is_written_down_later(table):
    person_at(table)
    guest, session = make_person(), table.gathering.sessions.order_by("starts_at").first()
    registered(guest)
    lead = table.gathering.leads.get().person
    with clock.frozen(session.ends_at + HOUR):
        admit(session=session, person=guest, by=lead)
        assert guest in read_sheet(session).expected
    hold(table, present={guest: None})
    assert points(guest) == [Decimal(2)]


def test_minutes_of_before_somebody_had_a_place_belong_to_the_first_one(table):
    person = person_at(table)
    Seat.objects.filter(person=person).update(confirmed_at=table.gathering.ends_at)
    hold(table, present={person: None})
    assert points(person) == [Decimal(2)]


def test_a_correction_changes_points_and_proof(table):
    person = person_at(table)
    for number in range(6):
        hold(table, number=number, present={person: None})
    end(table)
    session = table.gathering.sessions.order_by("starts_at").first()
    asked = ask_correction(
        session=session, row=Row(person, "present", 90), reason="Ging eerder weg.", by=lead_of(table)
    )
    confirm_correction(correction=asked, by=make_with_role(Role.OFFICE))
    assert sum(points(person)) == Decimal("11.50")
    valid = Certificate.objects.valid().get()
    assert (valid.payload["minutes"], Certificate.objects.count()) == (690, 2)
    assert check_chain().bad is None


def lead_of(table):
    return table.gathering.leads.order_by("pk").first().person


def test_a_meeting_with_a_manager_and_a_report_gives_nobody_points(table):
    person = person_at(table)
    manager, report = make_person(), make_person()
    for one in (manager, report):
        registered(one)
        seated(table, person=one)
    held = make_membership(report, starts_on=clock.today())
    hold(table, present={person: None, manager: None, report: None})
    held.manager = manager
    held.save()
    hold(table, number=1, present={person: None, manager: None, report: None})
    hold(table, number=2, present={person: None, manager: None})
    assert reasons_of(person) == ["", "hierarchy", ""]
    assert reasons_of(report) == ["", "hierarchy"]
    held.ends_on = clock.today() + timedelta(days=1)
    held.save()
    hold(table, number=3, present={person: None, manager: None, report: None})
    assert reasons_of(report) == ["", "hierarchy", ""]


def test_whoever_led_the_meeting_counts_as_well(table):
    manager, report = managed_pair()
    person = person_at(table)
    registered(report)
    assign_lead(gathering=table.gathering, person=manager, role="stands_in", by=lead_of(table))
    report.memberships.update(manager=None)
    seated(table, person=report)
    report.memberships.update(manager=manager)
    hold(table, present={person: None, report: None})
    assert reasons_of(person) == ["hierarchy"]


def test_a_stand_in_records_and_closes_like_the_one_she_stands_in_for(table):
    person, stand_in = person_at(table), make_person()
    assign_lead(gathering=table.gathering, person=stand_in, role="stands_in", by=lead_of(table))
    session = hold(table, present={person: None}, by=stand_in)
    assert session.closed_by == stand_in
    assert points(person) == [Decimal(2)]


def test_a_seat_that_was_never_given_has_earned_nothing(table):
    seat = take_seat(person=make_person(), gathering=table.gathering, by=None).seat
    seat.confirmed_at = None
    assert achievements(seat) == ()


def test_closing_costs_the_same_for_the_first_meeting_and_the_third(table, django_assert_max_num_queries):
    people = [person_at(table) for _ in range(3)]
    spent = []
    for number in range(3):
        session = hold(table, number=number, present=dict.fromkeys(people), close=False)
        with clock.frozen(session.ends_at), django_assert_max_num_queries(200) as asked:
            close_session(session=session, by=lead_of(table))
        spent.append(len(asked))
    assert spent[1] == spent[2]

"""A visit from preparing to looking back: who may book, who may know the place, and what it is worth."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.catalogue import coming
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.eligibility import reasons, refusals
from academy.gatherings.domain.places import place_reasons
from academy.gatherings.domain.planning import cancel_gathering, change_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import GatheringState, LeadRole, SeatState
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Gathering, Lead, Seat
from academy.people.enums import Role
from academy.people.models import AuditEntry
from certificates.credits.models import AchievementRecord, CreditEntry
from certificates.models import Certificate
from courses.kijkje.domain.kinds import PreparationKind, VisitKind
from courses.kijkje.domain.preparing import begin_preparation, sign_statement
from courses.kijkje.domain.readiness import readiness_among, readiness_of
from courses.kijkje.domain.visits import plan_visit, write_debrief
from courses.kijkje.models import Debrief, Signature, Visit
from courses.learning.domain.lessons import finish_lesson
from tests.courses.factories import RIGHT, lesson, question
from tests.credits.factories import registered
from tests.factories import make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_venue
from tests.kijkje.factories import make_kijkje, make_visit, prepared, ready, seated, session_plan

pytestmark = pytest.mark.django_db


def refused(person, gathering):
    return [reason.code for reason in refusals(reasons(person=person, gathering=gathering))]


def test_who_did_not_prepare_or_sign_is_refused_with_what_to_do_first():
    page = make_kijkje(title="Kijkje Almere")
    gathering, person = make_visit(page), make_person()
    assert refused(person, gathering) == ["prerequisite", "agreement"]
    with pytest.raises(DomainError, match="voorbereiding bij “Kijkje Almere”") as refusal:
        take_seat(person=person, gathering=gathering, by=person)
    assert [reason.code for reason in refusal.value.reasons] == ["prerequisite", "agreement"]
    assert not Seat.objects.filter(gathering=gathering).exists()
    prepared(page, person)
    assert refused(person, gathering) == ["agreement"]
    sign_statement(page=page, version=1, by=person)
    assert refused(person, gathering) == []
    assert take_seat(person=person, gathering=gathering, by=person).seat.state == SeatState.CONFIRMED


def test_a_kijkje_without_lessons_or_statement_is_booked_at_once():
    page = make_kijkje(lessons=(), statement="")
    person = make_person()
    assert refused(person, make_visit(page)) == []
    with pytest.raises(DomainError, match="Kies meteen een bezoek"):
        begin_preparation(page=page, by=person)
    with pytest.raises(DomainError, match="niets te tekenen"):
        sign_statement(page=page, version=1, by=person)


def test_everybody_prepares_in_one_group_that_stands_in_no_list():
    page = make_kijkje()
    first, second = make_person(), make_person()
    seat = begin_preparation(page=page, by=first)
    assert begin_preparation(page=page, by=first) == seat
    assert begin_preparation(page=page, by=second).gathering == seat.gathering
    assert kind_of(seat.gathering).url(seat.gathering) == f"/aanbod/{page.slug}/"
    assert seat.gathering not in coming(first, clock.now())
    # When the office calls it off, the next one who begins opens another.
    cancel_gathering(gathering=seat.gathering, by=None)
    assert begin_preparation(page=page, by=first).gathering != seat.gathering


def test_the_office_does_not_go_on_a_visit_itself():
    office, page = make_with_role(Role.OFFICE), make_kijkje()
    with pytest.raises(NotAllowedError):
        begin_preparation(page=page, by=office)
    with pytest.raises(NotAllowedError):
        sign_statement(page=page, version=1, by=office)


def test_the_time_of_preparing_is_recorded_without_a_paper():
    page = make_kijkje()
    person = make_person()
    seat = begin_preparation(page=page, by=person)
    finish_lesson(seat=seat, lesson="l1", by=person)
    assert PreparationKind().achievements(seat) == ()
    assert not AchievementRecord.objects.exists()
    finish_lesson(seat=seat, lesson="l2", by=person)
    record = AchievementRecord.objects.get()
    assert (record.minutes, record.payload["certificate"], record.payload["form"]) == (40, None, "kijkje")
    assert not Certificate.objects.exists()


def test_a_test_in_the_preparation_must_be_passed():
    page = make_kijkje(teaching=[lesson("l1", question("v1", ("a", True), ("b", False)))])
    person = prepared(page)
    assert not readiness_of(page, person).is_prepared
    from courses.learning.domain.testing import hand_in  # noqa: PLC0415 -- used once

    seat = Seat.objects.get(person=person)
    hand_in(seat=seat, answers={"v1": RIGHT["v1"]}, number=1, by=person)
    assert readiness_of(page, person).is_prepared


def test_a_lesson_that_is_added_later_is_still_to_do():
    page = make_kijkje()
    person = ready(page)
    page.teaching = [*page.teaching.raw_data, lesson("l3")]
    page.save()
    found = readiness_of(page, person)
    assert (found.lessons_done, found.lessons_total, found.is_prepared, found.is_signed) == (2, 3, False, True)


def test_signing_is_once_a_version_and_keeps_what_was_read():
    page, person = make_kijkje(), make_person()
    first = sign_statement(page=page, version=1, by=person)
    assert sign_statement(page=page, version=1, by=person) == first
    assert AuditEntry.objects.filter(action="statement.sign", subject=person).count() == 1
    page.statement, page.statement_version = "Ik zwijg ook thuis.", 2
    page.save()
    assert not readiness_of(page, person).is_signed
    with pytest.raises(DomainError, match="intussen gewijzigd"):
        sign_statement(page=page, version=1, by=person)
    sign_statement(page=page, version=2, by=person)
    assert list(Signature.objects.values_list("version", "text")) == [
        (1, "Ik zwijg over wie ik zie."),
        (2, "Ik zwijg ook thuis."),
    ]
    assert str(first) == f"{person}: {page} (1)"


def test_a_text_that_was_signed_needs_a_new_version():
    page = make_kijkje()
    sign_statement(page=page, version=1, by=make_person())
    page.statement = "Ik  zwijg over wie\r\nik zie."
    page.full_clean()
    page.statement = "Iets heel anders."
    with pytest.raises(ValidationError, match="hoger nummer"):
        page.full_clean()
    page.statement_version = 2
    page.full_clean()
    fresh = make_kijkje()
    fresh.pk = None
    fresh.minimal_clean()
    fresh.clean()
    assert fresh.form == "visit"
    assert "Ik zwijg" not in page.text


def test_readiness_asks_the_same_of_one_as_of_many(django_assert_num_queries):
    page = make_kijkje()
    people = [ready(page), prepared(page), make_person()]
    keys = [person.pk for person in people]
    with django_assert_num_queries(3):
        one = readiness_among(page, keys[:1])
    with django_assert_num_queries(3):
        found = readiness_among(page, keys)
    assert found[keys[0]] == one[keys[0]]
    assert [(found[key].is_prepared, found[key].is_signed) for key in keys] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_who_leads_sees_beside_each_name_what_is_missing():
    page = make_kijkje()
    bare = make_kijkje(statement="")
    seats = [
        seated(make_visit(page), ready(page)),
        seated(make_visit(page)),
        seated(make_visit(bare), prepared(bare)),
    ]
    found = VisitKind().marks(seats)
    words = [[mark.word for mark in found[seat.pk]] for seat in seats]
    assert words == [["voorbereid", "getekend"], ["nog niet voorbereid", "nog niet getekend"], ["voorbereid"]]


def test_a_closed_place_opens_for_who_is_confirmed_approved_prepared_and_signed(at):
    with at("2027-03-01 09:00"):
        page = make_kijkje()
        gathering = make_visit(page, venue=make_venue(kind="closed"), starts_in=timedelta(days=10))
        person = make_person()
        make_membership(person, approved_at=clock.now())
        seated(gathering, person)
    session = gathering.sessions.get()

    def codes():
        return [reason.code for reason in place_reasons(session, type(person).objects.get(pk=person.pk))]

    with at("2027-03-08 08:59"):
        assert codes() == ["not_now", "prerequisite", "agreement"]
    with at("2027-03-08 09:01"):
        assert codes() == ["prerequisite", "agreement"]
        ready(page, person)
        assert codes() == []
    with at("2027-03-11 13:59"):
        assert codes() == []
    with at("2027-03-11 14:01"):
        assert codes() == ["not_now"]


def test_one_visit_at_a_time_and_the_preparation_stands_beside_it():
    page = make_kijkje()
    person = ready(page)
    take_seat(person=person, gathering=make_visit(page), by=person)
    assert refused(person, make_visit(page, starts_in=timedelta(days=30))) == ["duplicate"]


def close(gathering, host, *rows):
    session = gathering.sessions.get()
    record_attendance(session=session, rows=[Row(*row) for row in rows], by=host, version=None)
    return close_gathering(gathering=gathering, by=host)


def test_closing_gives_proof_without_points():
    host, page = make_person(full_name="Bart Veenstra"), make_kijkje(provider=make_organisation(name="Veilig Thuis"))
    expert, back_up = make_person(full_name="Rosa"), make_person(full_name="Ans Bos")
    gathering = make_visit(page, host=host, starts_in=timedelta(days=-1), expert=expert, back_up=back_up, visitors=4)
    there, half, absent = (seated(gathering) for _ in range(3))
    registered(there.person)
    close(gathering, host, (there.person, "present"), (half.person, "present", 60), (absent.person, "absent"))
    certificate = Certificate.objects.get()
    facts = certificate.record.payload
    assert certificate.record.subject.person == there.person
    assert (facts["provider"], facts["led_by"], facts["minutes"]) == ("Veilig Thuis", ["Bart Veenstra", "Ans Bos"], 180)
    assert facts["certificate"] == "participation"
    assert sum(entry.points_expected for entry in CreditEntry.objects.all()) == 0
    assert AchievementRecord.objects.get(subject__person=half.person).payload["certificate"] is None
    assert not AchievementRecord.objects.filter(subject__person=absent.person).exists()


def test_before_closing_nothing_is_earned():
    gathering = make_visit(starts_in=timedelta(days=-1))
    seat = seated(gathering)
    assert kind_of(gathering).achievements(seat) == ()


def test_planning_opens_a_visit_with_host_stand_in_and_expert():
    host, back_up, expert = make_with_role(Role.HOST), make_person(), make_person()
    page = make_kijkje()
    visit = plan_visit(
        page=page,
        session=session_plan(),
        host=host,
        back_up=back_up,
        expert=expert,
        visitors=3,
        remarks=" ID ",
        by=host,
    )
    assert (visit.visitors, visit.remarks, visit.gathering.capacity) == (3, "ID", 3)
    assert visit.gathering.state == GatheringState.OPEN
    assert kind_of(visit.gathering).url(visit.gathering) == f"/bezoek/{visit.gathering.public_id}/"
    assert str(visit) == page.title
    roles = dict(Lead.objects.filter(gathering=visit.gathering).values_list("person", "role"))
    assert roles == {host.pk: LeadRole.HOSTS, back_up.pk: LeadRole.STANDS_IN, expert.pk: LeadRole.CO_TRAINS}
    # The same again: she cannot be in two places.
    with pytest.raises(DomainError, match="bezet"):
        plan_visit(page=page, session=session_plan(), host=host, by=host)
    assert Visit.objects.count() == 1


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
def test_the_office_plans_for_others(role):
    visit = plan_visit(page=make_kijkje(), session=session_plan(), host=make_person(), by=make_with_role(role))
    assert visit.visitors == 2


@pytest.mark.parametrize("role", [Role.HOST, Role.HR])
def test_others_plan_only_what_they_receive_themselves(role):
    host = make_with_role(Role.HOST)
    with pytest.raises(NotAllowedError):
        plan_visit(page=make_kijkje(), session=session_plan(), host=host, by=make_with_role(role))
    other = make_with_role(Role.HR)
    with pytest.raises(NotAllowedError):
        plan_visit(page=make_kijkje(), session=session_plan(), host=other, by=other)


@pytest.mark.parametrize("visitors", [0, 5])
def test_a_visit_is_for_one_to_four(visitors):
    host = make_person()
    with pytest.raises(DomainError, match="1 tot 4"):
        plan_visit(page=make_kijkje(), session=session_plan(), host=host, visitors=visitors, by=None)
    gathering = make_visit()
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.filter(gathering=gathering).update(visitors=visitors)


def test_nobody_stands_in_for_herself():
    host = make_person()
    with pytest.raises(DomainError, match="iemand anders"):
        plan_visit(page=make_kijkje(), session=session_plan(), host=host, back_up=host, by=None)


def test_more_seats_change_the_visit_and_five_are_refused():
    gathering = make_visit()
    change_gathering(gathering=gathering, by=None, capacity=4)
    assert Visit.objects.get(gathering=gathering).visitors == 4
    for number in (5, None):
        with pytest.raises(DomainError, match="tweede bezoek"), transaction.atomic():
            change_gathering(gathering=gathering, by=None, capacity=number)
    assert Gathering.objects.get(pk=gathering.pk).capacity == 4


def test_looking_back_keeps_the_last_words_and_skips_what_is_empty():
    gathering = make_visit(starts_in=timedelta(days=-1))
    seat = seated(gathering)
    write_debrief(seat=seat, note=" eerst ", answers=["Alles", ""], by=seat.person)
    debrief = write_debrief(seat=seat, note="later", answers=["Veel", "Bellen"], by=seat.person)
    assert Debrief.objects.get() == debrief
    assert debrief.note == "later"
    assert debrief.answers == [
        {"question": "Wat verraste je?", "answer": "Veel"},
        {"question": "Wat ga je anders doen?", "answer": "Bellen"},
    ]
    assert str(debrief) == str(seat.pk)


def test_nobody_looks_back_too_early_on_what_is_off_or_for_somebody_else():
    coming_, off = seated(make_visit()), seated(make_visit(starts_in=timedelta(days=-1)))
    Gathering.objects.filter(pk=off.gathering_id).update(state=GatheringState.CANCELLED)
    for seat in (coming_, off):
        with pytest.raises(DomainError, match="na je bezoek"):
            write_debrief(seat=seat, note="", answers=[], by=seat.person)
    with pytest.raises(NotAllowedError):
        write_debrief(seat=coming_, note="", answers=[], by=make_person())
    assert not Debrief.objects.exists()

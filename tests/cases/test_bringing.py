"""Bringing in, changing, taking back: who may, what is refused, and that only ciphertext is kept."""

from datetime import timedelta

import pytest

from academy.common import clock, workdays
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain import closing
from academy.gatherings.domain.planning import cancel_gathering, cancel_session, change_session
from academy.gatherings.enums import LeadRole, SeatState
from academy.gatherings.models import Attendance, Seat, Session
from academy.outbox.models import Message
from academy.people.enums import Role
from academy.people.models import User
from leertafels.cases import rules, vault
from leertafels.cases.domain.bringing import bring_in, bring_in_again, change, set_case_rules, withdraw
from leertafels.cases.domain.texts import Content, TraceableError, unseal, warnings_in
from leertafels.cases.models import Case, CaseRules
from tests.cases.factories import QUESTION, lead, make_case, make_table, seat
from tests.factories import make_person, make_with_role

pytestmark = pytest.mark.django_db


def code_of(caught):
    return caught.value.code


def test_what_is_brought_in_is_sealed_and_has_its_last_day():
    gathering = make_table(asks_text=True)
    case = make_case(gathering, situation="Kind 1 is stil.", tried="Praten.")
    session = gathering.sessions.get()
    assert case.destroy_at == session.ends_at + timedelta(days=7)
    assert b"Kind" not in bytes(case.sealed)
    assert unseal(case) == Content(QUESTION, "Kind 1 is stil.", "Praten.")
    assert "Kind" not in repr(unseal(case))
    assert str(case) == case.public_id


def test_the_same_text_twice_is_one_case_and_another_text_is_refused():
    gathering = make_table()
    person = seat(gathering)
    first = bring_in(session=gathering.sessions.get(), content=Content(QUESTION), by=person)
    again = bring_in(session=gathering.sessions.get(), content=Content(f" {QUESTION} "), by=person)
    assert (again.case.pk, first.is_new, again.is_new) == (first.case.pk, True, False)
    with pytest.raises(DomainError) as caught:
        bring_in(session=gathering.sessions.get(), content=Content("Iets anders?"), by=person)
    assert code_of(caught) == "already"
    vault.destroy(first.case.public_id)
    with pytest.raises(DomainError):
        bring_in(session=gathering.sessions.get(), content=Content(QUESTION), by=person)


def test_who_has_no_confirmed_place_brings_in_nothing():
    gathering = make_table()
    outsiders = [
        make_person(),
        seat(gathering, approved=False),
        seat(gathering, state=SeatState.WAITLISTED),
        make_person(is_superuser=True),
    ]
    for person in outsiders:
        with pytest.raises(NotAllowedError):
            make_case(gathering, person)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("role", [Role.OFFICE, Role.HR, Role.PRIVACY, Role.ADMIN, Role.EDITOR, Role.PARTNERSHIP])
def test_roles_that_plan_or_look_on_stay_out_also_with_a_seat_or_as_lead(role):
    gathering = make_table()
    seated, leading = make_with_role(role), make_with_role(role)
    seat(gathering, seated)
    lead(gathering, leading)
    for person in (seated, leading):
        with pytest.raises(NotAllowedError):
            make_case(gathering, User.objects.get(pk=person.pk))


def test_a_lead_and_a_stand_in_may():
    gathering = make_table()
    assert make_case(gathering, lead(gathering)).presenter_id
    assert make_case(gathering, lead(gathering, role=LeadRole.STANDS_IN)).presenter_id


def test_a_gathering_without_rules_takes_nothing():
    gathering = make_table()
    person = seat(gathering)
    CaseRules.objects.all().delete()
    with pytest.raises(NotAllowedError):
        make_case(gathering, person)


def test_rules_are_set_once_and_again():
    gathering = make_table()
    agreed = set_case_rules(gathering=gathering, asks_text=True, by=None)
    assert (CaseRules.objects.count(), agreed.asks_text, str(agreed)) == (1, True, gathering.title)


@pytest.mark.parametrize(
    ("parts", "code", "field"),
    [
        ({"learning_question": "  "}, "missing", "learning_question"),
        ({"learning_question": "x" * 301}, "too_long", "learning_question"),
        ({"learning_question": "Hoe?", "situation": "Een gezin."}, "no_text", "situation"),
        ({"learning_question": "Hoe?", "tried": "Praten."}, "no_text", "tried"),
        ({"learning_question": "Bel 06-12345678"}, "traceable", "learning_question"),
    ],
)
def test_a_text_that_is_refused_names_field_and_remedy(parts, code, field):
    gathering = make_table()
    person = seat(gathering)
    with pytest.raises(DomainError) as caught:
        bring_in(session=gathering.sessions.get(), content=Content(**parts), by=person)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert Case.objects.count() == 0
    assert not list(vault.kept())


def test_a_name_and_a_postcode_give_a_reason_each_and_repeat_nothing():
    gathering = make_table(asks_text=True)
    with pytest.raises(TraceableError) as caught:
        make_case(gathering, seat(gathering), situation="Fatima Yilmaz woont in 1312 AB.")
    refused = caught.value
    assert [reason.code for reason in refused.reasons] == ["name", "postcode"]
    assert all("Situatie" in reason.message for reason in refused.reasons)
    assert "Fatima" not in str(refused) + str(refused.reasons)
    assert refused.field == "situation"


def test_a_warning_does_not_stop():
    case = make_case(question="Hoe doen ze dat in Dronten?")
    assert [hit.kind for hit in warnings_in(unseal(case))["learning_question"]] == ["place"]


def test_too_late_once_it_began_is_off_or_the_gathering_is_over():
    gathering = make_table(sessions=2)
    person = seat(gathering)
    first, second = gathering.sessions.order_by("starts_at")
    with clock.frozen(first.starts_at), pytest.raises(DomainError) as caught:
        make_case(gathering, person, session=first)
    assert code_of(caught) == "too_late"
    cancel_session(session=second, by=None)
    with pytest.raises(DomainError) as caught:
        make_case(gathering, person, session=second)
    assert code_of(caught) == "too_late"


def test_change_keeps_the_day_and_the_key():
    case = make_case()
    changed = change(case=case, content=Content("Wat zeg ik tegen vader?"), by=case.presenter)
    assert unseal(changed).learning_question == "Wat zeg ik tegen vader?"
    assert changed.destroy_at == case.destroy_at
    same = change(case=changed, content=Content("Wat zeg ik tegen vader?"), by=case.presenter)
    assert bytes(same.sealed) == bytes(changed.sealed)


def test_change_is_refused_to_others_for_traces_and_when_it_began():
    case = make_case()
    other = lead(case.session.gathering)
    with pytest.raises(NotAllowedError):
        change(case=case, content=Content("Wat nu?"), by=other)
    with pytest.raises(TraceableError):
        change(case=case, content=Content("Mail a@b.nl"), by=case.presenter)
    with clock.frozen(case.session.starts_at), pytest.raises(DomainError) as caught:
        change(case=case, content=Content("Wat nu?"), by=case.presenter)
    assert code_of(caught) == "too_late"
    with clock.frozen(case.destroy_at), pytest.raises(DomainError) as caught:
        change(case=case, content=Content("Wat nu?"), by=case.presenter)
    assert code_of(caught) == "destroyed"


def test_withdrawn_it_is_with_its_presenter_only_and_can_be_laid_down_again():
    case = make_case()
    member = seat(case.session.gathering)
    back = withdraw(case=case, by=case.presenter)
    assert back.is_given_back
    assert not rules.can_know(member, back)
    assert withdraw(case=back, by=case.presenter).state == back.state
    assert change(case=back, content=Content("Beter zo?"), by=case.presenter).is_given_back
    new = bring_in_again(case=back, by=case.presenter)
    assert unseal(new).learning_question == "Beter zo?"
    back.refresh_from_db()
    assert (back.destroyed_because, bytes(back.sealed)) == ("again", b"")
    assert bring_in_again(case=back, by=case.presenter).pk == new.pk
    assert Message.objects.filter(trigger="cases.given_back").count() == 0


def test_the_lead_takes_it_off_the_table_and_the_presenter_hears():
    case = make_case()
    withdraw(case=case, by=lead(case.session.gathering))
    assert Message.objects.get(trigger="cases.given_back").facts["why"] == "withdrawn"


def test_withdrawing_and_laying_down_again_are_refused():
    case = make_case()
    stranger = seat(case.session.gathering)
    with pytest.raises(NotAllowedError):
        withdraw(case=case, by=stranger)
    with pytest.raises(NotAllowedError):
        bring_in_again(case=case, by=stranger)
    with pytest.raises(DomainError) as caught:
        bring_in_again(case=case, by=case.presenter)
    assert code_of(caught) == "on_table"
    withdraw(case=case, by=case.presenter)
    vault.destroy(case.public_id)
    with pytest.raises(DomainError) as caught:
        bring_in_again(case=case, by=case.presenter)
    assert code_of(caught) == "destroyed"
    with clock.frozen(case.session.starts_at + timedelta(hours=1)), pytest.raises(DomainError) as caught:
        bring_in_again(case=case, by=case.presenter)
    assert code_of(caught) == "no_meeting"


def test_a_case_destroyed_by_laying_it_down_again_says_so_when_the_new_one_is_gone_too():
    case = withdraw(case=(made := make_case()), by=made.presenter)
    new = bring_in_again(case=case, by=case.presenter)
    Case.objects.filter(pk=new.pk).delete()
    with pytest.raises(DomainError) as caught:
        bring_in_again(case=case, by=case.presenter)
    assert code_of(caught) == "destroyed"


def test_a_moved_meeting_gives_the_case_back_with_its_day_unchanged():
    case = make_case()
    session = case.session
    later = session.starts_at + timedelta(days=30)
    change_session(session=session, starts_at=later, ends_at=later + timedelta(hours=2), by=None)
    moved = Case.objects.get()
    assert (moved.given_back, moved.destroy_at) == ("moved", case.destroy_at)
    assert not rules.can_know(lead(session.gathering), moved)
    mail = Message.objects.get(trigger="cases.given_back")
    assert (mail.person, mail.facts["why"]) == (case.presenter, "moved")
    new = bring_in_again(case=moved, by=case.presenter)
    assert new.destroy_at == later + timedelta(hours=2, days=7)


def test_another_room_gives_nothing_back():
    case = make_case()
    change_session(session=case.session, online_url="https://voorbeeld.example/zaal", by=None)
    assert not Case.objects.get().is_given_back


def test_a_meeting_that_is_off_gives_the_case_back():
    gathering = make_table(sessions=2)
    case = make_case(gathering)
    cancel_session(session=case.session, by=None)
    assert Case.objects.get().given_back == "cancelled"
    other = make_case()
    cancel_gathering(gathering=other.session.gathering, by=None)
    assert Case.objects.get(pk=other.pk).given_back == "cancelled"


def test_closing_a_meeting_destroys_its_cases_on_both_ways(django_capture_on_commit_callbacks, key_folder):
    per_session, at_once = make_table(), make_table(closes_per_session=False)
    cases = [make_case(per_session), make_case(at_once)]
    facilitator = lead(per_session)
    lead(at_once, facilitator)
    after = per_session.ends_at + timedelta(hours=1)
    with clock.frozen(after), django_capture_on_commit_callbacks(execute=True):
        for gathering in (per_session, at_once):
            session = Session.objects.get(gathering=gathering)
            _all_present(session, facilitator)
        closing.close_session(session=Session.objects.get(gathering=per_session), by=facilitator)
        closing.close_gathering(gathering=at_once, by=facilitator)
    for case in cases:
        case.refresh_from_db()
        assert (case.destroyed_because, bytes(case.sealed)) == ("closed", b"")
    assert list(key_folder.iterdir()) == []


def _all_present(session, by):
    for held in Seat.objects.filter(gathering=session.gathering):
        Attendance.objects.create(
            session=session,
            person=held.person,
            status="present",
            minutes=session.minutes,
            version=1,
            recorded_by=by,
            recorded_at=clock.now(),
        )


def test_opens_five_and_three_working_days_before():
    gathering = make_table()
    session = gathering.sessions.get()
    when = rules.moments(session)
    assert (when.for_leads, when.for_members) == (
        workdays.before(session.starts_at, 5),
        workdays.before(session.starts_at, 3),
    )

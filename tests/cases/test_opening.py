"""Reading, staying out, and what becomes of a text somebody says can be traced."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError, Reason
from academy.gatherings.enums import LeadRole, SeatState
from academy.gatherings.kinds import register_kind
from academy.gatherings.models import Lead, Seat
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS
from academy.people.domain.leaving import leave
from academy.people.enums import Role
from academy.people.models import AuditEntry, Membership, User
from leertafels.cases import rules, vault
from leertafels.cases.domain.breaches import close_breach, note_measures, report_traceable
from leertafels.cases.domain.bringing import change, withdraw
from leertafels.cases.domain.destroying import destroy_now
from leertafels.cases.domain.opening import declare_conflict, open_case, openings_of
from leertafels.cases.domain.texts import Content, TraceableError
from leertafels.cases.enums import Outcome
from leertafels.cases.models import BreachRecord, Case, Conflict
from leertafels.domain.leertafel_kind import LeertafelKind
from tests.cases.factories import QUESTION, lead, make_case, make_table, seat
from tests.factories import make_person, make_with_role

pytestmark = pytest.mark.django_db


def refused(case, by):
    with pytest.raises(NotAllowedError) as caught:
        open_case(case=case, by=User.objects.get(pk=by.pk))
    return caught.value.code


def test_member_lead_stand_in_and_presenter_read_and_it_is_written_down():
    case = make_case()
    gathering = case.session.gathering
    readers = [case.presenter, seat(gathering), lead(gathering), lead(gathering, role=LeadRole.STANDS_IN)]
    assert {open_case(case=case, by=person).learning_question for person in readers} == {QUESTION}
    seen = openings_of(case)
    assert {row.actor for row in seen.rows} == set(readers)
    assert {row.subject for row in seen.rows} == {case.presenter}
    assert seen.people == 4
    assert all(row.data == {} for row in seen.rows)


def test_without_the_line_in_the_log_there_is_no_text(monkeypatch):
    case = make_case()
    monkeypatch.setattr("leertafels.cases.domain.opening.record", lambda **_: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        open_case(case=case, by=case.presenter)


def test_whoever_is_not_at_the_table_may_not_know_of_it():
    case = make_case()
    gathering = case.session.gathering
    others = [
        make_person(),
        make_person(is_superuser=True),
        seat(gathering, approved=False),
        seat(gathering, state=SeatState.OFFERED),
        seat(make_table()),
        *(make_with_role(role) for role in (Role.OFFICE, Role.HR, Role.PRIVACY, Role.ADMIN)),
    ]
    assert {refused(case, person) for person in others} == {"not_yours"}
    assert AuditEntry.objects.filter(action="case.open").count() == 0
    assert Case.objects.visible_to(others[0]).count() == 0


def test_office_that_makes_itself_lead_reads_nothing():
    case = make_case()
    office = make_with_role(Role.OFFICE)
    lead(case.session.gathering, office)
    assert refused(case, office) == "not_yours"


def test_a_place_that_is_gone_or_a_lead_that_ended_closes_it_at_once():
    case = make_case()
    member, leading = seat(case.session.gathering), lead(case.session.gathering)
    Seat.objects.filter(person=member).update(state=SeatState.CANCELLED, end_reason="cancelled")
    Lead.objects.filter(person=leading).update(ends_at=clock.now())
    assert {refused(case, member), refused(case, leading)} == {"not_yours"}


def test_lead_from_five_and_members_from_three_working_days_until_the_end():
    gathering = make_table(starts_in=timedelta(days=30))
    case, member, leading = make_case(gathering), seat(gathering), lead(gathering)
    when = rules.moments(case.session)
    instant = timedelta(seconds=1)
    with clock.frozen(when.for_leads - instant):
        assert refused(case, leading) == "not_yet"
        assert open_case(case=case, by=case.presenter)
    with clock.frozen(when.for_leads):
        assert open_case(case=case, by=leading)
        assert refused(case, member) == "not_yet"
    with clock.frozen(when.for_members):
        assert open_case(case=case, by=member)
    with clock.frozen(when.shuts - instant):
        assert open_case(case=case, by=member)
    with clock.frozen(when.shuts):
        assert refused(case, member) == "over"
        assert open_case(case=case, by=leading)
    with clock.frozen(case.destroy_at):  # also when its destruction is late
        assert {refused(case, person) for person in (member, leading, case.presenter)} == {"destroyed"}


def test_what_the_kind_still_asks_for_keeps_it_shut():
    case = make_case()
    member = seat(case.session.gathering)
    wanted = (Reason("agreement", "Onderteken eerst de afspraken."),)

    class Asking(LeertafelKind):
        def place_reasons(self, _seat):
            return wanted

    register_kind(Asking())
    assert refused(case, member) == "agreement"


def test_presenter_who_left_the_table_takes_the_text_along():
    case = make_case()
    member = seat(case.session.gathering)
    Membership.objects.filter(person=case.presenter).update(approved_at=None)
    assert refused(case, member) == "presenter_gone"
    assert open_case(case=case, by=case.presenter)


def test_a_key_that_is_gone_reads_as_destroyed():
    case = make_case()
    vault.destroy(case.public_id)
    assert refused(case, case.presenter) == "destroyed"


def test_who_knows_the_family_is_locked_out():
    case = make_case()
    member, other = seat(case.session.gathering), seat(case.session.gathering)
    declare_conflict(case=case, by=member)
    declare_conflict(case=case, by=member)
    assert refused(case, member) == "conflict"
    assert open_case(case=case, by=other)
    assert str(Conflict.objects.get()) == f"{member}: {case}"
    for person in (case.presenter, make_person()):
        with pytest.raises(NotAllowedError):
            declare_conflict(case=case, by=person)


def test_traceable_hides_at_once_for_everyone_and_starts_the_clock():
    case = make_case()
    officer = make_with_role(Role.PRIVACY)
    member, leading = seat(case.session.gathering), lead(case.session.gathering)
    open_case(case=case, by=leading)
    open_case(case=case, by=case.presenter)
    breach = report_traceable(case=case, by=member)
    assert {refused(case, person) for person in (case.presenter, member, leading)} == {"hidden"}
    assert breach.deadline - breach.reported_at == timedelta(hours=72)
    assert (breach.had_opened, str(breach)) == (1, breach.public_id)
    assert report_traceable(case=case, by=leading).pk == breach.pk
    assert {mail.person for mail in Message.objects.filter(trigger="cases.breach")} == {officer}
    assert Message.objects.get(trigger="cases.hidden").person == case.presenter


def test_presenter_who_reports_it_herself_gets_no_mail_and_administrators_are_told_without_an_officer():
    case = make_case()
    admin = make_with_role(Role.ADMIN)
    report_traceable(case=case, by=case.presenter)
    assert {(mail.trigger, mail.person) for mail in Message.objects.all()} == {("cases.breach", admin)}


def test_a_stranger_reports_nothing():
    with pytest.raises(NotAllowedError):
        report_traceable(case=make_case(), by=make_person())
    assert BreachRecord.objects.count() == 0


def test_hidden_it_can_be_destroyed_but_not_changed_or_withdrawn_and_another_can_be_brought_in():
    case = make_case()
    report_traceable(case=case, by=case.presenter)
    for act in (
        lambda: change(case=case, content=Content("Zo dan?"), by=case.presenter),
        lambda: withdraw(case=case, by=case.presenter),
    ):
        with pytest.raises(DomainError) as caught:
            act()
        assert caught.value.code == "hidden"
    assert make_case(case.session.gathering, case.presenter, question="Zo dan?").pk != case.pk
    assert destroy_now(case=case, by=case.presenter).is_destroyed


def test_officer_writes_down_judges_and_thereby_destroys():
    case, officer = make_case(), make_with_role(Role.PRIVACY)
    breach = report_traceable(case=case, by=case.presenter)
    assert (
        note_measures(breach=breach, measures=" Gebeld met de inbrenger. ", by=officer).measures
        == "Gebeld met de inbrenger."
    )
    closed = close_breach(breach=breach, measures="Gebeld.", outcome=Outcome.NOT_NOTIFIED, by=officer)
    assert (closed.closed_by, closed.outcome) == (officer, "not_notified")
    case.refresh_from_db()
    assert case.destroyed_because == "reported"
    assert (
        close_breach(breach=breach, measures="Anders.", outcome=Outcome.NOTIFIED, by=officer).outcome == "not_notified"
    )
    with pytest.raises(DomainError) as caught:
        note_measures(breach=breach, measures="Nog iets.", by=officer)
    assert caught.value.code == "closed"


@pytest.mark.parametrize(
    ("measures", "outcome", "code"),
    [
        ("", Outcome.NO_BREACH, "missing"),
        ("Gebeld.", "anders", "outcome"),
        ("x" * 4001, Outcome.NO_BREACH, "too_long"),
        ("Het ging over Fatima Yilmaz.", Outcome.NO_BREACH, "traceable"),
    ],
)
def test_closing_a_breach_is_refused(measures, outcome, code):
    officer = make_with_role(Role.PRIVACY)
    breach = report_traceable(case=(case := make_case()), by=case.presenter)
    with pytest.raises(DomainError) as caught:
        close_breach(breach=breach, measures=measures, outcome=outcome, by=officer)
    assert caught.value.code == code
    assert isinstance(caught.value, TraceableError) == (code == "traceable")


def test_a_breach_whose_case_is_gone_can_be_closed_and_only_by_the_officer():
    breach = report_traceable(case=(case := make_case()), by=case.presenter)
    with pytest.raises(NotAllowedError):
        note_measures(breach=breach, measures="Gebeld.", by=case.presenter)
    Case.objects.all().delete()
    breach.refresh_from_db()
    closed = close_breach(breach=breach, measures="Gebeld.", outcome=Outcome.NO_BREACH, by=make_with_role(Role.PRIVACY))
    assert closed.closed_at is not None


def test_whoever_leaves_leaves_no_text_behind():
    case = make_case()
    leave(person=case.presenter, by=None)
    case.refresh_from_db()
    assert (case.destroyed_because, bytes(case.sealed)) == ("left", b"")


def test_mails_are_dropped_when_there_is_nothing_left_to_do():
    case, officer = make_case(), make_with_role(Role.PRIVACY)
    withdraw(case=case, by=lead(case.session.gathering))
    back = Message.objects.get(trigger="cases.given_back")
    assert MAIL_KINDS["cases.given_back"].still_wanted(back)
    destroy_now(case=case, by=case.presenter)
    assert not MAIL_KINDS["cases.given_back"].still_wanted(back)
    breach = report_traceable(case=(other := make_case()), by=other.presenter)
    mail = Message.objects.get(trigger="cases.breach")
    assert MAIL_KINDS["cases.breach"].still_wanted(mail)
    close_breach(breach=breach, measures="Gebeld.", outcome=Outcome.NO_BREACH, by=officer)
    assert not MAIL_KINDS["cases.breach"].still_wanted(mail)


def test_anonymous_knows_nothing():
    case, nobody = make_case(), AnonymousUser()
    assert not rules.can_know(nobody, case)
    assert not rules.can_see_openings(nobody, case)
    assert not Case.objects.visible_to(nobody).exists()

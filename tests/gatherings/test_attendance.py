from datetime import date, timedelta

import pytest

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.attendance import Row, StaleError, read_sheet, record_attendance, shares_of
from academy.gatherings.domain.closing import close_gathering, close_session
from academy.gatherings.domain.corrections import ask_correction, confirm_correction, reject_correction
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.kinds import register_kind
from academy.gatherings.models import Attendance, Correction, Gathering, Lead, Session
from academy.outbox.models import Message
from academy.outbox.rendering.mail import compose
from academy.people.enums import Role
from academy.people.models import AuditEntry
from certificates.achievement import Achievement, CertificateKind, SessionFacts
from certificates.credits.models import AchievementRecord
from certificates.models import Certificate
from tests.factories import make_person, make_with_role
from tests.gatherings.factories import BareRun, BareTable, make_gathering, people

pytestmark = pytest.mark.django_db


def earned(seat):
    """One achievement per seat with its minutes; a paper from eighty per cent."""
    rows = list(
        Attendance.objects.filter(
            person=seat.person, session__gathering=seat.gathering, session__closed_at__isnull=False
        )
    )
    minutes = sum(row.minutes for row in rows)
    if not minutes:
        return ()
    planned = sum(row.session.minutes for row in rows)
    day = date(2026, 1, 5)
    return (
        Achievement(
            person=seat.person.public_id,
            source_key=f"seat:{seat.public_id}",
            form="training",
            title="x",
            provider="y",
            first_day=day,
            last_day=day,
            completed_on=day,
            minutes=minutes,
            planned_minutes=planned,
            sessions=tuple(SessionFacts(on=day, minutes=row.minutes) for row in rows),
            certificate=CertificateKind.PARTICIPATION if minutes * 100 >= 80 * planned else None,
        ),
    )


class EarningRun(BareRun):
    def achievements(self, seat):
        return earned(seat)


class EarningTable(BareTable):
    def achievements(self, seat):
        return earned(seat)


def ended(number=2, **values):
    """A gathering of one session that ended yesterday, with seats and a lead."""
    gathering = make_gathering(capacity=10, **values)
    register_kind(EarningRun())
    register_kind(EarningTable())
    seated = people(number)
    for person in seated:
        take_seat(person=person, gathering=gathering, by=person)
    past = clock.now() - timedelta(days=1)
    Session.objects.filter(gathering=gathering).update(starts_at=past, ends_at=past + timedelta(hours=2))
    Gathering.objects.filter(pk=gathering.pk).update(starts_at=past, ends_at=past + timedelta(hours=2))
    lead = make_person()
    Lead.objects.create(gathering=gathering, person=lead, role="gives", starts_at=past)
    return Gathering.objects.get(pk=gathering.pk), gathering.sessions.get(), seated, lead


def test_record_attendance_left_out_minutes_mean_the_whole_session():
    _gathering, session, (one, two), lead = ended()
    sheet = record_attendance(session=session, rows=[Row(one, "present"), Row(two, "excused")], by=lead, version=0)
    assert [(row.status, row.minutes) for row in sorted(sheet.rows, key=lambda row: row.pk)] == [
        ("present", 120),
        ("excused", 0),
    ]
    assert sheet.etag == "1"
    assert sheet.missing == ()
    again = record_attendance(session=session, rows=[Row(one, "present", 120)], by=lead, version=1)
    assert again.etag == "1"


def test_stale_rows_are_refused_and_other_rows_merge():
    _gathering, session, (one, two), lead = ended()
    office = make_with_role(Role.OFFICE)
    record_attendance(session=session, rows=[Row(one, "present", 60)], by=lead, version=0)
    merged = record_attendance(session=session, rows=[Row(two, "absent")], by=office, version=0)
    assert merged.etag == "2"
    with pytest.raises(StaleError) as stale:
        record_attendance(session=session, rows=[Row(one, "present", 90)], by=office, version=0)
    assert [(row.person, row.minutes) for row in stale.value.rows] == [(one, 60)]
    record_attendance(session=session, rows=[Row(one, "present", 90)], by=office, version=None)
    assert AuditEntry.objects.filter(action="attendance.overwrite").count() == 1
    assert Attendance.objects.get(person=one).minutes == 90


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("present", 121), "invalid"),
        (("present", 0), "invalid"),
        (("absent", 5), "invalid"),
        (("late", None), "invalid"),
    ],
)
def test_record_attendance_refuses_what_cannot_be(row, code):
    _gathering, session, (one, _two), lead = ended()
    with pytest.raises(DomainError) as refused:
        record_attendance(session=session, rows=[Row(one, *row)], by=lead, version=0)
    assert refused.value.code == code
    assert not Attendance.objects.exists()


def test_record_attendance_refuses_strangers_doubles_and_who_may_not():
    _gathering, session, (one, _two), lead = ended()
    for rows, code in (
        ([Row(make_person(), "present")], "no_seat"),
        ([Row(one, "present"), Row(one, "absent")], "invalid"),
    ):
        with pytest.raises(DomainError) as refused:
            record_attendance(session=session, rows=rows, by=lead, version=0)
        assert refused.value.code == code
    with pytest.raises(NotAllowedError):
        record_attendance(session=session, rows=[], by=one, version=0)


def test_clocks_are_shared_by_the_minutes_present():
    _gathering, session, (one, two), lead = ended(kind="leertafel")
    with pytest.raises(NotAllowedError):
        record_attendance(session=session, rows=[], by=make_with_role(Role.OFFICE), version=0)
    for clocks in ((100, 21), (-1, 20), (100, None)):
        with pytest.raises(DomainError):
            record_attendance(
                session=session, rows=[], by=lead, version=0, intervision_minutes=clocks[0], case_minutes=clocks[1]
            )
    rows = [Row(one, "present"), Row(two, "present", 61)]
    sheet = record_attendance(session=session, rows=rows, by=lead, version=0, intervision_minutes=90, case_minutes=30)
    shares = {row.person: shares_of(row) for row in sheet.rows}
    assert (shares[one].intervision_minutes, shares[one].case_minutes) == (90, 30)
    assert (shares[two].intervision_minutes, shares[two].case_minutes) == (45, 15)
    with pytest.raises(StaleError):
        record_attendance(session=session, rows=[], by=lead, version=0, intervision_minutes=60, case_minutes=30)


def test_without_clocks_nobody_has_a_share():
    _gathering, session, (one, _two), lead = ended(kind="leertafel")
    (row,) = record_attendance(session=session, rows=[Row(one, "present")], by=lead, version=0).rows
    assert (shares_of(row).intervision_minutes, shares_of(row).case_minutes) == (0, 0)


def test_what_is_not_held_has_no_attendance_and_is_not_closed():
    gathering, session, (one, _two), lead = ended(kind="leertafel")
    rows = [Row(one, "present")]
    for changed in ({"state": "draft"}, {"state": "cancelled", "cancelled_at": clock.now()}):
        Gathering.objects.filter(pk=gathering.pk).update(**changed)
        for act, values in ((record_attendance, {"rows": rows, "version": 0}), (close_session, {})):
            with pytest.raises(DomainError) as refused:
                act(session=session, by=lead, **values)
            assert refused.value.code == "not_held"
    Gathering.objects.filter(pk=gathering.pk).update(state="open", cancelled_at=None)
    Session.objects.filter(pk=session.pk).update(cancelled_at=clock.now())
    with pytest.raises(DomainError) as refused:
        close_session(session=session, by=lead)
    assert refused.value.code == "not_held"
    assert not Attendance.objects.exists()
    assert Session.objects.get().closed_at is None


def test_close_session_from_its_end():
    gathering = make_gathering(kind="leertafel")
    lead, session = make_person(), gathering.sessions.get()
    Lead.objects.create(gathering=gathering, person=lead, role="facilitates", starts_at=clock.now())
    with clock.frozen(session.ends_at - timedelta(seconds=1)), pytest.raises(DomainError) as refused:
        close_session(session=session, by=lead)
    assert refused.value.code == "too_early"
    with clock.frozen(session.ends_at):
        assert close_session(session=session, by=lead).closed_by == lead


def test_close_gathering_names_who_is_missing_then_closes_once():
    gathering, session, (one, two), lead = ended()
    record_attendance(session=session, rows=[Row(one, "present")], by=lead, version=0)
    with pytest.raises(DomainError) as refused:
        close_gathering(gathering=gathering, by=lead)
    assert two.full_name in refused.value.message
    assert one.full_name not in refused.value.message
    record_attendance(session=session, rows=[Row(two, "absent")], by=lead, version=1)
    with pytest.raises(NotAllowedError):
        close_gathering(gathering=gathering, by=one)
    assert Gathering.objects.to_close().get() == gathering
    closed = close_gathering(gathering=gathering, by=lead)
    assert close_gathering(gathering=gathering, by=make_with_role(Role.OFFICE)).closed_by == closed.closed_by == lead
    assert AchievementRecord.objects.count() == Certificate.objects.count() == 1
    assert not Gathering.objects.to_close().exists()
    with pytest.raises(DomainError) as refused:
        record_attendance(session=session, rows=[Row(two, "present")], by=lead, version=2)
    assert refused.value.code == "closed"


def test_close_before_the_end_is_too_early():
    gathering = make_gathering()
    lead = make_person()
    Lead.objects.create(gathering=gathering, person=lead, role="gives", starts_at=clock.now())
    with pytest.raises(DomainError) as refused:
        close_gathering(gathering=gathering, by=lead)
    assert refused.value.code == "too_early"
    with pytest.raises(DomainError) as refused:
        close_session(session=gathering.sessions.get(), by=lead)
    assert refused.value.code == "closes_once"
    with pytest.raises(DomainError) as refused:
        record_attendance(session=gathering.sessions.get(), rows=[], by=lead, version=0)
    assert refused.value.code == "too_early"


def test_close_session_closes_once_and_leaves_the_gathering_open():
    gathering, session, (one, two), lead = ended(kind="leertafel")
    record_attendance(session=session, rows=[Row(one, "present"), Row(two, "absent")], by=lead, version=0)
    first = close_session(session=session, by=lead)
    assert close_session(session=session, by=lead).closed_at == first.closed_at
    gathering.refresh_from_db()
    assert gathering.state == "open"
    assert AchievementRecord.objects.count() == 1


def test_correction_needs_a_second_colleague_and_renews_the_record():
    gathering, session, (one, two), lead = ended()
    record_attendance(session=session, rows=[Row(one, "present"), Row(two, "absent")], by=lead, version=0)
    with pytest.raises(DomainError):
        ask_correction(session=session, row=Row(one, "absent"), reason="Vergissing", by=lead)
    close_gathering(gathering=gathering, by=lead)
    hr = make_with_role(Role.HR)
    session.refresh_from_db()
    for row, reason, code in (
        (Row(one, "present"), "Zo", "no_change"),
        (Row(one, "absent"), " ", "invalid"),
        (Row(make_person(), "absent"), "Zo", "no_seat"),
    ):
        with pytest.raises(DomainError) as refused:
            ask_correction(session=session, row=row, reason=reason, by=lead)
        assert refused.value.code == code
    asked = ask_correction(session=session, row=Row(one, "present", 30), reason="Eerder weg", by=lead)
    assert ask_correction(session=session, row=Row(one, "present", 30), reason="Eerder weg", by=lead) == asked
    with pytest.raises(DomainError):
        ask_correction(session=session, row=Row(one, "present", 31), reason="Eerder weg", by=lead)
    for colleague in (lead, one):
        with pytest.raises(NotAllowedError):
            confirm_correction(correction=asked, by=colleague)
    assert Attendance.objects.get(person=one).minutes == 120
    confirm_correction(correction=asked, by=hr)
    assert confirm_correction(correction=asked, by=hr).confirmed_by == hr
    mail = Message.objects.get(trigger="gatherings.corrected")
    assert mail.person == asked.person
    assert "is je aanwezigheid gecorrigeerd" in compose(mail)[1]
    assert Attendance.objects.get(person=one).minutes == 30
    assert AchievementRecord.objects.count() == 2
    assert Certificate.objects.count() == 1
    assert Certificate.objects.get().status != "valid"
    with pytest.raises(DomainError):
        reject_correction(correction=asked, by=hr)


def test_a_correction_is_asked_by_who_leads_and_never_about_oneself():
    gathering, session, (one, two), lead = ended()
    record_attendance(session=session, rows=[Row(one, "present"), Row(two, "absent")], by=lead, version=0)
    close_gathering(gathering=gathering, by=lead)
    hr = make_with_role(Role.HR)
    for person, by in ((one, two), (hr, hr)):
        with pytest.raises(NotAllowedError):
            ask_correction(session=session, row=Row(person, "absent"), reason="Vergissing", by=by)
    assert not Correction.objects.exists()
    asked = ask_correction(session=session, row=Row(one, "absent"), reason="Vergissing", by=hr)
    assert (asked.person, asked.asked_by) == (one, hr)


def test_correction_to_nothing_empties_the_record():
    gathering, session, (one, two), lead = ended()
    record_attendance(session=session, rows=[Row(one, "present"), Row(two, "absent")], by=lead, version=0)
    close_gathering(gathering=gathering, by=lead)
    session.refresh_from_db()
    asked = ask_correction(session=session, row=Row(one, "absent"), reason="Was er niet", by=lead)
    confirm_correction(correction=asked, by=make_with_role(Role.HR))
    assert AchievementRecord.objects.latest_of(AchievementRecord.objects.first().source_key).minutes == 0
    back = ask_correction(session=session, row=Row(one, "present", 60), reason="Toch wel", by=lead)
    office = make_with_role(Role.OFFICE)
    assert reject_correction(correction=back, by=office) == reject_correction(correction=back, by=office)
    assert Correction.objects.waiting().count() == 0
    assert read_sheet(session).rows[0].minutes in {0, 60, 120}

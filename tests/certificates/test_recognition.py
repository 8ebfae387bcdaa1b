import json
import time
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from academy.common.errors import DomainError, NotAllowedError
from academy.outbox.models import Job
from academy.outbox.registry import JOB_KINDS
from academy.people.enums import Role
from academy.people.models import AuditEntry
from certificates import rendering, rules
from certificates.achievement import AccreditationFacts, Achievement, CertificateKind, SessionFacts
from certificates.credits.domain.chain import digest_of, open_ledger, sign
from certificates.credits.models import AchievementRecord, CreditEntry, LedgerHead, Registration, Subject
from certificates.domain.files import read_file, store_rendered_file
from certificates.domain.holders import forget_holder, show_full_name
from certificates.domain.recognition import correct, recognise, recognise_earlier, withdraw
from certificates.domain.verification import check, initials_and_surname, latest_event, verify_ledger
from certificates.models import Certificate, CertificateEvent, CertificateFile, CertificateHolder
from tests.credits.factories import DAY, accredited, registered, sat, trained
from tests.factories import make_person, make_with_role

pytestmark = pytest.mark.django_db


def certified(**values):
    person = values.pop("person", None) or make_person(full_name="Noor van den Berg")
    registered(person, number="123456789")
    return recognise(achievement=trained(person, **values), by=None).certificate


def test_recognise_twice_is_one_certificate():
    person = make_person()
    first = recognise(achievement=trained(person), by=None)
    again = recognise(achievement=trained(person, title="Anders"), by=None)
    assert (first.is_new, again.is_new) == (True, False)
    assert (first.certificate, first.entries) == (again.certificate, again.entries)
    job = Job.objects.get(kind="certificates.render")
    assert job.payload == {"certificate": first.certificate.code}
    assert verify_ledger().bad is None


def test_source_key_of_somebody_else_is_an_error():
    recognise(achievement=trained(make_person()), by=None)
    with pytest.raises(ValueError, match="iemand anders"):
        recognise(achievement=trained(make_person()), by=None)


def test_correction_renews_the_paper_and_keeps_the_old():
    old = certified()
    new = correct(achievement=trained(old.person, title="Andere titel"), reason="Typefout", by=None).certificate
    assert (old.status, new.status) == ("superseded", "valid")
    assert latest_event(old).replaced_by == new
    assert old.code != new.code
    assert latest_event(new) is None
    assert list(Certificate.objects.valid()) == [new]


def test_correction_below_the_norm_withdraws():
    old = certified()
    found = correct(achievement=trained(old.person, minutes=100, certificate=None), reason="Eerder weg", by=None)
    assert (found.certificate, old.status, check(old.code).status) == (None, "withdrawn", "withdrawn")
    assert CreditEntry.objects.of(old.person).totals()["expected"] == 0


def test_withdrawal_needs_two_and_books_back():
    certificate, clerk, second = certified(), make_with_role(Role.HR), make_with_role(Role.ADMIN)
    registration = Registration.objects.get()
    with pytest.raises(NotAllowedError):
        withdraw(certificate=certificate, by=clerk, approved_by=clerk, reason="Onjuist")
    with pytest.raises(DomainError, match="waarom"):
        withdraw(certificate=certificate, by=clerk, approved_by=second, reason=" ")
    for _twice in range(2):
        withdraw(certificate=certificate, by=clerk, approved_by=second, reason="Onjuist")
    assert CertificateEvent.objects.filter(kind="withdrawn").count() == 1
    assert AuditEntry.objects.filter(action="certificate.withdraw").count() == 1
    assert CreditEntry.objects.of(certificate.person).totals()["expected"] == 0
    assert recognise_earlier(registration=registration, by=None) == ()
    correct(achievement=trained(certificate.person, minutes=1), reason="Toch anders", by=None)
    assert certificate.status == "withdrawn"
    assert (rules.can_withdraw(clerk), rules.can_withdraw(second)) == (True, False)
    assert (rules.can_approve_withdrawal(second), rules.can_correct_credits(second)) == (True, False)


def test_recognise_earlier_skips_what_was_withdrawn():
    person = make_person()
    paper = recognise(achievement=trained(person), by=None).certificate
    withdraw(certificate=paper, by=make_person(), approved_by=make_person(), reason="Onjuist")
    assert recognise_earlier(registration=registered(person), by=None) == ()


def test_recognise_earlier_has_no_rules_for_a_closed_chamber():
    person = make_person()
    recognise(achievement=trained(person), by=None)
    assert recognise_earlier(registration=registered(person, "SKJ:JZW"), by=None) == ()


def test_check_shows_no_more_than_the_holder_chose():
    certificate = certified()
    found = check(f" {certificate.printed_code.upper()} ")
    assert (found.status, found.holder, found.title) == ("valid", "N. van den Berg", "Signaleren van geweld")
    assert (found.hours, found.points, found.register) == (6, 6, "Kwaliteitsregister Jeugd (SKJ)")
    assert (found.dates, found.issued_at) == ((DAY,), certificate.issued_at)
    show_full_name(certificate=certificate, shown=True, by=certificate.person)
    assert check(certificate.code).holder == "Noor van den Berg"
    with pytest.raises(NotAllowedError):
        show_full_name(certificate=certificate, shown=True, by=make_person())
    assert check("nietbestaand") is None


def test_check_of_intervision_hides_the_theme():
    person = make_person()
    proof = recognise(achievement=sat(person, certificate=CertificateKind.REFLECTION), by=None).certificate
    found = check(proof.code)
    assert (found.title, found.points, found.register) == ("bewijs van deelname intervisie", None, None)
    assert proof.payload["dates"] == ["2026-03-02"]


@pytest.mark.parametrize("known", [True, False])
def test_check_takes_the_same_queries(known, django_assert_num_queries):
    certificate = certified()
    with django_assert_num_queries(1):
        check(certificate.code if known else "x" * 26)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Noor Maria van den Berg", "N.M. van den Berg"),
        ("Rosa", "R."),
        ("van Dijk", "van Dijk"),
        ("Jan Jansen", "J. Jansen"),
        ("Noor Verhage (fictief)", "N. Verhage"),
        ("Anna Bos (geboren De Wit)", "A. Bos"),
        ("(fictief)", "(."),
    ],
)
def test_initials_and_surname(name, shown):
    assert initials_and_surname(name) == shown


def test_forgetting_somebody_leaves_a_valid_chain():
    certificate = certified()
    person = certificate.person
    assert forget_holder(person=person) == 1
    assert forget_holder(person=person) == 0
    assert verify_ledger().bad is None
    fresh = Certificate.objects.get()
    assert (fresh.person, fresh.holder.numbers, check(fresh.code).holder) == (None, {}, "houder verwijderd")
    rows = [*Certificate.objects.values(), *CreditEntry.objects.values(), *AchievementRecord.objects.values()]
    assert not any("Noor" in str(row) or "123456789" in str(row) or person.public_id in str(row) for row in rows)


def test_names_are_sealed():
    certificate = certified()
    assert certificate.holder.numbers == {"SKJ:JGP": "123456789"}
    holder = CertificateHolder.objects.all()
    holder.update(name="Noor van den Burg")
    assert verify_ledger().bad.problem == "naam of nummer is gewijzigd"
    holder.update(salt="")
    assert verify_ledger().bad.problem == "een naam zonder zegel"
    holder.delete()
    assert verify_ledger().bad.problem == "de houder ontbreekt"


def test_points_cannot_be_given_to_somebody_else():
    certified()
    Subject.objects.update(person=make_person())
    assert "iemand anders" in verify_ledger().bad.problem


def test_file_is_kept_once_and_watched(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    certificate = certified()
    assert read_file(certificate=certificate) is None
    job = JOB_KINDS["certificates.render"]
    monkeypatch.setattr(rendering, "renderer", lambda _certificate: b"%PDF-1")
    default_storage.save(f"certificates/{certificate.code}.pdf", ContentFile(b"half"))
    for _twice in range(2):
        job.run({"certificate": certificate.code}, job.prepare({"certificate": certificate.code}))
    kept = CertificateFile.objects.get()
    assert store_rendered_file(certificate=certificate, content=b"anders") == kept
    assert read_file(certificate=certificate) == b"%PDF-1"
    assert [event.kind for event in certificate.events.all()] == ["rendered"]
    assert verify_ledger().bad is None
    path = tmp_path / kept.storage_name
    path.write_bytes(b"%PDF-2")
    with pytest.raises(ValueError, match="gewijzigd"):
        read_file(certificate=certificate)
    assert verify_ledger().bad.table == "certificates_certificatefile"
    path.unlink()
    assert verify_ledger().bad.table == "certificates_certificatefile"
    assert verify_ledger(with_files=False).bad is None
    path.mkdir()
    assert verify_ledger().bad.table == "certificates_certificatefile"


def test_verify_ledger_command(capsys):
    certified()
    call_command("verify_ledger")
    assert "3 rijen in orde" in capsys.readouterr().out
    CertificateHolder.objects.update(name="Iemand")
    with pytest.raises(CommandError, match="certificates_certificateholder 3") as refused:
        call_command("verify_ledger", "--without-files")
    assert refused.value.returncode == 1


def test_verify_ledger_stops_at_a_broken_chain():
    certified()
    LedgerHead.objects.update(seq=0)
    assert verify_ledger().bad.table == "credits_ledgerhead"


def test_codes_are_long_and_not_derived():
    first, second = certified(), certified(source_key="seat:2")
    assert len(first.code) == 26
    assert first.code != second.code
    assert first.printed_code.replace("-", "") == first.code
    assert Certificate.objects.visible_to(first.person).get() == Certificate.objects.of(first.person).get() == first
    assert not Certificate.objects.visible_to(make_person()).exists()


def test_achievement_survives_json():
    person = make_person()
    for one in (trained(person, test_passed_on=DAY), sat(person)):
        assert Achievement.from_json(person.public_id, json.loads(json.dumps(one.as_json()))) == one


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"source_key": "x" * 121},
        {"last_day": date(2020, 1, 1)},
        {"completed_on": date(2020, 1, 1)},
        {"minutes": -1},
        {"planned_minutes": 60_001},
        {"group_size": 0},
        {"sessions": (SessionFacts(on=DAY, minutes=1),)},
    ],
)
def test_impossible_achievement_is_refused(change):
    with pytest.raises(ValueError, match="vastgelegd"):
        trained(make_person(), **change)


def test_impossible_parts_are_refused():
    for wrong in ({"register": ""}, {"attendance_pct": 101}, {"valid_to": date(2000, 1, 1)}):
        with pytest.raises(ValueError, match="vastgelegd"):
            accredited(**wrong)
    for points in ("-1", "0.001", "NaN"):
        with pytest.raises(ValueError, match="vastgelegd"):
            accredited(points)
    with pytest.raises(ValueError, match="klokken"):
        SessionFacts(on=DAY, minutes=60, intervision_minutes=60, case_minutes=1)
    assert trained(make_person(), planned_minutes=0).attended_pct == 100
    assert isinstance(accredited(), AccreditationFacts)
    assert Decimal(accredited().as_json()["points"]) == 6


@pytest.mark.soak
def test_hundred_thousand_rows_within_five_seconds():
    """Signed rows, as a real academy has them: its key signs each of them and the end of the chain."""
    first = recognise(achievement=trained(make_person()), by=None).record
    facts = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields}
    names = first.hashed_columns()
    with open_ledger() as ledger:
        rows = []
        for number in range(100_000):
            place = {"seq": ledger.head.seq + 1, "previous": ledger.head.hash, "source_key": f"seat:{number + 2}"}
            row = AchievementRecord(**{**facts, **place})
            row.hash = digest_of(row.link(names, (getattr(row, name) for name in names)))
            row.mac = sign(row.hash)
            ledger.head.seq, ledger.head.hash = row.seq, row.hash
            rows.append(row)
        AchievementRecord.objects.bulk_create(rows, batch_size=500)
    started, worked = time.monotonic(), time.process_time()
    checked = verify_ledger()
    taken, worked = time.monotonic() - started, time.process_time() - worked
    print(f"100k rows in {taken:.2f} s ({worked:.2f} s of processor time), signed: {bool(settings.LEDGER_KEY_FILE)}")
    assert checked.bad is None
    assert checked.rows > 100_000
    assert taken <= 5

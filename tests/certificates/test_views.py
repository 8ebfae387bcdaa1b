import re
import statistics
import time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.outbox.models import Message
from academy.outbox.registry import JOB_KINDS
from academy.people.enums import Role
from academy.people.models import AuditEntry
from certificates import rendering
from certificates.achievement import AccreditationFacts, CertificateKind
from certificates.credits.models import CreditEntry
from certificates.domain import verification
from certificates.domain.files import is_valid_now
from certificates.domain.holders import forget_holder
from certificates.domain.recognition import withdraw
from certificates.domain.verification import CertificateCheck, check, verify_ledger
from certificates.domain.withdrawing import approve_withdrawal, ask_withdrawal, question_about
from certificates.enums import WithdrawalReason
from certificates.models import CertificateFile
from certificates.rules import can_download
from certificates.views import TRIES
from tests.certificates.factories import DAY, make_certificate
from tests.factories import make_membership, make_organisation, make_person, make_with_role
from tests.people.door import without_token

pytestmark = pytest.mark.django_db
WRONG = "2" * 26


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.ACADEMY_MFA_REQUIRED = False
    return tmp_path


@pytest.fixture
def drawn(monkeypatch):
    """Files without the press."""
    monkeypatch.setattr(rendering, "renderer", lambda certificate: b"%PDF " + certificate.code.encode())

    def draw(certificate):
        job, payload = JOB_KINDS["certificates.render"], {"certificate": certificate.code}
        job.run(payload, job.prepare(payload))
        return certificate

    return draw


def page_of(certificate, name="certificate"):
    return reverse(name, args=[certificate.code])


def colleague(**values):
    person = make_person(**values)
    make_membership(person, organisation=make_organisation(is_own=True), approved_at=clock.now())
    return person


def test_anybody_with_the_code_sees_initials_and_not_what_is_private(client):
    certificate = make_certificate(make_person(full_name="Noor Maria van den Berg"), led_by=("Marjan de Wit",))
    for code in (certificate.code, certificate.printed_code.upper()):
        answer = client.get(reverse("certificate", args=[code]))
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "N.M. van den Berg" in text
        assert "geldig" in text
        assert "Noor" not in text
        assert "Marjan" not in text
        assert answer["X-Robots-Tag"] == "noindex, noarchive"
        assert '<meta name="robots" content="noindex">' in text
        assert "no-store" in answer["Cache-Control"]


def test_theme_of_a_leertafel_stays_away_from_the_public_page_and_the_mail(client, drawn):
    certificate = drawn(
        make_certificate(title="Onveilig thuis na scheiding", certificate=CertificateKind.REFLECTION, form="leertafel")
    )
    assert "scheiding" not in client.get(page_of(certificate)).content.decode()
    assert "scheiding" not in str(Message.objects.get(trigger="certificates.ready").facts)
    client.force_login(certificate.person)
    assert "Onveilig thuis na scheiding" in client.get(page_of(certificate)).content.decode()


def test_holder_sees_all_that_is_on_the_paper_and_chooses_the_name(client, drawn):
    person = make_person(full_name="Noor van den Berg")
    certificate = drawn(make_certificate(person, led_by=("Marjan de Wit",)))
    client.force_login(person)
    text = client.get(page_of(certificate)).content.decode()
    for words in ("Noor van den Berg", "2 maart 2026", "6 uur", "Marjan de Wit", certificate.printed_code, "Download"):
        assert words in text
    client.post(page_of(certificate, "certificate_name"), {"shown": "1"})
    client.logout()
    assert "Noor van den Berg" in client.get(page_of(certificate)).content.decode()
    client.force_login(person)
    client.post(page_of(certificate, "certificate_name"))
    client.logout()
    assert "Noor" not in client.get(page_of(certificate)).content.decode()
    assert AuditEntry.objects.filter(action="certificate.open").count() == 0


def test_wrong_code_is_one_404_and_ten_tries_a_minute(client, at):
    with at("2026-11-22 10:00"):
        pages = {client.get(reverse("certificate", args=[f"{number:026}"])).content for number in range(TRIES.amount)}
        assert len({re.sub(rb"csrfmiddlewaretoken[^>]*", b"", page) for page in pages}) == 1
        assert client.get(reverse("certificate", args=[WRONG])).status_code == 429
        right = make_certificate()
        assert client.get(page_of(right)).status_code == 429
        assert client.get(page_of(right), REMOTE_ADDR="10.1.2.3").status_code == 200
    with at("2026-11-22 10:02"):
        assert client.get(page_of(right)).status_code == 200


def steps_of(code, monkeypatch):
    """What checking a code asks of the database, without the values, and how often it composes an answer."""
    composed = []
    with CaptureQueriesContext(connection) as asked, monkeypatch.context() as patch:
        patch.setattr(
            verification, "CertificateCheck", lambda **facts: composed.append(set(facts)) or CertificateCheck(**facts)
        )
        check(code)
    return [re.sub(r"'[^']*'", "?", query["sql"]) for query in asked], composed


def test_wrong_code_costs_the_same_steps_as_a_right_one(monkeypatch):
    right, withdrawn, nobodys = (make_certificate(accreditations=(accreditation(),)) for _ in range(3))
    withdraw(certificate=withdrawn, by=make_person(), approved_by=make_person(), reason="fout")
    forget_holder(person=nobodys.person)
    queries, composed = steps_of(right.code, monkeypatch)
    assert (len(queries), len(composed)) == (1, 1)
    for code in (right.printed_code.upper(), withdrawn.code, nobodys.code, WRONG, WRONG[1:], "x", "-_-", "2" * 500):
        assert steps_of(code, monkeypatch) == (queries, composed), code


@pytest.mark.parametrize("name", ["certificate_pdf", "certificate_withdraw"])
def test_who_may_not_have_the_paper_hears_what_she_hears_of_a_code_that_is_none(client, name):
    client.force_login(make_person())
    answers = [client.get(reverse(name, args=[code])) for code in (make_certificate().code, WRONG, "x")]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({without_token(answer) for answer in answers}) == 1


@pytest.mark.soak
def test_wrong_code_takes_as_long_as_a_right_one():
    """In time of this process, turn by turn: the machine has other work."""
    right = make_certificate(accreditations=(accreditation(),)).code
    took = {right: [], WRONG: []}
    for _ in range(3000):
        for code, times in took.items():
            started = time.process_time()
            check(code)
            times.append(time.process_time() - started)
    good, wrong = (statistics.median(times) for times in took.values())
    slower = statistics.mean(one > other for one in took[right][::10] for other in took[WRONG][::10])
    print(f"AUC {slower:.2f}, medians {good * 1000:.3f} and {wrong * 1000:.3f} ms")
    assert abs(good / wrong - 1) < 0.25


def accreditation():
    return AccreditationFacts(
        register="SKJ",
        chamber="JGP",
        accreditor="SKJ",
        external_id="500123",
        points=Decimal("6.00"),
        valid_from=DAY,
        valid_to=DAY,
    )


def test_form_leads_to_the_page(client):
    certificate = make_certificate()
    address = reverse("certificate_verify")
    assert client.get(address).status_code == 200
    answer = client.get(address, {"code": f" {certificate.printed_code.upper()} "})
    assert answer["Location"] == page_of(certificate)
    assert "Vul de code in" in client.get(address, {"code": ""}).content.decode()
    assert "letters en cijfers" in client.get(address, {"code": "--- !"}).content.decode()


def test_pages_cost_the_same_whatever_there_is(client, django_assert_num_queries):
    certificate = make_certificate()
    client.get(page_of(certificate))
    with django_assert_num_queries(5):
        client.get(page_of(certificate))
    make_certificate()
    make_certificate()
    with django_assert_num_queries(5):
        client.get(page_of(certificate))


def test_file_is_for_the_holder_and_hr(client, drawn):
    person = colleague()
    certificate = make_certificate(person)
    address = page_of(certificate, "certificate_pdf")
    client.force_login(person)
    assert client.get(address)["Location"] == page_of(certificate)
    drawn(certificate)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content == b"%PDF " + certificate.code.encode()
    assert answer["Content-Disposition"].startswith("attachment")
    client.force_login(make_person())
    assert client.get(address).status_code == 404
    client.force_login(make_with_role(Role.HR))
    assert client.get(address).status_code == 200
    assert AuditEntry.objects.filter(action="certificate.open", subject=person, target=certificate.code).count() == 1


def test_municipality_contact_has_none_to_download():
    contact = make_with_role(Role.MUNICIPALITY)
    assert not can_download(contact, make_certificate(contact))
    make_membership(contact, organisation=make_organisation(), approved_at=clock.now())
    assert can_download(type(contact).objects.get(pk=contact.pk), make_certificate(contact))


def test_changed_or_lost_file_is_not_given(client, drawn, place):
    certificate = drawn(make_certificate())
    client.force_login(certificate.person)
    path = place / CertificateFile.objects.get().storage_name
    path.write_bytes(b"%PDF anders")
    assert client.get(page_of(certificate, "certificate_pdf")).status_code == 500
    assert verify_ledger().bad is not None
    path.unlink()
    answer = client.get(page_of(certificate, "certificate_pdf"))
    assert answer.status_code == 500
    assert "niet meer wat de academie heeft bewaard" in answer.content.decode()


def test_holder_is_told_once_with_a_link(drawn):
    certificate = drawn(drawn(make_certificate()))
    message = Message.objects.get(trigger="certificates.ready")
    assert message.person == certificate.person
    assert message.facts["link"][0] == page_of(certificate)
    assert is_valid_now(message)
    withdraw(certificate=certificate, by=make_person(), approved_by=make_person(), reason="fout")
    assert not is_valid_now(message)


def test_one_asks_and_another_confirms_to_withdraw(client, at):
    certificate = make_certificate()
    office, hr = make_with_role(Role.OFFICE), make_with_role(Role.HR)
    address = page_of(certificate, "certificate_withdraw")
    client.force_login(office)
    assert "Vraag om intrekken" in client.get(address).content.decode()
    client.post(address, {"reason": "facts"})
    client.post(address, {"reason": "test"})
    assert AuditEntry.objects.filter(action="certificate.withdraw_ask").count() == 1
    assert [message.person for message in Message.objects.filter(trigger="certificates.to_confirm")] == [hr]
    assert client.post(page_of(certificate, "certificate_approve")).status_code == 404
    client.force_login(hr)
    assert "er staan verkeerde gegevens op" in client.get(address).content.decode()
    client.post(page_of(certificate, "certificate_approve"))
    assert certificate.status == "withdrawn"
    event = certificate.events.get()
    assert (event.actor, event.approved_by) == (office.public_id, hr.public_id)
    assert Message.objects.get(trigger="certificates.withdrawn").person == certificate.person
    assert not CreditEntry.objects.filter(reverses__isnull=True, points_expected__gt=0).exists()
    client.logout()
    assert "Het bewijst niets meer" in client.get(page_of(certificate)).content.decode()
    assert question_about(certificate) is None
    client.force_login(hr)
    assert "er staan verkeerde gegevens op" not in client.get(address).content.decode()
    assert approve_withdrawal(certificate=certificate, by=hr) == certificate
    with pytest.raises(DomainError, match="niet meer geldig"):
        ask_withdrawal(certificate=certificate, reason=WithdrawalReason.TEST, by=office)


def test_nobody_is_told_about_the_paper_of_somebody_who_was_erased():
    certificate, office = make_certificate(), make_with_role(Role.OFFICE)
    ask_withdrawal(certificate=certificate, reason=WithdrawalReason.FACTS, by=office)
    forget_holder(person=certificate.person)
    approve_withdrawal(certificate=certificate, by=make_with_role(Role.HR))
    assert certificate.status == "withdrawn"
    assert not Message.objects.filter(trigger="certificates.withdrawn").exists()


def test_withdrawing_refuses_the_wrong_people():
    hr = make_with_role(Role.HR)
    certificate, own = make_certificate(), make_certificate(hr)
    with pytest.raises(NotAllowedError):
        ask_withdrawal(certificate=certificate, reason=WithdrawalReason.TEST, by=make_person())
    with pytest.raises(NotAllowedError):
        ask_withdrawal(certificate=own, reason=WithdrawalReason.TEST, by=hr)
    with pytest.raises(DomainError, match="Er wacht geen vraag"):
        approve_withdrawal(certificate=certificate, by=hr)
    ask_withdrawal(certificate=certificate, reason=WithdrawalReason.TEST, by=hr)
    with pytest.raises(NotAllowedError, match="tweede collega"):
        approve_withdrawal(certificate=certificate, by=hr)
    with pytest.raises(NotAllowedError, match="HR of een beheerder"):
        approve_withdrawal(certificate=certificate, by=make_with_role(Role.OFFICE))
    assert certificate.status == "valid"


def test_question_lapses_after_two_weeks(at):
    with at("2026-11-01 10:00"):
        certificate, office = make_certificate(), make_with_role(Role.OFFICE)
        ask_withdrawal(certificate=certificate, reason=WithdrawalReason.TEST, by=office)
        assert question_about(certificate).by == office
    with at("2026-11-16 10:00"):
        assert question_about(certificate) is None


def test_paper_of_somebody_who_was_erased_stays_valid(client):
    certificate = make_certificate(make_person(full_name="Noor van den Berg"))
    forget_holder(person=certificate.person)
    text = client.get(page_of(certificate)).content.decode()
    assert "houder verwijderd" in text
    assert "Dit bewijs is echt en geldt." in text
    assert "Berg" not in text
    assert verify_ledger().bad is None

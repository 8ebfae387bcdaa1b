from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse

from academy.common import clock
from academy.outbox.domain import health
from academy.outbox.domain.heartbeat import beat
from academy.outbox.domain.jobs import enqueue
from academy.outbox.domain.messages import send_message
from academy.outbox.domain.running import run_due
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.outbox.registry import Attachment, MailKind, register_mail
from academy.people.enums import Role
from academy.people.models import AuditEntry
from tests import factories
from tests.factories import make_person, make_with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def parked():
    job = enqueue(kind="probe.note", key="een", payload={"name": "een"})
    Job.objects.update(state=JobState.PARKED, attempts=5, last_error="De printer is leeg.")
    return job


@pytest.fixture
def sent(settings):
    settings.OUTBOX_STORE_ONLY = True
    facts = {"name": "<script>alert(1)</script>", "when": "morgen", "link": ["/mijn/", "Naar je overzicht"]}
    message = send_message(trigger="probe", subject_key="a", person=make_person(), facts=facts)
    run_due()
    return message


@pytest.fixture
def bounced(sent):
    Message.objects.update(state=MessageState.BOUNCED, error="De mailserver weigert het bericht (550).", sent_at=None)
    return sent


def log_in(client, role=None):
    factories.log_in(client, make_with_role(role) if role else make_person())


def test_live_asks_no_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_says_which_part(client):
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "fail", "parts": {"database": "ok", "outbox": "ok", "worker": "fail"}}
    beat("worker")
    assert client.get("/health/ready").json() == {
        "status": "ok",
        "parts": {"database": "ok", "outbox": "ok", "worker": "ok"},
    }
    enqueue(kind="probe.note", key="oud", payload={}, run_after=clock.now() - timedelta(minutes=10))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]["outbox"]) == (503, "fail")


def test_ready_without_a_database(client, monkeypatch):
    def down(*_):
        raise OperationalError

    monkeypatch.setattr(health, "_outbox", down)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["parts"]) == (503, {"database": "fail"})


def test_staff_on_their_way_to_a_second_factor_see_whether_it_works(client):
    client.force_login(make_with_role(Role.OFFICE))
    assert client.get("/bureau/taken/").status_code == 302
    beat("worker")
    assert client.get("/health/ready").status_code == 200


@pytest.mark.parametrize(("role", "sees"), [(None, False), (Role.HR, False), (Role.OFFICE, True), (Role.ADMIN, True)])
def test_who_sees_details(client, role, sees):
    log_in(client, role)
    assert isinstance(client.get("/health/ready").json()["parts"]["worker"], dict) is sees


@pytest.mark.parametrize(
    ("role", "code"), [(None, 403), (Role.HR, 403), (Role.EDITOR, 403), (Role.OFFICE, 200), (Role.ADMIN, 200)]
)
def test_who_sees_failed_jobs(client, role, code, parked):
    log_in(client, role)
    assert client.get("/bureau/taken/").status_code == code
    answer = client.post(reverse("job_retry", args=[parked.public_id]))
    assert answer.status_code == (302 if code == 200 else 403)
    assert Job.objects.get().state == (JobState.WAITING if code == 200 else JobState.PARKED)


def test_failed_jobs_ask_for_a_log_in(client, parked):
    for answer in (client.get("/bureau/taken/"), client.post(reverse("job_retry", args=[parked.public_id]))):
        assert answer.status_code == 302
        assert "next=" in answer["Location"]
    assert Job.objects.get().state == JobState.PARKED


def test_the_screen_says_what_and_why(client, parked, bounced):
    log_in(client, Role.OFFICE)
    text = client.get("/bureau/taken/").content.decode()
    assert "De printer is leeg." in text
    assert "weigert het bericht (550)" in text
    assert str(bounced.person) in text
    assert reverse("job_retry", args=[parked.public_id]) in text


def test_retry_is_a_post_and_logged(client, parked, bounced):
    log_in(client, Role.OFFICE)
    assert client.get(reverse("job_retry", args=[parked.public_id])).status_code == 405
    for _ in range(2):
        client.post(reverse("job_retry", args=[parked.public_id]))
        client.post(reverse("message_retry", args=[bounced.public_id]))
    assert AuditEntry.objects.filter(action="job.retry").count() == 2
    assert client.post(reverse("job_retry", args=["bestaatniet"])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_screen_asks_the_same_whatever_is_there(client, rows, django_assert_num_queries):
    log_in(client, Role.OFFICE)
    for number in range(rows):
        person = make_person()
        Message.objects.create(trigger="probe", subject_key=str(number), person=person, state=MessageState.BOUNCED)
        Job.objects.create(kind="probe.note", key=str(number), state=JobState.PARKED)
    client.get("/bureau/taken/")
    with django_assert_num_queries(8):
        client.get("/bureau/taken/")


@pytest.mark.urls("tests.demo_urls")
def test_the_mailbox_shows_mails_with_working_links(client, sent):
    assert reverse("demo_mail", args=[sent.public_id]) in client.get("/demo/mail/").content.decode()
    text = client.get(f"/demo/mail/{sent.public_id}/").content.decode()
    assert 'href="http://127.0.0.1:8000/mijn/"' in text
    assert "<script>alert" not in text


@pytest.mark.urls("tests.demo_urls")
def test_the_html_of_a_mail_is_locked_up(client, sent):
    answer = client.get(f"/demo/mail/{sent.public_id}/opgemaakt/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "allow-same-origin" not in policy


def test_there_is_no_mailbox_outside_the_demo(client, sent):
    for path in ("/demo/mail/", f"/demo/mail/{sent.public_id}/", f"/demo/mail/{sent.public_id}/opgemaakt/"):
        assert client.get(path).status_code == 404


@pytest.mark.urls("tests.demo_urls")
@pytest.mark.parametrize("rows", [1, 3])
def test_the_mailbox_asks_the_same_whatever_is_there(client, settings, rows, django_assert_num_queries):
    settings.OUTBOX_STORE_ONLY = True
    for number in range(rows):
        person = make_person()
        Message.objects.create(
            trigger="probe", subject_key=str(number), person=person, state=MessageState.SENT, sent_at=clock.now()
        )
    with django_assert_num_queries(5):
        client.get("/demo/mail/")


@pytest.mark.urls("tests.demo_urls")
def test_the_mailbox_hands_out_what_goes_with_a_mail(client, sent):
    address = f"/demo/mail/{sent.public_id}/bijlage/1/"
    assert client.get(address).status_code == 404
    assert address not in client.get(f"/demo/mail/{sent.public_id}/").content.decode()
    file = Attachment("afspraak.ics", b"BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    register_mail(MailKind("probe", "Tot {when}, {name}", "probe", attachments=lambda _message: [file]))
    assert address in client.get(f"/demo/mail/{sent.public_id}/").content.decode()
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (
        b"BEGIN:VCALENDAR",
        "text/calendar; method=REQUEST; charset=utf-8",
    )
    assert client.get(f"/demo/mail/{sent.public_id}/bijlage/2/").status_code == 404

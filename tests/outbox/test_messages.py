import email.policy
import socket
import time
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core import mail

from academy.common import clock
from academy.outbox import delivery
from academy.outbox.domain.messages import post_waiting, retry_message, send_message
from academy.outbox.domain.running import run_due
from academy.outbox.domain.upkeep import purge_bodies
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.outbox.registry import Attachment, MailKind, register_mail
from academy.people.enums import Role
from tests.factories import make_person, make_with_role

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Noor",
    "when": "morgen",
    "starts_at": "2027-03-01T08:30:00+00:00",
    "link": ["/mijn/", "Naar je overzicht"],
}


def write(person=None, **more):
    person = person or (None if "address" in more else make_person())
    return send_message(**{"trigger": "probe", "subject_key": "seat:abc", "person": person, "facts": FACTS, **more})


def after(message):
    message.refresh_from_db()
    return message


def read(envelope):
    return message_from_bytes(envelope.content, policy=email.policy.default)


def test_one_mail_per_occurrence():
    person = make_person()
    assert write(person) == write(person)
    assert write(person, occurrence="2027-03-01") != write(person)
    run_due()
    run_due()
    assert len(mail.outbox) == 2


def test_text_html_links_and_times(settings):
    settings.PUBLIC_URL = "https://academie.voorbeeld.example"
    message = write(facts={**FACTS, "name": "O'Brien & <Zn>"})
    run_due()
    (sent,) = mail.outbox
    assert "Beste O'Brien & <Zn>, op" in sent.body
    assert "https://academie.voorbeeld.example/mijn/" in sent.body
    assert "09.30" in sent.body
    html, kind = sent.alternatives[0]
    assert kind == "text/html"
    assert "O&#x27;Brien &amp; &lt;Zn&gt;" in html
    assert sent.extra_headers["Message-ID"] == f"<{message.public_id}@academie.voorbeeld.example>"
    assert after(message).state == MessageState.SENT
    assert message.text == sent.body
    assert message.sent_at is not None


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: a@b.example", "x\nBcc: a", "x\u2028Bcc: a", "x\u2029y", "x\x85y", "x\x0by", "x\x00y"]
)
def test_a_subject_stays_one_line(post, evil):
    write(facts={**FACTS, "name": evil})
    run_due()
    (envelope,) = post.mails
    seen = read(envelope)
    assert seen["Bcc"] is None
    assert len(envelope.rcpt_tos) == 1
    assert seen["Subject"].startswith("Tot morgen, x ")


@pytest.mark.parametrize("address", ["a@b.example\r\nBcc: c@d.example", "a@b.example,c@d.example", "geen adres"])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="e-mailadres"):
        write(address=address)


def test_a_mail_that_nobody_registered_is_refused():
    with pytest.raises(ValueError, match="onbekend"):
        write(trigger="onbekend")
    assert not Message.objects.exists()


def test_who_left_gets_no_mail():
    person = make_person()
    message = write(person)
    person.is_active = False
    person.save()
    run_due()
    assert after(message).state == MessageState.DROPPED
    assert mail.outbox == []


def test_asked_just_before_whether_it_is_still_wanted():
    register_mail(MailKind("cancelled", "Tot {when}", "probe", still_wanted=lambda _message: False))
    message = write(trigger="cancelled")
    run_due()
    assert after(message).state == MessageState.DROPPED
    assert mail.outbox == []


def test_in_the_demo_mail_is_only_kept(settings, post):
    settings.OUTBOX_STORE_ONLY = True
    message = write()
    run_due()
    assert after(message).state == MessageState.SENT
    assert message.html
    assert post.mails == []


def test_bodies_are_wiped_after_thirty_days(at):
    with at("2027-03-01 09:00"):
        message = write()
        run_due()
    with at("2027-03-31 08:59"):
        assert purge_bodies() == 0
    with at("2027-03-31 11:00"):
        assert purge_bodies() == 1
        assert purge_bodies() == 0
    after(message)
    assert (message.text, message.html, message.facts, message.state) == ("", "", {}, MessageState.SENT)


def test_a_waiting_message_without_a_job_gets_one():
    message = write()
    Job.objects.all().delete()
    assert post_waiting() == 1
    assert post_waiting() == 0
    run_due()
    assert after(message).state == MessageState.SENT


def test_real_server_takes_it(post):
    message = write()
    run_due()
    (envelope,) = post.mails
    assert read(envelope)["Message-ID"].startswith(f"<{message.public_id}@")
    assert {part.get_content_type() for part in read(envelope).walk()} >= {"text/plain", "text/html"}


@pytest.mark.parametrize("answer", ["451 later", "rcpt 450 greylisted"])
def test_a_passing_refusal_is_tried_again(post, answer):
    message, post.answer = write(), answer
    run_due()
    job = Job.objects.get()
    assert (job.state, after(message).state) == (JobState.WAITING, MessageState.WAITING)
    assert "neemt het bericht nu niet aan" in job.last_error
    post.answer = "250 OK"
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        run_due()
    assert after(message).state == MessageState.SENT
    assert len(post.mails) == 1


@pytest.mark.parametrize("answer", ["550 unknown", "rcpt 550 no such user"])
def test_a_refusal_for_good_is_shown_and_not_tried_again(post, answer):
    message, post.answer = write(), answer
    run_due()
    with clock.frozen(clock.now() + timedelta(days=2)):
        run_due()
    assert after(message).state == MessageState.BOUNCED
    assert "550" in message.error
    assert Job.objects.get().state == JobState.DONE
    post.answer = "250 OK"
    office = make_with_role(Role.OFFICE)
    retry_message(message=message, by=office)
    retry_message(message=message, by=office)
    run_due()
    assert after(message).state == MessageState.SENT
    assert len(post.mails) == 1


def test_a_retry_that_meets_a_server_that_is_down_is_shown_at_once(post):
    message, post.answer = write(), "550 unknown"
    run_due()
    post.answer = "451 later"
    retry_message(message=after(message), by=make_with_role(Role.OFFICE))
    run_due()
    assert (Job.objects.get().state, after(message).state) == (JobState.PARKED, MessageState.WAITING)


def test_a_server_that_is_down_is_asked_for_a_day_and_then_shown(post, monkeypatch):
    post.controller.stop()
    message = write()
    started = moment = clock.now()
    while Job.objects.get().state == JobState.WAITING:
        monkeypatch.setitem(delivery._rest, "until", 0.0)
        with clock.frozen(moment):
            run_due()
        moment = Job.objects.get().run_after
    assert Job.objects.get().state == JobState.PARKED
    assert timedelta(hours=16) < moment - started < timedelta(hours=30)
    assert max(delivery.BACKOFF) <= 24 * 3600
    assert after(message).state == MessageState.WAITING


def test_a_server_that_is_down_does_not_hold_up_other_mail(settings, post):
    """One attempt waits for the server; the others hear at once that it rests."""
    settings.EMAIL_TIMEOUT = 1
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        settings.EMAIL_PORT = silent.getsockname()[1]
        for number in range(20):
            write(occurrence=str(number))
        started = time.monotonic()
        run_due()
        assert time.monotonic() - started < 4
    assert Job.objects.filter(state=JobState.WAITING).count() == 20


def test_a_crash_after_the_server_took_it_doubles_with_the_same_message_id(post):
    message = write()
    delivery.deliver({"message": message.public_id})
    run_due()
    first, second = (read(envelope)["Message-ID"] for envelope in post.mails)
    assert first == second


def test_a_file_is_made_when_the_mail_leaves_and_arrives_whole(post):
    asked = []

    def files(message):
        asked.append(message.public_id)
        return [
            Attachment("afspraak.ics", b"BEGIN:VCALENDAR\r\nSUMMARY:Caf\xc3\xa9\r\n", "text/calendar; method=REQUEST")
        ]

    register_mail(MailKind("probe", "Tot {when}, {name}", "probe", attachments=files))
    message = write()
    assert asked == []
    run_due()
    (envelope,) = post.mails
    (part,) = read(envelope).iter_attachments()
    assert asked == [message.public_id]
    assert (part.get_content_type(), part["Content-Type"].params["method"]) == ("text/calendar", "REQUEST")
    assert part.get_filename() == "afspraak.ics"
    assert part.get_content().splitlines() == ["BEGIN:VCALENDAR", "SUMMARY:Café"]

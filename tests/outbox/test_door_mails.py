"""The mails of the door go through the outbox; what opens an account is kept nowhere."""

import json
from contextlib import suppress
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from academy.common import clock
from academy.outbox import delivery
from academy.outbox.domain.door_mails import forget_strangers, send_door_mail
from academy.outbox.domain.failures import bounced_messages, parked_jobs
from academy.outbox.domain.running import run_due
from academy.outbox.enums import MessageState
from academy.outbox.models import Job, Message
from academy.people.domain.second_factor import ask_reset, confirm_reset
from academy.people.enums import Role
from academy.people.models import User
from tests.factories import PASSWORD, make_person, make_with_role
from tests.people.door import link_in, log_in

pytestmark = pytest.mark.django_db
STRANGER = "vreemd@voorbeeld.example"


def ask_reset_of(address, client=None):
    return (client or Client()).post(reverse("account_reset_password"), {"email": address})


def test_a_reset_waits_in_the_outbox_and_leaves_once():
    person = make_person()
    for _click in range(2):
        ask_reset_of(person.email)
    message = Message.objects.get()
    assert (message.trigger, message.person, message.address) == ("door.password_reset_key", person, person.email)
    assert not mail.outbox
    run_due()
    run_due()
    assert [sent.to for sent in mail.outbox] == [[person.email]]
    assert mail.outbox[0].alternatives[0].mimetype == "text/html"


def test_whoever_asks_again_later_gets_another_mail(at):
    person = make_person()
    for minute in ("09:30", "09:31"):
        with at(f"2027-03-01 {minute}"):
            send_door_mail(name="password_reset_key", address=person.email, person=person, facts={})
    assert Message.objects.count() == 2


@pytest.mark.parametrize("store_only", [False, True])
def test_a_link_that_opens_an_account_is_kept_in_the_demo_only(settings, store_only):
    settings.OUTBOX_STORE_ONLY = store_only
    person = make_person(password="een-oud-wachtwoord-van-jan")
    ask_reset_of(person.email)
    assert "/account/" not in json.dumps(list(Message.objects.values("facts", "text", "html", "subject")))
    run_due()
    message = Message.objects.get()
    assert message.state == MessageState.SENT
    assert message.subject == "Kies een nieuw wachtwoord"
    assert bool(message.text) is bool(message.html) is store_only
    text = message.text if store_only else mail.outbox[0].body
    page = Client().get(link_in(text))
    assert "set-password" in page.url
    assert not any("/account/" in json.dumps(job.payload) + job.key for job in Job.objects.all())


def test_signing_up_keeps_no_key_and_a_confirmed_address_needs_no_mail(client):
    data = {"full_name": "Sanne", "email": "sanne@voorbeeld.example", "password1": PASSWORD}
    client.post(reverse("account_signup"), data)
    message = Message.objects.get()
    assert "confirm-email" not in json.dumps(message.facts)
    EmailAddress.objects.update(verified=True)
    run_due()
    message.refresh_from_db()
    assert (message.state, mail.outbox) == (MessageState.DROPPED, [])


def test_a_closed_account_gets_no_link():
    person = make_person()
    ask_reset_of(person.email)
    User.objects.filter(pk=person.pk).update(is_active=False)
    run_due()
    assert Message.objects.get().state == MessageState.DROPPED


def test_two_changes_right_after_each_other_are_both_told():
    person = make_person()
    for _change in range(2):
        send_door_mail(name="password_changed", address=person.email, person=person, facts={})
    run_due()
    assert [sent.subject for sent in mail.outbox] == ["Je wachtwoord is gewijzigd"] * 2
    assert "Was jij dit niet?" in mail.outbox[0].body


def test_a_mail_server_that_is_away_is_tried_again_and_shown_at_last(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    person = make_person()
    ask_reset_of(person.email)
    moment = clock.now()
    for _attempt in range(len(delivery.BACKOFF) + 1):
        delivery._rest["until"] = 0.0
        with clock.frozen(moment):
            run_due()
        moment += timedelta(days=1)
    assert [failure.what for failure in parked_jobs()] == ["bericht verzenden"]
    assert Message.objects.get().state == MessageState.WAITING


def test_a_refused_address_is_shown_to_the_office(post):
    post.answer = "rcpt 550 onbekend"
    ask_reset_of(STRANGER)
    run_due()
    assert [failure.what for failure in bounced_messages()] == [STRANGER]


@pytest.mark.parametrize("name", ["account_reset_password", "account_signup"])
def test_the_database_does_the_same_for_a_known_and_an_unknown_address(name):
    """What waits for time to tell it apart finds the same number of rows written."""
    make_person(email="bekend@voorbeeld.example")
    written = []
    for address in ("bekend@voorbeeld.example", STRANGER):
        data = {"email": address, "full_name": "Jan", "password1": PASSWORD}
        with CaptureQueriesContext(connection) as found:
            assert Client().post(reverse(name), data).status_code == 302
        written.append([query["sql"].split('"')[1] for query in found if query["sql"].startswith("INSERT")])
    if name == "account_reset_password":
        assert written[0] == written[1]
    else:
        assert {"outbox_message", "outbox_job"} <= set(written[0]) & set(written[1])


def test_addresses_without_an_account_are_forgotten_after_a_month():
    person = make_person()
    ask_reset_of(STRANGER)
    ask_reset_of(person.email)
    run_due()
    ask_reset_of("wacht@voorbeeld.example")
    assert forget_strangers() == 0
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert forget_strangers() == 1
        assert forget_strangers() == 0
    assert set(Message.objects.values_list("address", flat=True)) == {person.email, "wacht@voorbeeld.example"}


def test_a_refused_change_takes_its_mail_back():
    """Written in the transaction of the change: no reset, no mail that tells of one."""
    person, first, second = make_person(), make_with_role(Role.OFFICE), make_with_role(Role.ADMIN)
    reset = ask_reset(person=person, by=first)
    with suppress(RuntimeError), transaction.atomic():
        confirm_reset(reset=reset, by=second)
        raise RuntimeError
    assert not Message.objects.exists()
    confirm_reset(reset=reset, by=second)
    assert Message.objects.get().trigger == "door.second_factor_reset"


def test_the_old_address_hears_of_a_new_one():
    person = make_person(email="oud@voorbeeld.example")
    client = Client()
    log_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": "nieuw@voorbeeld.example"})
    run_due()
    client.post(link_in(mail.outbox[-1].body))
    run_due()
    told = next(sent for sent in mail.outbox if sent.to == ["oud@voorbeeld.example"])
    assert "nieuw@voorbeeld.example in plaats van oud@voorbeeld.example" in told.body

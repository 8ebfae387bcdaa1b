import threading

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from academy.common.errors import DomainError
from academy.outbox.domain.running import run_due
from academy.outbox.models import Message
from academy.people import rules
from academy.people.domain.invitations import invite_admin
from academy.people.domain.joining import create_person
from academy.people.domain.signing_in import redeem_reset, token_generator
from academy.people.enums import Role
from academy.people.models import User
from tests.factories import log_in as enter, make_organisation, make_person, make_with_role
from tests.people.door import last_mail, link_in, log_in, logged_in, mails

pytestmark = pytest.mark.django_db
NEW = "nog-een-lang-wachtwoord"


def follow(link, password, client=None):
    client = client or Client()
    page = client.get(link.removeprefix("http://127.0.0.1:8000"))
    return client.post(page.url, {"password1": password, "password2": password}) if page.status_code == 302 else page


@pytest.mark.django_db(transaction=True)
def test_the_first_administrator(capsys):
    call_command("invite_admin", "Eerste@Voorbeeld.example")
    person = User.objects.get(email="eerste@voorbeeld.example")
    assert not person.has_usable_password()
    assert rules.has_role(person, Role.ADMIN)
    link = capsys.readouterr().out.split()[-1]
    assert follow(link_in(last_mail().body), NEW).status_code == 302
    client = Client()
    log_in(client, person, NEW)
    assert logged_in(client)
    assert "werkt niet meer" in follow(link, "weer-een-ander-woord").content.decode()


def test_an_account_that_is_there_keeps_its_password_until_the_link_is_used():
    person = make_person()
    before = person.password
    invite_admin(email=person.email)
    person, link = invite_admin(email=person.email)
    person.refresh_from_db()
    assert person.password == before
    assert person.role_assignments.count() == 1
    assert link


def test_who_signed_up_with_the_address_of_an_administrator_to_be_does_not_come_in():
    stranger = make_person(email="eerste@voorbeeld.example", confirmed=False)
    person, link = invite_admin(email=stranger.email)
    assert person == stranger
    client = Client()
    log_in(client, stranger)
    assert not logged_in(client)
    assert not EmailAddress.objects.get(user=person).verified
    invite_admin(email=stranger.email)
    assert follow(link, NEW).status_code == 302
    log_in(client, person, NEW)
    assert logged_in(client)
    assert EmailAddress.objects.get(user=person).verified


def test_a_closed_account_becomes_no_administrator():
    person = make_person(is_active=False)
    with pytest.raises(DomainError) as refusal:
        invite_admin(email=person.email)
    assert (refusal.value.code, refusal.value.field) == ("closed", "email")
    assert not person.role_assignments.exists()
    assert mails() == []


def test_a_reset_confirms_no_address_of_somebody_with_two():
    person = make_person(confirmed=False)
    EmailAddress.objects.create(user=person, email="ander@voorbeeld.example", verified=False)
    redeem_reset(user=person, key=token_generator().make_token(person), password=NEW)
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert not EmailAddress.objects.filter(user=person, verified=True).exists()


@pytest.mark.parametrize(
    "email", ["geen adres", "", "mıke@voorbeeld.example", "a\0b@voorbeeld.example", "x" * 300 + "@a.nl"]
)
def test_what_is_no_address_is_refused(email):
    with pytest.raises(CommandError):
        call_command("invite_admin", email)
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", range(10))
def test_of_two_who_hold_the_link_exactly_one_wins(round_number):
    person, _link = invite_admin(email="eerste@voorbeeld.example")
    key = token_generator().make_token(person)
    start, won = threading.Barrier(2), []

    def redeem(password):
        try:
            start.wait()
            redeem_reset(user=person, key=key, password=password)
            won.append(password)
        except DomainError:
            pass
        finally:
            connection.close()

    both = [threading.Thread(target=redeem, args=(f"wachtwoord-nummer-{number}",)) for number in (1, 2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(won) == 1
    assert User.objects.get(pk=person.pk).check_password(won[0])


def choose_password_by_mail(person):
    """What somebody does who got the mail: asks for a link at the page, follows it, logs in."""
    client = Client()
    (invitation,) = [sent for sent in mails() if sent.to == [person.email]]
    address = "http://127.0.0.1:8000" + reverse("account_reset_password")
    assert address in invitation.body
    client.post(address, {"email": person.email})
    assert follow(link_in(last_mail().body), NEW, client).status_code == 302
    client = Client()
    log_in(client, person, NEW)
    assert logged_in(client)


def test_somebody_added_by_hand_is_invited_and_can_set_a_password(client):
    enter(client, make_with_role(Role.OFFICE))
    for _twice in range(2):
        client.post(reverse("add_person"), {"full_name": "Anna", "email": "anna@voorbeeld.example"})
    run_due()
    choose_password_by_mail(User.objects.get(email="anna@voorbeeld.example"))


def test_somebody_from_a_staff_list_is_invited_and_can_set_a_password(tmp_path):
    make_organisation(name="Huis")
    there = make_person(email="bea@voorbeeld.example")
    rows = [f"{name}@voorbeeld.example;{name};Huis;;;;1-3-2026;;" for name in ("anna", "bea")]
    (tmp_path / "lijst.csv").write_text(
        "\n".join(["e-mail;naam;organisatie;team;functie;leidinggevende;sinds;tot;uren", *rows])
    )
    for _twice in range(2):
        call_command("import_people", tmp_path / "lijst.csv")
    run_due()
    assert there.email not in {address for sent in mails() for address in sent.to}
    choose_password_by_mail(User.objects.get(email="anna@voorbeeld.example"))


def test_whose_address_was_checked_already_is_not_invited():
    create_person(email="anna@voorbeeld.example", full_name="Anna", by=None, confirmed=True)
    assert not Message.objects.exists()


def test_whoever_made_an_account_it_has_no_empty_password(tmp_path):
    """An account without a password has an unusable one: nothing typed at the door is equal to it (trust.md A15)."""
    make_organisation(name="Huis")
    User.objects.create_user("kaal@voorbeeld.example", full_name="Kaal")
    User.objects.create_user("leeg@voorbeeld.example", None, full_name="Leeg")
    create_person(email="anna@voorbeeld.example", full_name="Anna", by=None)
    invite_admin(email="beheer@voorbeeld.example")
    lines = [
        "e-mail;naam;organisatie;team;functie;leidinggevende;sinds;tot;uren",
        "bea@voorbeeld.example;bea;Huis;;;;1-3-2026;;",
    ]
    (tmp_path / "lijst.csv").write_text("\n".join(lines))
    call_command("import_people", tmp_path / "lijst.csv")
    people = User.objects.all()
    assert len(people) == 5
    for person in people:
        assert not person.has_usable_password()
        for guess in ("", person.password, " ", "None"):
            assert not person.check_password(guess)
            client = Client()
            log_in(client, person, guess)
            assert not logged_in(client)

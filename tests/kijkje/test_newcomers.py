"""Announcing a newcomer, inviting her on her first day, and what the metrics ask."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.common.identifiers import digest
from academy.gatherings.domain.planning import cancel_gathering
from academy.outbox.delivery import deliver
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS, SWEEPS
from academy.people.domain.roles import assign_role
from academy.people.enums import Role
from academy.people.models import User
from courses.kijkje import rules
from courses.kijkje.domain import announcing, telling
from courses.kijkje.domain.announcing import accept_invitation, announce_newcomer, withdraw_announcement
from courses.kijkje.models import Announcement
from tests.factories import make_organisation, make_person, make_team, make_with_role
from tests.kijkje.factories import make_announcement, make_kijkje, make_visit, prepared, ready, seated
from tests.kijkje.test_visits import close

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team(name="Team Waterwijk")


@pytest.fixture
def boss(team, at):
    """Since a day before every date in this file."""
    with at("2026-01-01 09:00"):
        return make_with_role(Role.TEAM_MANAGER, team=team)


def announce(team, by=None, **values):
    facts = {"name": "Fatma Yildiz", "email": "fatma@wijkteam.example", "starts_on": clock.today(), **values}
    return announce_newcomer(team=team, by=by, **facts)


def mails(trigger):
    return Message.objects.filter(trigger=trigger)


def test_twice_is_one_row_and_a_sentence_that_says_since_when(team, boss, at):
    with at("2027-03-01 09:00"):
        first = announce(team, boss, starts_on=date(2027, 3, 15))
        assert first.words == "Fatma Yildiz is aangekondigd en krijgt op ma 15 maart 2027 een uitnodiging."
    with at("2027-03-04 09:00"):
        again = announce(team, boss, email=" Fatma@Wijkteam.example", name="F. Yildiz", starts_on=date(2027, 4, 1))
    assert (first.is_new, again.is_new, again.announcement) == (True, False, first.announcement)
    assert again.words == (
        "Fatma Yildiz is al aangekondigd bij Team Waterwijk, op ma 1 maart 2027, met als eerste werkdag ma 15 maart 2027."
    )
    row = Announcement.objects.get()
    assert (row.starts_on, str(row), row.look_before) == (date(2027, 3, 15), "Fatma Yildiz", date(2027, 6, 13))


def test_the_database_keeps_one_row_a_team_in_small_letters(team):
    make_announcement(team=team, email="a@b.example")
    make_announcement(email="a@b.example")
    for email in ("a@b.example", "A@b.example"):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_announcement(team=team, email=email)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("name", {"name": "  "}),
        ("name", {"name": "<b>Jan</b>"}),
        ("name", {"name": "J" * 151}),
        ("email", {"email": "geen adres"}),
        ("email", {"email": "jan@bücher.example"}),
        ("starts_on", {"starts_on": date(2020, 1, 1)}),
        ("starts_on", {"starts_on": date(2031, 1, 1)}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(team, field, values, at):
    with at("2027-03-01 09:00"), pytest.raises(DomainError) as refusal:
        announce(team, **values)
    assert refusal.value.field == field
    assert not Announcement.objects.exists()
    assert not Message.objects.exists()


def test_a_team_that_ends_before_she_begins_is_refused():
    gone = make_team(active_to=clock.today() + timedelta(days=5))
    with pytest.raises(DomainError, match="Kies een ander team"):
        announce(gone, starts_on=clock.today() + timedelta(days=10))


def test_only_who_looks_after_the_team_announces(team, boss):
    coordinator = make_with_role(Role.COORDINATOR, organisation=team.organisation)
    for number, person in enumerate((boss, coordinator, make_with_role(Role.OFFICE))):
        assert announce(team, person, email=f"{number}@wijkteam.example").is_new
    for stranger in (make_with_role(Role.TEAM_MANAGER), make_with_role(Role.COORDINATOR), make_with_role(Role.HR)):
        with pytest.raises(NotAllowedError):
            announce(team, stranger)


def test_she_is_invited_on_her_first_day_by_a_link_that_only_she_has(team, at):
    with at("2027-03-01 09:00"):
        host = make_with_role(Role.HOST)
        row = announce(team, starts_on=date(2027, 3, 3)).announcement
        assert announcing.invite_due() == 0
        told = mails("kijkje.announced").get()
        assert (told.person, told.facts["team"]) == (host, "Team Waterwijk")
        assert "Fatma" not in str(told.facts)
    with at("2027-03-03 00:01"):
        assert announcing.invite_due() == 1
        assert announcing.invite_due() == 0
        assert not announcing._invite_once(row.pk)
    mail = mails("kijkje.invited").get()
    assert (mail.address, mail.person) == ("fatma@wijkteam.example", None)
    token = mail.facts["link"][0].split("/")[-2]
    row.refresh_from_db()
    assert row.digest == digest(token)
    outcome = deliver({"message": mail.public_id})
    assert outcome.subject == "Welkom! Neem een Kijkje in de Keuken"
    assert f"/uitnodiging/{token}/" in outcome.text
    assert "omdat je team je heeft aangekondigd" in outcome.html


def test_who_has_an_account_gets_no_link_with_a_secret(team):
    person = make_person(email="fatma@wijkteam.example")
    row = announce(team).announcement
    assert (row.person, row.digest) == (person, "")
    assert (
        announce(team, email="nieuw@wijkteam.example").words
        == "Fatma Yildiz is aangekondigd en krijgt nu een uitnodiging."
    )
    mail = mails("kijkje.invited").get(person=person)
    assert mail.facts["link"][0] == "/kijkje-in-de-keuken/"


def test_an_unconfirmed_address_is_nobody_yet(team):
    person = make_person(email="fatma@wijkteam.example", confirmed=False)
    row = announce(team).announcement
    assert row.person is None
    assert announcing.find_accounts() == 0
    person.emailaddress_set.update(verified=True)
    assert announcing.find_accounts() == 1
    assert announcing.find_accounts() == 0
    row.refresh_from_db()
    assert row.person == person


def test_the_invitation_is_for_one_person():
    row = make_announcement(digest=digest("geheim"))
    person, other = make_person(), make_person()
    assert accept_invitation(token="geheim", by=person) == row
    assert accept_invitation(token="geheim", by=person).person == person
    for token, by in (("geheim", other), ("anders", person), ("", person)):
        with pytest.raises(NotAllowedError):
            accept_invitation(token=token, by=by)
    row.refresh_from_db()
    assert row.person == person


def test_withdrawing_takes_away_row_link_and_mail(team, boss):
    row = announce(team, boss).announcement
    mail = mails("kijkje.invited").get()
    with pytest.raises(NotAllowedError):
        withdraw_announcement(announcement=row, by=make_with_role(Role.TEAM_MANAGER))
    assert Announcement.objects.exists()
    withdraw_announcement(announcement=row, by=boss)
    withdraw_announcement(announcement=row, by=boss)
    assert not Announcement.objects.exists()
    assert not MAIL_KINDS["kijkje.invited"].still_wanted(mail)


def test_who_announced_may_withdraw_after_leaving_the_team(team):
    person = make_person()
    row = make_announcement(team=team, announced_by=person)
    withdraw_announcement(announcement=row, by=person)
    assert not Announcement.objects.exists()


def test_who_booked_meanwhile_is_not_invited_any_more(team):
    person = make_person()
    row = announce(team).announcement
    mail = mails("kijkje.invited").get()
    assert MAIL_KINDS["kijkje.invited"].still_wanted(mail)
    Announcement.objects.filter(pk=row.pk).update(person=person)
    seated(make_visit(), person)
    assert not MAIL_KINDS["kijkje.invited"].still_wanted(mail)


def test_people_see_the_newcomers_of_what_they_look_after(team, boss):
    mine = make_announcement(team=team)
    elsewhere = make_announcement()
    announced = make_announcement(announced_by=boss)
    coordinator = make_with_role(Role.COORDINATOR, organisation=team.organisation)
    both = make_with_role(Role.COORDINATOR, organisation=make_organisation())
    assign_role(person=both, role=Role.TEAM_MANAGER, by=None, team=team)

    def seen(person):
        return set(Announcement.objects.visible_to(person))

    assert seen(boss) == {mine, announced}
    assert seen(coordinator) == {mine}
    assert seen(User.objects.get(pk=both.pk)) == {mine}
    assert seen(make_with_role(Role.OFFICE)) == {mine, elsewhere, announced}
    former = make_person()
    Announcement.objects.filter(pk=mine.pk).update(announced_by=former)
    assert seen(former) == seen(make_person(is_active=False)) == seen(AnonymousUser()) == set()


def test_the_metric_counts_starters_of_local_teams_and_who_looked_in_time(at):
    local, own = make_team(), make_team(kind="internal")
    host, people = make_person(), [make_person() for _ in range(3)]
    with at("2027-06-01 09:00"):
        on_time = make_announcement(team=local, person=people[0], starts_on=date(2027, 3, 3))
        late = make_announcement(team=local, person=people[1], starts_on=date(2027, 3, 1))
        never = make_announcement(team=local, person=people[2], starts_on=date(2027, 3, 2))
        make_announcement(team=own, starts_on=date(2027, 3, 2))
        gathering = make_visit(host=host, starts_in=timedelta(hours=-20))
        for person in people[:2]:
            seated(gathering, person)
        close(gathering, host, *((person, "present") for person in people[:2]))
        rows = Announcement.objects.all()
        period = (date(2027, 5, 30), date(2027, 6, 30))
        assert set(rows.starters_due(*period)) == {on_time, late, never}
        assert set(rows.starters_due(date(2027, 6, 1), date(2027, 6, 30))) == {on_time}
        assert set(rows.looked_in_time()) == {on_time}
        found = rows.with_looks().get(pk=late.pk)
        assert (found.looked_on, found.visit_at) == (date(2027, 5, 31), gathering.starts_at)
        assert set(rows.without_look().filter(team=local)) == {never}
        assert set(rows.without_look(date(2027, 5, 30)).filter(team=local)) == set()


def test_two_days_before_who_did_not_prepare_hears_it_once():
    page = make_kijkje()
    near, far = make_visit(page, starts_in=timedelta(hours=47)), make_visit(page, starts_in=timedelta(days=3))
    late, done, later = seated(near), seated(near, ready(page)), seated(far)
    assert telling.remind_to_prepare() == 1
    assert telling.remind_to_prepare() == 0
    mail = mails("kijkje.prepare").get()
    assert mail.person == late.person
    assert deliver({"message": mail.public_id}).subject == f"Nog even voorbereiden: {near.title}"
    assert {done.person, later.person}.isdisjoint({mail.person})
    wanted = MAIL_KINDS["kijkje.prepare"].still_wanted
    assert wanted(mail)
    prepared(page, late.person)
    assert not wanted(mail)


def test_a_new_text_to_sign_is_told_once_a_version():
    page = make_kijkje()
    signed, bare = seated(make_visit(page), ready(page)), make_kijkje(statement="")
    seated(make_visit(bare, starts_in=timedelta(days=25)))
    assert telling.remind_to_sign() == 0
    page.statement, page.statement_version = "Een nieuwe tekst.", 2
    page.save()
    assert (telling.remind_to_sign(), telling.remind_to_sign()) == (1, 0)
    mail = mails("kijkje.sign").get()
    assert (mail.person, mail.facts["link"][0]) == (
        signed.person,
        f"/kijkje-in-de-keuken/{page.slug}/verklaring/",
    )
    assert "Lees en onderteken" in deliver({"message": mail.public_id}).text
    assert MAIL_KINDS["kijkje.sign"].still_wanted(mail)
    cancel_gathering(gathering=signed.gathering, by=None)
    assert not MAIL_KINDS["kijkje.sign"].still_wanted(mail)


def test_no_mail_of_a_visit_names_a_closed_place():
    from tests.gatherings.factories import make_venue  # noqa: PLC0415 -- used once

    venue = make_venue(kind="closed", name="Oranje Huis", address="Geheimekade 3")
    gathering = make_visit(starts_in=timedelta(hours=30), venue=venue)
    seated(gathering)
    assert (telling.remind_to_prepare(), telling.remind_to_sign()) == (1, 1)
    for mail in Message.objects.filter(trigger__startswith="kijkje."):
        outcome = deliver({"message": mail.public_id})
        assert "Geheimekade" not in outcome.text + outcome.html + str(mail.facts)
        assert "72 uur" in outcome.text


def test_the_sweeps_are_registered():
    for name in ("accounts", "invitations", "prepare", "sign"):
        assert SWEEPS[f"kijkje.{name}"].run() == 0


def test_who_reads_and_plans_visits():
    assert rules.can_read_visits(make_person())
    for refused in (AnonymousUser(), make_person(is_active=False), make_with_role(Role.MUNICIPALITY)):
        assert not rules.can_read_visits(refused)
    assert not rules.can_plan_visits(AnonymousUser())
    assert rules.can_plan_visits(make_with_role(Role.FACILITATOR))
    assert not rules.can_announce(make_person())

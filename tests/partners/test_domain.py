"""Contacts, agreements, contactmomenten, requests and fixed contacts: what may be, what may not, and what it is told."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS
from academy.outbox.rendering.mail import compose
from academy.partners.domain import agreements, contacts, counting, outreach, requests
from academy.partners.models import Agreement, Contact, CountedOffering, InformationRequest, Outreach, TeamContact
from academy.people.domain.organisations import merge_organisation
from academy.people.domain.places import merge_municipality
from academy.people.domain.roles import end_role
from academy.people.enums import Role
from academy.people.models import AuditEntry
from tests.factories import make_municipality, make_organisation, make_person, make_team, make_with_role
from tests.gatherings.factories import make_offering
from tests.partners.factories import (
    make_agreement,
    make_contact,
    make_local_team,
    make_outreach,
    make_request,
    make_step,
    request_facts,
)

pytestmark = pytest.mark.django_db
FACTS = {"name": "Wim", "function": "beleidsadviseur", "level": "tactical", "email": "wim@x.example", "phone": ""}


@pytest.fixture
def els():
    return make_with_role(Role.PARTNERSHIP)


@pytest.fixture
def place():
    return make_municipality(name="Almere")


def merged_away():
    old, new = make_municipality(name="Beemster"), make_municipality(name="Purmerend")
    merge_municipality(municipality=old, into=new, on=clock.today(), by=None)
    old.refresh_from_db()
    return old, new


def refused(code, function, /, **facts):
    """The refusal, after which nothing was written."""
    before = AuditEntry.objects.count()
    with pytest.raises(DomainError) as caught:
        function(**facts)
    assert caught.value.code == code
    assert AuditEntry.objects.count() == before
    return caught.value


# --- contacts -------------------------------------------------------------------------------------
def test_a_contact_is_added_once_changed_and_forgotten(place, els):
    contact = contacts.add_contact(partner=place, by=els, **FACTS)
    again = contacts.add_contact(partner=place, by=els, **{**FACTS, "phone": "036 1"})
    assert (again.pk, again.phone, str(again)) == (contact.pk, "036 1", "Wim")
    written = AuditEntry.objects.count()
    contacts.change_contact(contact=contact, by=els, phone="036 1")
    assert AuditEntry.objects.count() == written
    step = make_outreach(place, contact=contact)
    contacts.remove_contact(contact=contact, by=els)
    contacts.remove_contact(contact=contact, by=els)
    step.refresh_from_db()
    assert (step.contact, Contact.objects.count()) == (None, 0)
    assert AuditEntry.objects.count() == written + 1


def test_a_contact_of_what_merged_away_belongs_at_its_successor(els):
    old, _new = merged_away()
    assert "Purmerend" in refused("ended", contacts.add_contact, partner=old, by=els, **FACTS).message


def test_bad_facts_of_a_contact_are_refused(place, els):
    assert refused("invalid", contacts.add_contact, partner=place, by=els, **{**FACTS, "email": "nee"}).field == "email"
    with pytest.raises(ValueError, match="state"):
        contacts.change_contact(contact=make_contact(place), by=els, state="x")


def test_a_row_is_about_exactly_one_partner(place):
    for facts in ({}, {"municipality": place, "organisation": make_organisation()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contact.objects.create(name="Niemand", function="x", **facts)


def test_history_follows_a_merger(els):
    old, new = make_municipality(), make_municipality()
    contact, other = make_contact(old), make_contact()
    merge_municipality(municipality=old, into=new, on=clock.today(), by=None)
    assert list(Contact.objects.of(new)) == [contact]
    assert other not in Contact.objects.of(new)
    organisation, into = make_organisation(), make_organisation()
    known = make_contact(organisation=organisation)
    merge_organisation(organisation=organisation, into=into, on=clock.today(), by=None)
    assert list(Contact.objects.of(into)) == [known]


# --- fixed contact of a team ----------------------------------------------------------------------
def set_sanne(team, els, **facts):
    facts = {"display_name": "Sanne", "work_phone": "06 12-34", **facts}
    return contacts.set_team_contact(team=team, by=els, **facts)


def test_a_team_has_one_fixed_contact_at_a_time(els):
    team = make_local_team()
    first = set_sanne(team, els, on=clock.today() - timedelta(days=9))
    assert set_sanne(team, els) == first
    second = set_sanne(team, els, display_name="Ruben")
    first.refresh_from_db()
    assert first.ends_on == second.starts_on == clock.today()
    assert (list(TeamContact.objects.current()), second.dial, "Ruben" in str(second)) == ([second], "061234", True)
    contacts.end_team_contact(team=team, by=els)
    contacts.end_team_contact(team=team, by=els)
    assert not TeamContact.objects.current().exists()
    facts = {"team": team, "display_name": "x", "work_phone": "1", "starts_on": clock.today()}
    TeamContact.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        TeamContact.objects.create(**facts)


def test_a_fixed_contact_begins_on_a_day_that_makes_sense(els):
    team = make_local_team()
    set_sanne(team, els)
    refused("future", set_sanne, team=team, els=els, on=clock.today() + timedelta(days=1))
    yesterday = clock.today() - timedelta(days=1)
    refused("dates", set_sanne, team=team, els=els, display_name="Ruben", on=yesterday)
    refused("ended", set_sanne, team=make_team(active_to=date(2024, 1, 1)), els=els)


# --- agreements -----------------------------------------------------------------------------------
def test_an_agreement_runs_until_it_is_ended(place, els):
    team, facts = make_local_team(place), {"kind": "onboarding", "starts_on": date(2026, 1, 1), "by": els}
    agreement = agreements.agree(partner=place, team=team, **facts)
    assert agreements.agree(partner=place, team=team, **facts) == agreement
    assert str(agreement) == f"Kijkje in het inwerkprogramma: {team}"
    assert list(Agreement.objects.of(place).current()) == [agreement]
    ended = agreements.end_agreement(agreement=agreement, on=clock.today(), by=els)
    assert agreements.end_agreement(agreement=agreement, on=date(2030, 1, 1), by=els).ends_on == ended.ends_on
    assert not Agreement.objects.of(place).current().exists()
    refused("invalid", agreements.end_agreement, agreement=make_agreement(place), on=date(2020, 1, 1), by=els)


def test_an_agreement_is_with_a_team_of_that_partner(place, els):
    organisation = make_organisation()
    facts = {"kind": "tables", "starts_on": clock.today(), "by": els}
    own = make_local_team(make_municipality(), organisation=organisation)
    assert agreements.agree(partner=organisation, team=own, **facts).partner == organisation
    assert refused("team", agreements.agree, partner=place, team=own, **facts).field == "team"
    refused("team", agreements.agree, partner=make_organisation(), team=own, **facts)
    refused("invalid", agreements.agree, partner=place, **{**facts, "kind": "other"})
    old, _new = merged_away()
    refused("ended", agreements.agree, partner=old, **facts)


# --- contactmomenten ------------------------------------------------------------------------------
def call(place, els, **facts):
    return outreach.record_outreach(**{"partner": place, "kind": "call", "held_on": clock.today(), "by": els, **facts})


def test_a_step_waits_until_it_is_done(place, els):
    due = clock.today() + timedelta(days=3)
    first = call(place, els, next_step="Bel terug", due_on=due)
    assert call(place, els, next_step="Bel terug", due_on=due) == first
    assert list(Outreach.objects.due_this_week()) == [first]
    assert str(first) == "gebeld: Almere"
    second = call(place, els, outcome="Gesproken", finishes=first)
    first.refresh_from_db()
    assert first.done_at
    assert (first.has_open_step, second.has_open_step) == (False, False)
    written = AuditEntry.objects.count()
    assert outreach.finish_step(outreach=first, by=els).done_at == first.done_at
    assert outreach.finish_step(outreach=second, by=els).done_at is None
    assert AuditEntry.objects.count() == written
    assert not Outreach.objects.with_open_step().exists()


def test_a_contactmoment_that_cannot_be_is_refused(place, els):
    tomorrow, yesterday = (clock.today() + timedelta(days=days) for days in (1, -1))
    assert refused("future", call, place=place, els=els, held_on=tomorrow).field == "held_on"
    assert refused("dates", call, place=place, els=els, next_step="x", due_on=yesterday).field == "due_on"
    assert refused("contact", call, place=place, els=els, contact=make_contact()).field == "contact"
    refused("invalid", call, place=place, els=els, due_on=tomorrow)
    old, _new = merged_away()
    refused("ended", call, place=old, els=els)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_outreach(place, done_at=clock.now())


def test_a_step_can_be_put_off(place, els):
    step = make_step(place, due_in=-4)
    assert list(Outreach.objects.overdue()) == [step]
    later = clock.today() + timedelta(days=9)
    assert outreach.postpone_step(outreach=step, due_on=later, by=els).due_on == later
    written = AuditEntry.objects.count()
    outreach.postpone_step(outreach=step, due_on=later, by=els)
    assert AuditEntry.objects.count() == written
    refused("past", outreach.postpone_step, outreach=step, due_on=date(2024, 1, 1), by=els)
    outreach.finish_step(outreach=step, by=els)
    refused("done", outreach.postpone_step, outreach=step, due_on=later, by=els)


def test_an_overdue_step_is_mailed_once_to_its_owner(place, els):
    other = make_with_role(Role.PARTNERSHIP)
    assert outreach.remind_overdue() == 0
    step = make_step(place, due_in=-1, owner=els)
    make_step(place, due_in=0, owner=els)
    assert (outreach.remind_overdue(), outreach.remind_overdue()) == (1, 0)
    message = Message.objects.get(trigger="partners.overdue")
    assert message.person == els
    subject, text, html = compose(message)
    assert "Almere" in subject
    assert "/partners/deze-week/" in text
    assert "/partners/deze-week/" in html
    assert "Bel terug" not in subject + text + html
    wanted = MAIL_KINDS["partners.overdue"].still_wanted
    assert wanted(message)
    outreach.postpone_step(outreach=step, due_on=clock.today(), by=els)
    assert not wanted(message)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert outreach.remind_overdue() == 2
    assert other not in [one.person for one in Message.objects.all()]


def test_the_step_of_somebody_who_left_goes_to_who_is_there(place, els):
    gone = make_with_role(Role.PARTNERSHIP)
    make_step(place, due_in=-1, owner=gone)
    end_role(assignment=gone.role_assignments.get(), by=None)
    assert outreach.remind_overdue() == 1
    assert Message.objects.get().person == els


# --- requests -------------------------------------------------------------------------------------
def test_a_request_is_confirmed_without_a_word_of_the_asker(els):
    asked = make_request(contact_name="Koop <b>nu</b>", remarks="http://kwaad.example", contact_email="RIA@x.example")
    assert make_request(contact_name="Nog eens", contact_email="ria@x.example") == asked
    confirmation = Message.objects.get(trigger="partners.request_received")
    assert (confirmation.address, confirmation.person) == ("ria@x.example", None)
    assert Message.objects.get(trigger="partners.request_new").person == els
    for message in Message.objects.all():
        text = " ".join(compose(message))
        assert "De Meldcode in de praktijk" in text
        assert not any(word in text for word in ("Koop", "kwaad", "Vlieger"))
    assert asked.asked_for == "Basisschool De Vlieger"
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert make_request(contact_email="ria@x.example") != asked


def test_a_request_finds_the_organisation_it_names(place):
    known = make_organisation(name="Ouderenzorg De Dijkhof")
    asked = make_request(organisation_name=" ouderenzorg de dijkhof ")
    assert (asked.organisation, asked in InformationRequest.objects.of(known)) == (known, True)
    own = make_request(organisation_name="", municipality=place)
    assert (own.organisation, own.asked_for, str(own)) == (None, "Almere", "De Meldcode in de praktijk: Almere")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"contact_email": " "}, "contact"),
        ({"contact_name": ""}, "contact"),
        ({"wanted_from": date(2020, 1, 1), "wanted_until": date(2020, 2, 1)}, "past"),
        ({"wanted_until": date(2090, 1, 1), "wanted_from": date(2091, 1, 1)}, "invalid"),
        ({"people": 0}, "invalid"),
        ({"organisation_name": ""}, "invalid"),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused(facts, code):
    refused(code, requests.ask_information, **request_facts(**facts))
    assert not Message.objects.exists()


def test_from_new_to_held(els):
    asked, today = make_request(), clock.today()
    planned = requests.plan_request(request=asked, planned_for=today + timedelta(days=5), by=els)
    assert requests.plan_request(request=asked, planned_for=today + timedelta(days=5), by=els) == planned
    requests.plan_request(request=asked, planned_for=today + timedelta(days=6), by=els)
    mails = Message.objects.filter(trigger="partners.request_planned")
    assert mails.count() == 2
    assert all("gepland op" in compose(mail)[1] for mail in mails)
    with clock.frozen(clock.now() + timedelta(days=7)):
        assert list(InformationRequest.objects.to_round_off()) == [asked]
        held = requests.hold_request(request=asked, held_on=today + timedelta(days=6), by=els)
        assert requests.hold_request(request=asked, held_on=today + timedelta(days=6), by=els) == held
    assert (held.state, held.handled_by, held.planned_at) == ("held", els, planned.planned_at)
    assert not InformationRequest.objects.waiting().exists()
    for function, facts in (
        (requests.plan_request, {"planned_for": today + timedelta(days=9)}),
        (requests.hold_request, {"held_on": today}),
        (requests.decline_request, {"reason": "te laat"}),
    ):
        assert "gegeven" in refused("closed", function, request=asked, by=els, **facts).message


def test_days_of_a_request_make_sense(els):
    asked, today = make_request(), clock.today()
    refused("past", requests.plan_request, request=asked, planned_for=today - timedelta(days=1), by=els)
    refused("future", requests.hold_request, request=asked, held_on=today + timedelta(days=1), by=els)
    refused("dates", requests.hold_request, request=asked, held_on=today - timedelta(days=1), by=els)


def test_declining_asks_a_reason_and_sends_it(els):
    asked = make_request()
    assert refused("reason", requests.decline_request, request=asked, reason=" ", by=els).field == "reason"
    requests.decline_request(request=asked, reason="De e-learning past beter.", by=els)
    declined = requests.decline_request(request=asked, reason="Iets anders", by=els)
    assert (declined.state, declined.reason) == ("declined", "De e-learning past beter.")
    assert "De e-learning past beter." in compose(Message.objects.get(trigger="partners.request_declined"))[1]


def test_who_asked_is_wiped_a_year_after(els):
    asked, waiting = make_request(remarks="Graag 's ochtends"), make_request(contact_email="ander@x.example")
    requests.decline_request(request=asked, reason="Nee", by=els)
    with clock.frozen(clock.now() + timedelta(days=364)):
        assert requests.forget_askers() == 0
    with clock.frozen(clock.now() + timedelta(days=366)):
        assert (requests.forget_askers(), requests.forget_askers()) == (1, 0)
    asked.refresh_from_db()
    assert (asked.contact_name, asked.contact_email, asked.contact_phone, asked.remarks) == ("", "", "", "")
    waiting.refresh_from_db()
    assert waiting.contact_email == "ander@x.example"


# --- what counts ----------------------------------------------------------------------------------
def test_exactly_what_is_chosen_counts(els):
    one, other = make_offering(), make_offering()
    counting.choose_offerings(offerings=[one], counts_as="set", by=els)
    counting.choose_offerings(offerings=[other], counts_as="refresher", by=els)
    counting.choose_offerings(offerings=[other], counts_as="set", by=els)
    written = AuditEntry.objects.count()
    counting.choose_offerings(offerings=[other], counts_as="set", by=els)
    assert AuditEntry.objects.count() == written
    assert {(row.offering, row.counts_as) for row in CountedOffering.objects.all()} == {
        (other, "set"),
        (other, "refresher"),
    }
    assert "set voor lokale teams" in str(CountedOffering.objects.get(counts_as="set"))


def test_a_stranger_sees_no_partners():
    from academy.partners import rules  # noqa: PLC0415 -- rules need models

    person = make_person()
    assert not rules.keeps_partners(person)
    assert not rules.sees_municipalities(person)
    assert rules.own_municipalities(person) == []
    contact = make_with_role(Role.MUNICIPALITY)
    assert rules.sees_municipalities(contact)
    assert rules.own_municipalities(contact) == [contact.role_assignments.get().municipality_id]

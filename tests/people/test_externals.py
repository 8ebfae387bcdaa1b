"""Externals: saying where one works, and what the organisation says of that."""

from datetime import timedelta

import pytest

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.outbox import delivery
from academy.outbox.domain.confirming import ask_again
from academy.outbox.domain.running import run_due
from academy.outbox.enums import MessageState
from academy.outbox.models import Message
from academy.people import rules
from academy.people.domain import confirming, introducing, inviting
from academy.people.domain.confirming import Doubt
from academy.people.domain.organisations import add_mail_domain
from academy.people.domain.roles import end_role
from academy.people.enums import Engagement, OrganisationKind, Role
from academy.people.models import (
    AuditEntry,
    Membership,
    OrganisationRequest,
    PersonalInvitation,
    RoleAssignment,
    User,
)
from tests.factories import make_membership, make_organisation, make_person, make_team, make_with_role

pytestmark = pytest.mark.django_db


def again(person):
    """The same person as the next request reads her."""
    return User.objects.get(pk=person.pk)


def is_approved(person):
    return rules.is_approved(again(person))


def refuses(code, function, **values):
    before = Membership.objects.count(), AuditEntry.objects.count(), Message.objects.count()
    with pytest.raises(DomainError) as refused:
        function(**values)
    assert refused.value.code == code
    assert (Membership.objects.count(), AuditEntry.objects.count(), Message.objects.count()) == before


def mails(trigger):
    return {message.person.email for message in Message.objects.filter(trigger=trigger)}


@pytest.fixture
def coordinator(at):
    """Since a day before every date in this file."""
    with at("2026-01-01 09:00"):
        return make_with_role(Role.COORDINATOR, organisation=make_organisation())


@pytest.fixture
def organisation(coordinator):
    return RoleAssignment.objects.get(person=coordinator).organisation


def test_saying_where_one_works_waits_for_the_coordinator(organisation, coordinator):
    office, person, team = make_with_role(Role.OFFICE), make_person(), make_team(organisation=organisation)
    place = introducing.introduce(person=person, organisation=organisation, team=team)
    assert introducing.introduce(person=person, organisation=organisation, team=team) == place
    assert (place.engagement, again(person).introduced_at is not None) == (Engagement.PARTNER, True)
    assert not is_approved(person)
    assert mails("people.waiting") == {coordinator.email}
    assert person.full_name not in str(list(Message.objects.values()))
    confirming.approve_membership(membership=place, by=coordinator)
    confirming.approve_membership(membership=place, by=coordinator)
    assert is_approved(person)
    assert mails("people.confirmed") == {person.email}
    assert Message.objects.filter(trigger="people.confirmed").count() == 1
    assert office.email not in mails("people.waiting")


def test_many_sign_up_and_one_mail_a_day_is_written(organisation, coordinator):
    for _one in range(3):
        introducing.introduce(person=make_person(), organisation=organisation)
    assert Message.objects.filter(trigger="people.waiting").count() == 1
    with clock.frozen(clock.now() + timedelta(days=1)):
        introducing.introduce(person=make_person(), organisation=organisation)
    assert Message.objects.filter(trigger="people.waiting", person=coordinator).count() == 2


def test_an_organisation_without_coordinator_goes_to_the_office():
    office = make_with_role(Role.OFFICE)
    introducing.introduce(person=make_person(), organisation=make_organisation(kind=OrganisationKind.INFORMAL))
    assert mails("people.waiting") == {office.email}
    assert Membership.objects.get().engagement == Engagement.VOLUNTEER


def test_nobody_becomes_a_colleague_by_saying_so():
    own, person = make_organisation(is_own=True, name="Ons huis"), make_person()
    refuses("own_organisation", introducing.introduce, person=person, organisation=own)
    refuses("own_organisation", introducing.ask_for_organisation, person=person, organisation_name="ons HUIS")
    assert not rules.is_internal(again(person))


def test_at_most_three_wait():
    person = make_person()
    introducing.ask_for_organisation(person=person, organisation_name="Steunpunt")
    for _one in range(2):
        introducing.introduce(person=person, organisation=make_organisation())
    refuses("too_many", introducing.introduce, person=person, organisation=make_organisation())
    introducing.ask_for_organisation(person=person, organisation_name="Steunpunt Zuid")
    assert OrganisationRequest.objects.get().organisation_name == "Steunpunt Zuid"


def test_a_name_that_is_there_is_that_organisation(organisation):
    place = introducing.ask_for_organisation(person=make_person(), organisation_name=organisation.name.upper())
    assert place.organisation == organisation
    assert not OrganisationRequest.objects.exists()


@pytest.mark.parametrize("name", ["", "  ", "<b>", "x" * 121, "Zuid\u202egro"])
def test_nonsense_for_a_name_is_refused(name):
    refuses("organisation_name", introducing.ask_for_organisation, person=make_person(), organisation_name=name)


def test_the_office_answers_what_is_not_there_yet(organisation, coordinator):
    office, person = make_with_role(Role.OFFICE), make_person()
    team = make_team(organisation=organisation, name="Noord")
    asked = introducing.ask_for_organisation(person=person, organisation_name="Steunpunt", team_name="noord")
    assert mails("people.waiting") == {office.email}
    for wrong in (coordinator, person, make_person()):
        with pytest.raises(NotAllowedError):
            introducing.answer_request(request=asked, organisation=organisation, by=wrong)
    own = make_organisation(is_own=True)
    refuses("own_organisation", introducing.answer_request, request=asked, organisation=own, by=office)
    for _twice in range(2):
        introducing.answer_request(request=asked, organisation=organisation, by=office)
    assert (Membership.objects.get(person=person).team, is_approved(person)) == (team, True)
    asked = introducing.ask_for_organisation(person=person, organisation_name="Nog een")
    refuses("reason", introducing.decline_request, request=asked, reason=" ", by=office)
    for _twice in range(2):
        introducing.decline_request(request=asked, reason="Die kennen we niet.", by=office)
    introducing.answer_request(request=asked, organisation=organisation, by=office)
    assert OrganisationRequest.objects.get(pk=asked.pk).organisation is None
    assert mails("people.declined") == {person.email}


def test_passing_over_asks_no_more():
    person = make_person()
    assert not rules.is_introduced(person)
    first = introducing.pass_over(person=person).introduced_at
    assert introducing.pass_over(person=person).introduced_at == first
    assert rules.is_introduced(again(person))
    assert rules.is_introduced(make_membership().person)
    assert rules.is_introduced(make_with_role(Role.OFFICE))


def test_no_is_said_with_a_reason(organisation, coordinator):
    place = introducing.introduce(person=make_person(), organisation=organisation)
    for reason in ("", "x" * 201):
        refuses("reason", confirming.decline_membership, membership=place, reason=reason, by=coordinator)
    other = make_with_role(Role.COORDINATOR, organisation=make_organisation())
    for wrong in (other, place.person, make_person()):
        with pytest.raises(NotAllowedError):
            confirming.decline_membership(membership=place, reason="Onbekend", by=wrong)
    for _twice in range(2):
        confirming.decline_membership(membership=place, reason=" Werkt hier\nniet. ", by=coordinator)
    place.refresh_from_db()
    assert (place.decline_reason, place.ends_on) == ("Werkt hier niet.", clock.today())
    assert not Membership.objects.waiting_for(coordinator)
    assert Message.objects.get(trigger="people.declined").facts["reason"] == "Werkt hier niet."
    refuses("ended", confirming.approve_membership, membership=place, by=coordinator)
    introducing.introduce(person=place.person, organisation=organisation)
    assert Membership.objects.waiting_for(coordinator).count() == 1


def test_who_was_confirmed_is_not_declined(organisation, coordinator):
    place = make_membership(organisation=organisation, approved_at=clock.now())
    refuses("confirmed", confirming.decline_membership, membership=place, reason="Weg", by=coordinator)


def test_a_confirmation_holds_ninety_days(organisation, coordinator):
    now = clock.now()
    place = make_membership(organisation=organisation, approved_at=now)
    person = place.person
    assert place.confirmed_until == (now + timedelta(days=90)).astimezone(clock.AMSTERDAM).date()
    assert make_membership().confirmed_until is None
    with clock.frozen(now + timedelta(days=75)):
        assert not Membership.objects.renewable_by(coordinator)
        assert confirming.renew_memberships(memberships=[place], by=coordinator) == 0
    with clock.frozen(now + timedelta(days=77)):
        assert is_approved(person)
        assert list(Membership.objects.renewable_by(coordinator)) == [place]
        assert not Membership.objects.renewable_by(make_with_role(Role.COORDINATOR, organisation=make_organisation()))
    with clock.frozen(now + timedelta(days=90)):
        assert not is_approved(person)
        assert rules.is_introduced(again(person))
        with pytest.raises(NotAllowedError):
            confirming.renew_memberships(memberships=[place, make_membership(approved_at=now)], by=coordinator)
        assert confirming.renew_memberships(memberships=[place], by=coordinator) == 1
        assert is_approved(person)
    assert AuditEntry.objects.filter(action="account.renew", actor=coordinator, subject=person).count() == 1
    assert not mails("people.confirmed")


def test_who_speaks_for_it_is_asked_again_once_a_month(organisation, coordinator, at):
    with at("2027-01-04 10:00"):
        for _one in range(2):
            make_membership(organisation=organisation, approved_at=clock.now())
    with at("2027-03-20 10:00"):
        assert ask_again() == 0
    with at("2027-03-22 10:00"):
        assert ask_again() == 1
        assert ask_again() == 0
    with at("2027-03-23 10:00"):
        ask_again()
    message = Message.objects.get(trigger="people.renew")
    assert (message.person, message.facts["people"]) == (coordinator, 2)


def test_mails_can_be_read(organisation, coordinator, settings):
    settings.OUTBOX_STORE_ONLY = True
    place = introducing.introduce(person=make_person(), organisation=organisation)
    other = introducing.introduce(person=make_person(), organisation=organisation)
    confirming.approve_membership(membership=place, by=coordinator)
    confirming.decline_membership(membership=other, reason="Onbekend", by=coordinator)
    inviting.invite_person(email="vrij@voorbeeld.example", organisation=organisation, by=coordinator)
    with clock.frozen(clock.now() + timedelta(days=80)):
        ask_again()
        run_due()
    texts = {message.trigger: message.text + message.html for message in Message.objects.all()}
    assert {"people.waiting", "people.confirmed", "people.declined", "people.invited", "people.renew"} == set(texts)
    assert all(organisation.name in text and settings.PUBLIC_URL in text for text in texts.values())
    assert "Onbekend" in texts["people.declined"]


def test_a_mail_that_comes_back_takes_the_confirmation_away(organisation, coordinator):
    person = make_membership(organisation=organisation, approved_at=clock.now()).person
    colleague = make_membership(organisation=make_organisation(is_own=True), approved_at=clock.now()).person
    for one in (person, colleague):
        confirming.tell_confirmed(person=one, place="ergens")
        message = Message.objects.get(person=one)
        delivery.book({"message": message.public_id}, delivery.Outcome(MessageState.BOUNCED, error="onbekend"))
    assert not is_approved(person)
    assert is_approved(colleague)
    assert AuditEntry.objects.get(action="account.suspend").data == {"why": "bounce"}
    assert coordinator.email in mails("people.waiting")
    assert confirming.suspend_confirmation(person=person, why=Doubt.BOUNCE) == 0


def test_an_address_elsewhere_raises_doubt_and_one_of_the_organisation_does_not(organisation):
    add_mail_domain(organisation=organisation, domain="wijkteam.nl", by=None)
    person = make_membership(organisation=organisation, approved_at=clock.now()).person
    person.email = "zij@wijkteam.nl"
    assert confirming.suspend_confirmation(person=person, why=Doubt.ADDRESS) == 0
    person.email = "zij@elders.nl"
    assert confirming.suspend_confirmation(person=person, why=Doubt.ADDRESS) == 1
    assert not is_approved(person)


def invited(coordinator, organisation, email="vrij@voorbeeld.example", **values):
    return inviting.invite_person(email=email, organisation=organisation, by=coordinator, **values)


def test_an_invitation_works_once_for_one_address(organisation, coordinator):
    team = make_team(organisation=organisation)
    invitation, secret = invited(coordinator, organisation, " Vrij@voorbeeld.example ", team=team)
    assert secret not in str(PersonalInvitation.objects.values())
    assert inviting.invitation_for(secret) == invitation
    wrong, unconfirmed = make_person(), make_person(email="vrij@voorbeeld.example", confirmed=False)
    for person in (wrong, unconfirmed):
        refuses("other_address", inviting.accept_invitation, secret=secret, person=person)
    unconfirmed.emailaddress_set.update(verified=True)
    place = inviting.accept_invitation(secret=secret, person=unconfirmed)
    assert inviting.accept_invitation(secret=secret, person=unconfirmed) == place
    assert (place.team, is_approved(unconfirmed)) == (team, True)
    assert again(unconfirmed).introduced_at is not None
    assert inviting.invitation_for(secret) is None
    refuses("link_used", inviting.accept_invitation, secret=secret, person=wrong)
    refuses("accepted", inviting.withdraw_invitation, invitation=invitation, by=coordinator)


def test_an_invitation_ends(organisation, coordinator):
    person = make_person(email="vrij@voorbeeld.example")
    _old, old = invited(coordinator, organisation)
    invitation, secret = invited(coordinator, organisation)
    refuses("link_used", inviting.accept_invitation, secret=old, person=person)
    with clock.frozen(clock.now() + timedelta(days=15)):
        refuses("link_used", inviting.accept_invitation, secret=secret, person=person)
        assert inviting.invitation_for(secret) is None
    for _twice in range(2):
        inviting.withdraw_invitation(invitation=invitation, by=coordinator)
    assert AuditEntry.objects.filter(action="invitation.withdraw").count() == 1
    refuses("link_used", inviting.accept_invitation, secret=secret, person=person)
    _last, secret = invited(coordinator, organisation)
    end_role(assignment=RoleAssignment.objects.get(person=coordinator), by=None)
    refuses("link_used", inviting.accept_invitation, secret=secret, person=person)
    refuses("link_used", inviting.accept_invitation, secret="onzin", person=person)
    assert inviting.invitation_for(secret) is None


def test_who_may_invite_whom(organisation, coordinator):
    with pytest.raises(NotAllowedError):
        invited(coordinator, make_organisation())
    with pytest.raises(NotAllowedError):
        invited(make_person(), organisation)
    invitation, _secret = invited(coordinator, organisation)
    with pytest.raises(NotAllowedError):
        inviting.withdraw_invitation(invitation=invitation, by=make_with_role(Role.COORDINATOR))
    office = make_with_role(Role.OFFICE)
    other = make_organisation(kind=OrganisationKind.INFORMAL)
    for wrong in ("geen adres", "k\u0131@voorbeeld.example"):
        refuses("address", inviting.invite_person, email=wrong, organisation=organisation, by=office)
    address = "vrij@voorbeeld.example"
    for code, values in {
        "own_organisation": {"organisation": make_organisation(is_own=True)},
        "ended": {"organisation": make_organisation(active_to=clock.today())},
        "team": {"organisation": organisation, "team": make_team()},
    }.items():
        refuses(code, inviting.invite_person, email=address, by=office, **values)
    _made, secret = invited(office, other)
    place = inviting.accept_invitation(secret=secret, person=make_person(email=address))
    assert place.engagement == Engagement.VOLUNTEER


def test_somebody_ends_the_own_place(organisation):
    place = make_membership(organisation=organisation, starts_on=clock.today() - timedelta(days=9))
    ours = make_membership(place.person, organisation=make_organisation(is_own=True))
    with pytest.raises(NotAllowedError):
        introducing.leave_place(membership=place, on=clock.today(), by=make_person())
    refuses("own_organisation", introducing.leave_place, membership=ours, on=clock.today(), by=place.person)
    for _twice in range(2):
        introducing.leave_place(membership=place, on=clock.today(), by=place.person)
    place.refresh_from_db()
    assert place.ends_on == clock.today()
    assert AuditEntry.objects.filter(action="membership.end").count() == 1

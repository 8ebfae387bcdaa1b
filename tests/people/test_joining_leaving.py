from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain import confirming, joining, leaving
from academy.people.domain.organisations import add_mail_domain
from academy.people.domain.profile import change_profile, note_opened
from academy.people.domain.roles import assign_role
from academy.people.enums import Role, TokenKind
from academy.people.models import AccessToken, AuditEntry, Membership, RoleAssignment, User
from tests.factories import make_membership, make_organisation, make_person, make_team, make_with_role

pytestmark = pytest.mark.django_db


def refuses(code, function, **values):
    before = Membership.objects.count(), AuditEntry.objects.count()
    with pytest.raises(DomainError) as refused:
        function(**values)
    assert refused.value.code == code
    assert (Membership.objects.count(), AuditEntry.objects.count()) == before
    return refused.value


def add(**values):
    values = {"person": None, "organisation": None, "by": None, **values}
    values["person"] = values["person"] or make_person()
    values["organisation"] = values["organisation"] or make_organisation()
    return joining.add_membership(**values)


def test_create_person():
    person = joining.create_person(email=" Anna@Voorbeeld.Example ", full_name="Anna", by=None)
    assert person.email == "anna@voorbeeld.example"
    assert not person.has_usable_password()
    refuses("email_taken", joining.create_person, email="ANNA@voorbeeld.example", full_name="Bea", by=None)
    refuses("email", joining.create_person, email="anna", full_name="Bea", by=None)
    refuses("name", joining.create_person, email="bea@voorbeeld.example", full_name="  ", by=None)


def test_mail_domain_proposes_an_organisation_for_a_year(at):
    organisation = make_organisation()
    with at("2026-03-01 10:00"):
        add_mail_domain(organisation=organisation, domain="@Team.example", by=None)
    with at("2026-12-01 10:00"):
        assert joining.propose_organisation(email="x@team.example") == organisation
        assert joining.propose_organisation(email="x@sub.team.example") is None
        assert joining.propose_organisation(email="x@evil-team.example") is None
    with at("2027-06-01 10:00"):
        assert joining.propose_organisation(email="x@team.example") is None


def test_place_of_a_partner_waits_for_its_coordinator():
    place = add()
    coordinator = make_with_role(Role.COORDINATOR, organisation=place.organisation)
    other = make_with_role(Role.COORDINATOR, organisation=make_organisation())
    assert list(Membership.objects.waiting_for(coordinator)) == [place]
    assert list(Membership.objects.waiting_for(make_with_role(Role.OFFICE))) == [place]
    assert not Membership.objects.waiting_for(other)
    for wrong in (other, place.person, make_person()):
        with pytest.raises(NotAllowedError):
            confirming.approve_membership(membership=place, by=wrong)
    done = confirming.approve_membership(membership=place, by=coordinator)
    assert confirming.approve_membership(membership=place, by=make_with_role(Role.HR)).approved_by == done.approved_by
    assert AuditEntry.objects.filter(action="account.approve").count() == 1
    assert not Membership.objects.waiting_for(coordinator)


def test_nobody_confirms_the_own_place_or_one_that_ended(at):
    office = make_with_role(Role.OFFICE)
    with pytest.raises(NotAllowedError):
        confirming.approve_membership(membership=add(person=office), by=office)
    with at("2026-01-05 10:00"):
        place = add(ends_on=date(2026, 2, 1))
    refuses("ended", confirming.approve_membership, membership=place, by=office)


def test_refusals_of_a_place():
    person, organisation = make_person(), make_organisation()
    team = make_team(organisation=organisation)
    day = date(2026, 3, 1)
    same = {"person": person, "organisation": organisation, "team": team}
    add(**same, starts_on=day)
    refuses("twice", add, **same, starts_on=date(2026, 4, 1))
    refuses("twice", add, **same, starts_on=date(2026, 1, 1))
    add(**same, starts_on=date(2026, 1, 1), ends_on=day)
    refuses("invalid", add, starts_on=day, ends_on=date(2026, 2, 1))
    refuses("own_manager", add, person=person, manager=person)
    refuses("manager", add, manager=make_person(is_active=False))
    refuses("team", add, team=team)
    refuses("ended", add, organisation=make_organisation(active_to=day), starts_on=day)
    refuses("left", add, person=make_person(left_at=clock.now()))
    refuses("invalid", add, weekly_hours="nonsense")


def test_change_manager():
    place, manager = add(), make_person()
    assert joining.change_manager(membership=place, manager=manager, by=None).manager == manager
    joining.change_manager(membership=place, manager=manager, by=None)
    assert AuditEntry.objects.filter(action="membership.manager").count() == 1
    refuses("own_manager", joining.change_manager, membership=place, manager=place.person, by=None)
    joining.end_membership(membership=place, by=None)
    refuses("ended", joining.change_manager, membership=place, manager=None, by=None)


def test_leaving_an_organisation_keeps_the_account():
    team = make_team()
    place = add(organisation=team.organisation, team=team, starts_on=clock.today() - timedelta(days=9))
    elsewhere = make_team()
    person = place.person
    for scope in ({"organisation": team.organisation}, {"organisation": elsewhere.organisation}):
        assign_role(person=person, role=Role.COORDINATOR, by=None, **scope)
    assign_role(person=person, role=Role.TEAM_MANAGER, by=None, team=team)
    refuses("dates", joining.end_membership, membership=place, by=None, on=date(2020, 1, 1))
    joining.end_membership(membership=place, by=None)
    joining.end_membership(membership=place, by=None)
    assert AuditEntry.objects.filter(action="membership.end").count() == 1
    held = RoleAssignment.objects.current().filter(person=person)
    assert [role.organisation for role in held] == [elsewhere.organisation]
    assert User.objects.get(pk=person.pk).is_active


def test_a_second_place_keeps_the_roles():
    organisation = make_organisation()
    first, person = add(organisation=organisation), None
    person = first.person
    add(person=person, organisation=organisation, team=make_team(organisation=organisation))
    assign_role(person=person, role=Role.COORDINATOR, by=None, organisation=organisation)
    joining.end_membership(membership=first, by=None)
    assert RoleAssignment.objects.current().filter(person=person).exists()


@pytest.fixture
def leaver(client):
    person = make_with_role(Role.EDITOR)
    make_membership(person, starts_on=clock.today() - timedelta(days=30))
    make_membership(person, starts_on=clock.today() + timedelta(days=30))
    assign_role(person=person, role=Role.HR, by=None, starts_at=clock.now() + timedelta(days=9))
    AccessToken.objects.create(person=person, kind=TokenKind.API, digest="a", created_at=clock.now())
    client.force_login(person)
    return person


def test_leave_closes_everything(leaver, client):
    hr = make_with_role(Role.HR)
    key = client.session.session_key
    gone = leaving.leave(person=leaver, by=hr)
    assert not gone.is_active
    assert gone.left_at is not None
    assert not SessionStore().exists(key)
    assert not gone.groups.exists()
    assert not RoleAssignment.objects.filter(person=gone).not_ended().exists()
    assert not Membership.objects.filter(person=gone, ends_on__isnull=True).exists()
    assert not AccessToken.objects.filter(revoked_at__isnull=True).exists()
    entries = AuditEntry.objects.count()
    assert leaving.leave(person=gone, by=hr).left_at == gone.left_at
    assert AuditEntry.objects.count() == entries
    assert AuditEntry.objects.filter(action="person.leave", actor=hr, subject=gone).count() == 1
    with pytest.raises(DomainError):
        assign_role(person=gone, role=Role.HR, by=None)


def test_leave_is_all_or_nothing(leaver, client, monkeypatch):
    def fail(*, person, by, on):
        raise DomainError("leads", "Deze persoon leidt nog een groep.")

    monkeypatch.setattr(leaving, "_STEPS", {})
    leaving.register_step("leads", fail)
    with pytest.raises(DomainError):
        leaving.leave(person=leaver, by=None)
    leaver.refresh_from_db()
    assert leaver.is_active
    assert leaver.groups.exists()
    assert AccessToken.objects.filter(revoked_at__isnull=True).exists()
    assert SessionStore().exists(client.session.session_key)
    told = []
    leaving.register_step("leads", lambda **values: told.append(values))
    leaving.leave(person=leaver, by=None)
    leaving.leave(person=leaver, by=None)
    assert told == [{"person": leaver, "by": None, "on": clock.today()}]


def test_who_may_report_a_leaver():
    person, hr = make_person(), make_with_role(Role.HR)
    for wrong in (make_person(), make_with_role(Role.ADMIN), make_with_role(Role.TEAM_MANAGER)):
        with pytest.raises(NotAllowedError):
            leaving.leave(person=person, by=wrong)
    with pytest.raises(NotAllowedError):
        leaving.leave(person=hr, by=hr)
    refuses("future", leaving.leave, person=person, by=hr, on=clock.today() + timedelta(days=1))
    RoleAssignment.objects.filter(role=Role.ADMIN).delete()
    refuses("last_admin", leaving.leave, person=make_with_role(Role.ADMIN), by=hr)


def bad_rows():
    person = make_person()
    place = make_membership()
    return {
        "end before start": {
            "person": person,
            "organisation": place.organisation,
            "starts_on": date(2026, 2, 1),
            "ends_on": date(2026, 1, 1),
        },
        "own manager": {"person": person, "organisation": place.organisation, "manager": person},
        "same place twice": {"person": place.person, "organisation": place.organisation},
    }


@pytest.mark.parametrize("name", ["end before start", "own manager", "same place twice"])
def test_the_database_refuses_a_bad_place(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**bad_rows()[name])


def test_profile():
    person = make_person()
    change_profile(person=person, display_name="  An  B ", phone="06 1234 5678")
    assert (person.shown_name, person.get_short_name()) == ("An B", "An")
    refuses("phone", change_profile, person=person, display_name="", phone="bel maar")
    refuses("name", change_profile, person=person, display_name="x" * 81, phone="")


def test_opening_a_profile_is_noted_once_a_day(at):
    person, reader = make_person(), make_person()
    with at("2026-05-01 09:00"):
        assert note_opened(person=person, by=reader) == note_opened(person=person, by=reader)
        assert note_opened(person=person, by=person) is None
    with at("2026-05-02 09:00"):
        note_opened(person=person, by=reader)
    assert AuditEntry.objects.filter(action="person.open", subject=person).count() == 2

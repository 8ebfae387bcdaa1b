from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain import organisations as domain
from academy.people.domain.places import load_lists, merge_municipality
from academy.people.domain.roles import assign_role
from academy.people.enums import OrganisationKind, Role, TeamKind
from academy.people.models import (
    AuditEntry,
    JobFunction,
    MailDomain,
    Membership,
    Municipality,
    Organisation,
    RoleAssignment,
    Team,
    User,
)
from tests.factories import make_membership, make_municipality, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db
TODAY = clock.today()


def refuses(code, function, **values):
    before = AuditEntry.objects.count()
    with pytest.raises(DomainError) as refused:
        function(**values, by=None)
    assert refused.value.code == code
    assert AuditEntry.objects.count() == before


def test_the_lists_are_there_and_loading_again_changes_nothing():
    almere = Municipality.objects.get(code="GM0034")
    assert (almere.region.name, almere.is_centre) == ("Flevoland", True)
    assert Municipality.objects.active().count() == 59
    assert Municipality.objects.get(code="GM0398").successor.name == "Dijk en Waard"
    assert JobFunction.objects.get(slug="maatschappelijk-werker").requires_registration
    almere.name = "Almere aan Zee"
    almere.save()
    before = Municipality.objects.count(), JobFunction.objects.count()
    load_lists()
    assert (Municipality.objects.count(), JobFunction.objects.count()) == before
    almere.refresh_from_db()
    assert almere.name == "Almere aan Zee"


def test_merge_municipality_takes_teams_and_contacts_along():
    old, new = make_municipality(), make_municipality()
    team, contact = make_team(), make_person()
    team.municipalities.add(old)
    assign_role(person=contact, role=Role.MUNICIPALITY, municipality=old, by=None)
    for _twice in range(2):
        merge_municipality(municipality=old, into=new, on=TODAY, by=None)
    assert list(team.municipalities.all()) == [new]
    assert [role.municipality for role in RoleAssignment.objects.current().filter(person=contact)] == [new]
    assert AuditEntry.objects.filter(action="municipality.merge").count() == 1
    refuses("ended", merge_municipality, municipality=old, into=make_municipality(), on=TODAY)
    refuses("ended", merge_municipality, municipality=new, into=old, on=TODAY)
    refuses("same", merge_municipality, municipality=new, into=new, on=TODAY)
    refuses("future", merge_municipality, municipality=new, into=make_municipality(), on=TODAY + timedelta(days=1))


def test_create_and_rename():
    made = domain.create_organisation(name=" Nieuw ", kind=OrganisationKind.SCHOOL, by=None)
    refuses("invalid", domain.create_organisation, name="Nieuw", kind=OrganisationKind.SCHOOL)
    refuses("invalid", domain.create_organisation, name="Ander", kind="onzin")
    domain.change_organisation(organisation=made, name="Nieuwer", by=None)
    entry = AuditEntry.objects.filter(action="organisation.change").first()
    assert entry.data == {"name": "Nieuw"}
    count = AuditEntry.objects.count()
    domain.change_organisation(organisation=made, name="Nieuwer", by=None)
    assert AuditEntry.objects.count() == count
    with pytest.raises(ValueError, match="is_own"):
        domain.change_organisation(organisation=made, is_own=True, by=None)


def test_mail_domain_belongs_to_one():
    one = make_organisation()
    domain.add_mail_domain(organisation=one, domain="een.example", by=None)
    domain.add_mail_domain(organisation=one, domain="een.example", by=None)
    assert MailDomain.objects.count() == 1
    refuses("domain", domain.add_mail_domain, organisation=make_organisation(), domain="EEN.example")
    for wrong in ("x@y.example", "example", "een .example", "gmail.com"):
        refuses("domain", domain.add_mail_domain, organisation=one, domain=wrong)


def test_teams():
    organisation, place = make_organisation(), make_municipality()
    team = domain.create_team(
        organisation=organisation, name="Zuid", kind=TeamKind.LOCAL, by=None, municipalities=[place]
    )
    refuses("invalid", domain.create_team, organisation=organisation, name="Zuid", kind=TeamKind.LOCAL)
    gone = make_organisation(active_to=TODAY)
    refuses("ended", domain.create_team, organisation=gone, name="Zuid", kind=TeamKind.LOCAL)
    domain.change_team(team=team, headcount=12, headcount_on=TODAY, by=None)
    assert (team.headcount, team.municipalities.get()) == (12, place)
    domain.change_team(team=team, name="Zuidwest", municipalities=[], by=None)
    count = AuditEntry.objects.count()
    domain.change_team(team=team, name="Zuidwest", municipalities=[], by=None)
    assert AuditEntry.objects.count() == count
    assert not team.municipalities.exists()


def test_end_organisation_ends_what_is_in_it():
    team = make_team()
    place = make_membership(team=team, starts_on=TODAY - timedelta(days=9))
    assign_role(person=place.person, role=Role.TEAM_MANAGER, team=team, by=None)
    assign_role(person=place.person, role=Role.COORDINATOR, organisation=team.organisation, by=None)
    refuses("future", domain.end_organisation, organisation=team.organisation, on=TODAY + timedelta(days=1))
    refuses("dates", domain.end_organisation, organisation=team.organisation, on=date(2014, 1, 1))
    for _twice in range(2):
        domain.end_organisation(organisation=team.organisation, on=TODAY, by=None)
    domain.end_team(team=team, on=TODAY, by=None)
    assert not Organisation.objects.active().filter(pk=team.organisation_id).exists()
    assert not Team.objects.active().exists()
    assert not Membership.objects.current().exists()
    assert not RoleAssignment.objects.current().exists()


def test_merge_organisation_takes_everything_along():
    old, new = make_organisation(), make_organisation()
    here, there = make_team(organisation=old), make_team(organisation=new)
    Team.objects.filter(pk=there.pk).update(name=here.name)
    only = make_team(organisation=old)
    place = make_membership(team=here, approved_at=clock.now(), starts_on=TODAY - timedelta(days=9))
    make_membership(place.person, team=only, starts_on=TODAY - timedelta(days=9))
    loose = make_membership(organisation=old, starts_on=TODAY - timedelta(days=9))
    assign_role(person=loose.person, role=Role.COORDINATOR, organisation=old, by=None)
    for _twice in range(2):
        domain.merge_organisation(organisation=old, into=new, on=TODAY, by=None)
    old.refresh_from_db()
    assert (old.active_to, old.successor) == (TODAY, new)
    moved = Membership.objects.current().get(person=place.person, team=there)
    assert (moved.organisation, moved.approved_at) == (new, place.approved_at)
    assert Membership.objects.current().filter(organisation=new).count() == 3
    assert not Membership.objects.current().filter(organisation=old).exists()
    assert set(new.teams.values_list("name", flat=True)) == {here.name, only.name}
    assert RoleAssignment.objects.current().get(person=loose.person).organisation == new
    refuses("ended", domain.merge_organisation, organisation=old, into=make_organisation(), on=TODAY)
    refuses("ended", domain.merge_organisation, organisation=new, into=old, on=TODAY)
    refuses("same", domain.merge_organisation, organisation=new, into=new, on=TODAY)
    domain.merge_team(team=here, into=there, on=TODAY, by=None)


def test_who_is_in_both_keeps_one_place():
    old, new, person = make_organisation(), make_organisation(), make_person()
    for organisation in (old, new):
        make_membership(person, organisation=organisation, starts_on=TODAY - timedelta(days=9))
    domain.merge_organisation(organisation=old, into=new, on=TODAY, by=None)
    assert [place.organisation for place in Membership.objects.current()] == [new]


BAD = {
    "municipality ends before it starts": lambda: make_municipality(active_to=date(2014, 1, 1)),
    "municipality with a successor and no end": lambda: make_municipality(successor=make_municipality()),
    "organisation ends before it starts": lambda: make_organisation(active_to=date(2014, 1, 1)),
    "organisation twice": lambda: make_organisation(name=make_organisation().name),
    "team ends before it starts": lambda: make_team(active_to=date(2014, 1, 1)),
    "team with a count and no day": lambda: make_team(headcount=3),
    "team twice": lambda: make_team(name="Zuid", organisation=make_team(name="Zuid").organisation),
    "address in capitals": lambda: User.objects.create(email="A@voorbeeld.example", full_name="A"),
    "address twice": lambda: make_person(email=make_person().email),
    "role ends before it starts": lambda: RoleAssignment.objects.create(
        person=make_person(), role=Role.HR, starts_at=clock.now(), ends_at=clock.now() - timedelta(days=1)
    ),
    "role in two scopes": lambda: RoleAssignment.objects.create(
        person=make_person(), role=Role.HR, starts_at=clock.now(), team=make_team(), organisation=make_organisation()
    ),
    "mail domain with an at": lambda: MailDomain.objects.create(
        organisation=make_organisation(), domain="x@y.example", verified_on=TODAY
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        BAD[name]()


def test_the_database_refuses_a_role_twice():
    person = make_person()
    assign_role(person=person, role=Role.HR, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(person=person, role=Role.HR, starts_at=clock.now())

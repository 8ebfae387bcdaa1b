import pytest
from django.urls import reverse

from academy.common import clock
from academy.people.enums import Role
from academy.people.models import AuditEntry, Membership, Organisation, RoleAssignment, Team, User
from tests.factories import (
    log_in,
    make_membership,
    make_municipality,
    make_organisation,
    make_person,
    make_team,
    make_with_role,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(client):
    def enter(role, **scope):
        user = make_with_role(role, **scope)
        log_in(client, user)
        return user

    return enter


def post(client, view, /, *args, **data):
    return client.post(reverse(view, args=args), data)


def test_who_may_in(client):
    person, organisation = make_person(), make_organisation()
    pages = [reverse("manage_people"), reverse("manage_person", args=[person.public_id])]
    pages += [reverse("manage_organisations"), reverse("manage_organisation", args=[organisation.public_id])]
    pages += [reverse("assign_role", args=[person.public_id]), reverse("report_leaver", args=[person.public_id])]
    allowed = {
        Role.OFFICE: [200, 200, 200, 200, 403, 200],
        Role.HR: [200, 200, 403, 403, 403, 200],
        Role.ADMIN: [200, 200, 200, 200, 200, 403],
        Role.EDITOR: [403] * 6,
        Role.PRIVACY: [403] * 6,
    }
    for page in pages:
        assert client.get(page).url.startswith("/account/login/")
    for role, expected in allowed.items():
        log_in(client, make_with_role(role))
        assert [client.get(page).status_code for page in pages] == expected, role


def test_list_asks_the_same_number_of_queries_for_one_and_for_three(client, as_, django_assert_num_queries):
    as_(Role.HR)
    client.get("/beheer/personen/")
    for number in (1, 3):
        for _each in range(number):
            place = make_membership(team=make_team())
            make_membership(place.person)
        with django_assert_num_queries(11):
            page = client.get("/beheer/personen/")
    assert page.context["page"].paginator.count == 5


def test_search_takes_nonsense(client, as_):
    as_(Role.HR)
    make_person(full_name="Zoë Vermeulen")
    assert b"Zo\xc3\xab Vermeulen" in client.get("/beheer/personen/?q=vermeul").content
    assert client.get("/beheer/personen/?q=%00").status_code == 400
    for query in ("q=" + "x" * 500, "status=onzin", "page=-1", "page=abc", "page=9999", "q=%F0%9F%98%80"):
        assert client.get(f"/beheer/personen/?{query}").status_code == 200
        assert client.get(f"/beheer/organisaties/?{query}").status_code in {200, 403}


def test_opening_a_person_is_shown_to_that_person(client, as_):
    hr, person = as_(Role.HR), make_person()
    client.get(reverse("manage_person", args=[person.public_id]))
    log_in(client, person)
    page = client.get(reverse("own_access_log"))
    assert hr.full_name in page.content.decode()
    assert "gegevens bekeken" in page.content.decode()


def test_access_log_is_ones_own_and_paginated(client, django_assert_num_queries):
    person, other = make_person(), make_person()
    for number in range(60):
        AuditEntry.objects.create(at=clock.now(), actor=other, subject=person, action="log_in", target=str(number))
    AuditEntry.objects.create(at=clock.now(), actor=other, subject=other, action="person.leave")
    log_in(client, person)
    client.get("/account/inzage/")
    with django_assert_num_queries(8):
        page = client.get("/account/inzage/").context["page"]
    assert (len(page), page.paginator.count) == (50, 60)


def test_role_is_given_once_and_ended(client, as_):
    as_(Role.ADMIN)
    person, team = make_person(), make_team()
    for _twice in range(2):
        assert post(client, "assign_role", person.public_id, role="tm", team=team.pk).status_code == 302
    role = RoleAssignment.objects.get(person=person)
    assert client.get(reverse("end_role", args=[role.public_id])).status_code == 405
    for _twice in range(2):
        assert post(client, "end_role", role.public_id).status_code == 302
    assert not RoleAssignment.objects.current().filter(person=person).exists()
    assert AuditEntry.objects.filter(action="role.end", subject=person).count() == 1
    post(client, "assign_role", person.public_id, role="hr", starts_on="2020-01-01", ends_on="2999-01-01")
    assert RoleAssignment.objects.filter(person=person).count() == 1
    post(client, "assign_role", person.public_id, role="hr", starts_on="2020-01-01", ends_on="2050-01-01")
    assert RoleAssignment.objects.current().get(person=person).role == "hr"


NONSENSE = [
    ("assign_role", {}, "role"),
    ("assign_role", {"role": "koning"}, "role"),
    ("assign_role", {"role": "tm"}, "team"),
    ("assign_role", {"role": "tm", "team": "999999"}, "team"),
    ("assign_role", {"role": "co", "organisation": "x"}, "organisation"),
    ("assign_role", {"role": "hr", "starts_on": "31-2-2026"}, "starts_on"),
    ("assign_role", {"role": "hr", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "ends_on"),
    ("assign_role", {"role": "hr", "starts_on": "0001-01-01"}, "starts_on"),
    ("add_place", {}, "organisation"),
    ("add_place", {"organisation": "ORG", "engagement": "slaaf", "starts_on": "2026-01-01"}, "engagement"),
    (
        "add_place",
        {"organisation": "ORG", "engagement": "permanent", "starts_on": "2026-01-01", "ends_on": "2025-01-01"},
        "__all__",
    ),
    (
        "add_place",
        {"organisation": "ORG", "engagement": "permanent", "starts_on": "2026-01-01", "weekly_hours": "nan"},
        "weekly_hours",
    ),
    (
        "add_place",
        {"organisation": "ORG", "engagement": "permanent", "starts_on": "2026-01-01", "weekly_hours": "-1"},
        "weekly_hours",
    ),
    (
        "add_place",
        {"organisation": "ORG", "engagement": "permanent", "starts_on": "2026-01-01", "manager": "wie@x.nl"},
        "manager",
    ),
    (
        "add_place",
        {"organisation": "ORG", "engagement": "permanent", "starts_on": "2026-01-01", "manager": "SELF"},
        "manager",
    ),
    ("report_leaver", {}, "on"),
    ("report_leaver", {"on": "morgen"}, "on"),
    ("report_leaver", {"on": "2099-01-01"}, "on"),
]


@pytest.mark.parametrize(("name", "data", "field"), NONSENSE)
def test_nonsense_gives_a_field_error_and_changes_nothing(client, as_, name, data, field):
    as_(Role.HR if name == "report_leaver" else Role.ADMIN)
    person, organisation = make_person(), make_organisation()
    swap = {"ORG": organisation.pk, "SELF": person.email}
    before = AuditEntry.objects.count()
    page = post(client, name, person.public_id, **{key: swap.get(value, value) for key, value in data.items()})
    assert page.status_code == 200
    assert list(page.context["form"].errors) == [field] or (field in page.context["form"].errors and not data)
    assert AuditEntry.objects.count() == before
    assert not Membership.objects.exists()
    assert User.objects.get(pk=person.pk).is_active


def test_person_place_and_leaving(client, as_):
    as_(Role.OFFICE)
    for _twice in range(2):
        post(client, "add_person", full_name="Anna", email="anna@voorbeeld.example")
    person = User.objects.get(email="anna@voorbeeld.example")
    organisation, manager = make_organisation(), make_person()
    data = {"organisation": organisation.pk, "engagement": "partner", "starts_on": "2026-01-01", "weekly_hours": "28,5"}
    for _twice in range(2):
        post(client, "add_place", person.public_id, **data)
    place = person.memberships.get()
    assert str(place.weekly_hours) == "28.50"
    assert client.get(reverse("manage_approvals")).content.count(b"<h3>Anna</h3>") == 1
    for _twice in range(2):
        assert post(client, "approve_place", place.pk).status_code == 302
    post(client, "change_manager", person.public_id, place.pk, manager=manager.email)
    assert person.memberships.get().manager == manager
    assert client.get(reverse("change_manager", args=[person.public_id, place.pk])).status_code == 200
    for _twice in range(2):
        post(client, "end_place", person.public_id, place.pk, on="2026-02-01")
    assert AuditEntry.objects.filter(action="membership.end").count() == 1
    for _twice in range(2):
        assert post(client, "report_leaver", person.public_id, on=str(clock.today())).status_code == 302
    assert AuditEntry.objects.filter(action="person.leave").count() == 1
    page = client.get(reverse("manage_person", args=[person.public_id])).content.decode()
    assert "Uit dienst gemeld" in page
    assert "Uit dienst melden" not in page


def test_nobody_reports_herself(client, as_):
    hr = as_(Role.HR)
    assert post(client, "report_leaver", hr.public_id, on=str(clock.today())).status_code == 403


def test_coordinator_confirms_only_the_own_people(client, as_):
    here, there = make_membership(), make_membership()
    as_(Role.COORDINATOR, organisation=here.organisation)
    page = client.get(reverse("manage_approvals")).content.decode()
    assert here.person.full_name in page
    assert there.person.email not in page
    assert post(client, "approve_place", there.pk).status_code == 404
    assert post(client, "approve_place", here.pk).status_code == 302
    log_in(client, make_person())
    assert client.get(reverse("manage_approvals")).status_code == 403
    assert post(client, "approve_place", there.pk).status_code == 404


def test_organisations_and_teams(client, as_):
    as_(Role.OFFICE)
    for _twice in range(2):
        post(client, "create_organisation", name="Nieuw", kind="school", ring="second")
    made = Organisation.objects.get(name="Nieuw")
    assert post(client, "create_organisation", name="", kind="?", ring="").context["form"].errors.keys() == {
        "name",
        "kind",
        "ring",
    }
    post(client, "edit_organisation", made.public_id, name="Nieuwer", kind="school", ring="second")
    for _twice in range(2):
        post(client, "create_team", made.public_id, name="Noord", kind="local")
    team = Team.objects.get(organisation=made)
    post(client, "edit_team", team.public_id, name="Zuid", kind="local")
    other = make_team(organisation=made)
    assert "into" in post(client, "merge_team", team.public_id, into="0", on="x").context["form"].errors
    for name in ("edit_team", "merge_team", "end_team"):
        assert client.get(reverse(name, args=[team.public_id])).status_code == 200
    assert post(client, "merge_team", team.public_id, into=other.pk, on=str(clock.today())).status_code == 302
    assert post(client, "end_team", other.public_id, on=str(clock.today())).status_code == 302
    target = make_organisation()
    for name in ("edit_organisation", "merge_organisation", "end_organisation", "create_team"):
        assert client.get(reverse(name, args=[made.public_id])).status_code == 200
    assert post(client, "merge_organisation", made.public_id, into=target.pk, on=str(clock.today())).status_code == 302
    assert post(client, "end_organisation", target.public_id, on=str(clock.today())).status_code == 302
    page = client.get(reverse("manage_organisation", args=[made.public_id])).content.decode()
    assert "opgegaan in" in page


def test_a_municipality_merges_once_whole_or_not_at_all(client, as_):
    as_(Role.ADMIN)
    old, new = make_municipality(name="Zeewolde"), make_municipality(name="Dronten")
    team = make_team()
    team.municipalities.add(old)
    speaker = make_with_role(Role.MUNICIPALITY, municipality=old)
    today = str(clock.today())
    for wrong, field in (({"into": old.pk, "on": today}, "into"), ({"into": new.pk, "on": "2099-01-01"}, "on")):
        page = post(client, "merge_municipality", municipality=old.pk, **wrong)
        assert list(page.context["form"].errors) == [field]
        assert list(team.municipalities.all()) == [old]
    assert "Gemeentelijke herindeling" in client.get("/beheer/").text
    page = client.post(
        reverse("merge_municipality"), {"municipality": old.pk, "into": new.pk, "on": today}, follow=True
    )
    assert "Zeewolde is opgegaan in Dronten." in page.text
    assert list(team.municipalities.all()) == [new]
    assert [one.municipality for one in RoleAssignment.objects.current().filter(person=speaker)] == [new]
    again = post(client, "merge_municipality", municipality=old.pk, into=new.pk, on=today)
    assert list(again.context["form"].errors) == ["municipality"]


def test_own_profile(client):
    person = make_membership().person
    log_in(client, person)
    assert client.get(reverse("profile")).status_code == 200
    assert post(client, "profile", display_name="An", phone="06 1234 5678").status_code == 302
    page = post(client, "profile", display_name="An", phone="bel maar")
    assert "phone" in page.context["form"].errors
    person.refresh_from_db()
    assert (person.shown_name, person.phone) == ("An", "06 1234 5678")

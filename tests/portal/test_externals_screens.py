"""Externals on screen: from signing up to being confirmed, and from one employer to the next."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse

from academy.common import clock
from academy.gatherings.domain.seats import take_seat
from academy.people.domain.inviting import invite_person
from academy.people.domain.organisations import add_mail_domain
from academy.people.domain.roles import assign_role
from academy.people.enums import Role
from academy.people.models import AuditEntry, JobFunction, Membership, OrganisationRequest, PersonalInvitation, User
from tests.certificates.factories import make_certificate
from tests.factories import PASSWORD, log_in, make_membership, make_organisation, make_person, make_team, make_with_role
from tests.gatherings.factories import make_gathering
from tests.people.factories import make_consent

pytestmark = pytest.mark.django_db


def post(client, view, /, *args, query="", **data):
    return client.post(reverse(view, args=args) + query, data)


def sign_up(client, email, query=""):
    post(client, "account_signup", query=query, full_name="Sanne Smit", email=email, password1=PASSWORD)
    key = EmailConfirmationHMAC(EmailAddress.objects.get(email=email)).key
    return post(client, "account_confirm_email", key)


def test_an_external_signs_up_and_says_where_she_works(client):
    organisation = make_organisation(name="Wijkteams")
    add_mail_domain(organisation=organisation, domain="wijkteams.nl", by=None)
    team, other = make_team(organisation=organisation), make_team()
    function = JobFunction.objects.filter(work_area="external").first()
    answer = sign_up(client, "sanne@wijkteams.nl")
    assert answer.url == f"{reverse('workplace')}?next=%2Fmijn%2F"
    page = client.get(answer.url)
    form = page.context["form"]
    assert form.initial["organisation"] == organisation.pk
    assert other not in form.fields["team"].queryset
    assert "organisation_name" not in form.fields
    assert "organisation_name" in client.get(reverse("workplace") + "?anders=1").context["form"].fields
    sent = {"organisation": organisation.pk, "team": team.pk, "job_function": function.pk}
    assert "team" in post(client, "workplace", **{**sent, "team": other.pk}).context["form"].errors
    for _twice in range(2):
        assert post(client, "workplace", **sent, next="/mijn/").url == "/mijn/"
    place = Membership.objects.get()
    assert (place.team, place.job_function, place.approved_at) == (team, function, None)
    post(client, "account_logout")
    assert post(client, "account_login", login="sanne@wijkteams.nl", password=PASSWORD).url == "/mijn/"


def test_whoever_was_going_somewhere_goes_on_there(client):
    answer = sign_up(client, "sanne@elders.nl", query="?next=/aanbod/")
    assert answer.url == f"{reverse('workplace')}?next=%2Faanbod%2F"
    assert post(client, "pass_workplace", next="/aanbod/").url == "/aanbod/"
    assert post(client, "pass_workplace", next="https://evil.example/").url == "/mijn/"
    assert client.get(reverse("workplace")).status_code == 200


def test_what_is_missing_or_double_is_said(client):
    organisation = make_organisation()
    make_organisation(is_own=True, name="Ons huis")
    log_in(client, make_person())
    errors = post(client, "workplace").context["form"].errors
    assert list(errors) == ["organisation"]
    both = post(client, "workplace", organisation=organisation.pk, organisation_name="Iets").context["form"]
    assert list(both.errors) == ["organisation_name"]
    assert list(post(client, "workplace", organisation="x").context["form"].errors) == ["organisation"]
    assert post(client, "workplace", organisation_name="Ons huis").context["form"].errors
    team = make_team(organisation=organisation)
    assert post(client, "workplace", team=team.pk).status_code == 302
    assert Membership.objects.get().organisation == organisation
    assert post(client, "workplace", organisation_name="Steunpunt").status_code == 302
    assert "Steunpunt" in client.get(reverse("workplace")).content.decode()


def test_staff_with_our_own_domain_wait_for_hr(client):
    own = make_organisation(is_own=True, name="Ons huis")
    add_mail_domain(organisation=own, domain="onshuis.nl", by=None)
    log_in(client, make_person(email="jan@onshuis.nl"))
    page = client.get(reverse("workplace"))
    assert "zet HR je plek klaar" in page.content.decode()
    assert own not in page.context["form"].fields["organisation"].queryset


def test_a_coordinator_answers_the_own_people(client):
    here, there = make_membership(), make_membership()
    renewed = make_membership(organisation=here.organisation, approved_at=clock.now() - timedelta(days=80))
    foreign = make_membership(approved_at=clock.now() - timedelta(days=80))
    asked = OrganisationRequest.objects.create(person=make_person(), organisation_name="Steun", asked_at=clock.now())
    log_in(client, make_with_role(Role.COORDINATOR, organisation=here.organisation))
    page = client.get(reverse("manage_approvals")).content.decode()
    assert here.person.full_name in page
    assert there.person.email not in page
    assert "Steun" not in page
    for name in ("answer_request", "decline_request"):
        assert client.get(reverse(name, args=[asked.public_id])).status_code == 403
    assert client.get(reverse("decline_place", args=[there.pk])).status_code == 404
    assert client.get(reverse("decline_place", args=[here.pk])).status_code == 200
    assert "reason" in post(client, "decline_place", here.pk).context["form"].errors
    assert "people" in post(client, "renew_places").context["form"].errors
    assert "people" in post(client, "renew_places", people=[foreign.pk]).context["form"].errors
    form = client.get(reverse("renew_places")).context["form"]
    assert list(form.fields["people"].queryset) == [renewed]
    assert post(client, "renew_places", people=[renewed.pk]).status_code == 302
    assert client.get(reverse("renew_places")).status_code == 302
    assert Membership.objects.get(pk=foreign.pk).approved_at == foreign.approved_at
    assert post(client, "decline_place", here.pk, reason="Onbekend").status_code == 302
    assert post(client, "approve_place", here.pk).status_code == 302
    here.refresh_from_db()
    assert here.approved_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_one_as_for_many(client, django_assert_num_queries, rows):
    office = make_with_role(Role.OFFICE)
    for _one in range(rows):
        place = make_membership(team=make_team())
        OrganisationRequest.objects.create(person=make_person(), organisation_name="Steun", asked_at=clock.now())
        invite_person(email=f"{place.person.public_id}@x.example", organisation=place.organisation, by=office)
        make_membership(approved_at=clock.now() - timedelta(days=80))
    log_in(client, office)
    client.get(reverse("manage_approvals"))
    with django_assert_num_queries(11):
        client.get(reverse("manage_approvals"))


def test_the_office_answers_a_question(client):
    organisation, person = make_organisation(), make_person()
    first, second = (
        OrganisationRequest.objects.create(person=one, organisation_name="Steunpunt", asked_at=clock.now())
        for one in (person, make_person())
    )
    log_in(client, make_with_role(Role.OFFICE))
    assert "Steunpunt" in client.get(reverse("answer_request", args=[first.public_id])).content.decode()
    assert "organisation" in post(client, "answer_request", first.public_id).context["form"].errors
    assert post(client, "answer_request", first.public_id, organisation=organisation.pk).status_code == 302
    assert Membership.objects.get(person=person).is_confirmed
    assert post(client, "decline_request", second.public_id, reason="Onbekend").status_code == 302
    own = make_organisation()
    assert client.get(reverse("add_mail_domain", args=[own.public_id])).status_code == 200
    assert "domain" in post(client, "add_mail_domain", own.public_id, domain="gmail.com").context["form"].errors
    assert post(client, "add_mail_domain", own.public_id, domain="steunpunt.nl").status_code == 302
    assert own.mail_domains.get().verified_on == clock.today()


def test_a_volunteer_joins_by_invitation(client):
    organisation = make_organisation()
    coordinator = make_with_role(Role.COORDINATOR, organisation=organisation)
    log_in(client, coordinator)
    form = client.get(reverse("invite_person")).context["form"]
    assert list(form.fields["organisation"].queryset) == [organisation]
    elsewhere = make_organisation()
    assert post(client, "invite_person", email="vrij@x.example", organisation=elsewhere.pk).context["form"].errors
    assert post(client, "invite_person", email="vrij@x.example", organisation=organisation.pk).status_code == 302
    withdrawn = PersonalInvitation.objects.get()
    assert post(client, "withdraw_invitation", withdrawn.public_id).status_code == 302
    _made, secret = invite_person(email="vrij@x.example", organisation=organisation, by=coordinator)
    client.logout()
    assert client.get(reverse("invitation_open", args=["onzin"])).url == reverse("invitation")
    assert "werkt niet meer" in client.get(reverse("invitation")).content.decode()
    assert client.get(reverse("invitation_open", args=[secret])).url == reverse("invitation")
    page = client.get(reverse("invitation"))
    assert "vrij@x.example" not in page.content.decode()
    assert page.context["signup_url"].endswith("?next=%2Fuitnodiging%2F")
    assert post(client, "invitation").url.startswith(reverse("account_login"))
    answer = sign_up(client, "vrij@x.example", query="?next=/uitnodiging/")
    assert answer.url == "/uitnodiging/"
    assert post(client, "invitation").url == "/mijn/"
    place = Membership.objects.get(person__email="vrij@x.example")
    assert (place.organisation, place.is_confirmed) == (organisation, True)
    log_in(client, coordinator)
    used = PersonalInvitation.objects.get(accepted_at__isnull=False)
    post(client, "withdraw_invitation", used.public_id)
    used.refresh_from_db()
    assert used.withdrawn_at is None


def test_an_invitation_of_somebody_else_is_refused_on_the_page(client):
    organisation = make_organisation()
    coordinator = make_with_role(Role.COORDINATOR, organisation=organisation)
    _made, secret = invite_person(email="vrij@x.example", organisation=organisation, by=coordinator)
    log_in(client, make_person())
    client.get(reverse("invitation_open", args=[secret]))
    assert "voor een ander e-mailadres" in post(client, "invitation").content.decode()
    assert not Membership.objects.exists()


def test_another_employer_keeps_the_portfolio_and_ends_the_sight(client):
    """From the day the place ends the old coordinator finds her nowhere: not on a page, by her id, or in the API."""
    make_consent()
    old, new = make_organisation(), make_organisation()
    coordinator = make_with_role(Role.COORDINATOR, organisation=old)
    successor = make_with_role(Role.COORDINATOR, organisation=new)
    place = make_membership(organisation=old, approved_at=clock.now(), starts_on=clock.today() - timedelta(days=99))
    person = place.person
    paper = make_certificate(person)
    gathering = make_gathering()
    take_seat(person=person, gathering=gathering, by=person)
    log_in(client, coordinator)
    theirs = reverse("team_person", args=[person.public_id])
    assert client.get(theirs).status_code == 200
    assert person.full_name in client.get(reverse("team_overview")).content.decode()
    log_in(client, person)
    assert client.get(reverse("leave_workplace", args=[make_membership().pk])).status_code == 404
    assert client.get(reverse("leave_workplace", args=[place.pk])).status_code == 200
    for _twice in range(2):
        post(client, "leave_workplace", place.pk, on=clock.today().isoformat())
    post(client, "workplace", organisation=new.pk)
    assert paper.title in client.get(reverse("mine_portfolio")).content.decode()
    assert [row["title"] for row in client.get("/api/v1/me/certificates").json()["items"]] == [paper.title]
    log_in(client, coordinator)
    assert client.get(theirs).status_code == 404
    assert person.full_name not in client.get(reverse("team_overview")).content.decode()
    assert client.get(f"/api/v1/gatherings/{gathering.public_id}/participants").status_code in {403, 404}
    assert client.get("/api/v1/hr/registrations").status_code == 403
    assert client.get(f"/certificaat/{paper.code}/pdf/").status_code == 404
    assert person not in User.objects.get_queryset().visible_to(User.objects.get(pk=coordinator.pk))
    assert post(client, "approve_place", Membership.objects.get(organisation=new).pk).status_code == 404
    log_in(client, successor)
    assert client.get(theirs).status_code == 404
    assert post(client, "approve_place", Membership.objects.get(organisation=new).pk).status_code == 302
    assert client.get(theirs).status_code == 200


def test_who_opened_or_changed_something_of_mine_is_there(client):
    make_consent()
    place = make_membership(full := make_person(display_name="Zij"), approved_at=clock.now())
    office, coordinator = make_with_role(Role.OFFICE), make_with_role(Role.COORDINATOR, organisation=place.organisation)
    log_in(client, office)
    client.get(reverse("manage_person", args=[full.public_id]))
    log_in(client, coordinator)
    client.get(reverse("team_person", args=[full.public_id]))
    log_in(client, full)
    page = client.get(reverse("own_view")).content.decode()
    for actor, words in ((office, "gegevens bekeken"), (coordinator, "gezien waaraan je meedoet")):
        assert f"{actor.shown_name}</td><td>{words}" in page
    assign_role(person=full, role=Role.AUDITOR, by=None)
    assert "gegevens bekeken" not in client.get(reverse("own_view")).content.decode()
    assert AuditEntry.objects.filter(subject=full).count() >= 3


def test_a_new_address_elsewhere_ends_the_confirmation(client):
    person = make_membership(make_person(email="zij@wijkteam.nl"), approved_at=clock.now()).person
    new = EmailAddress.objects.create(user=person, email="zij@elders.nl", verified=False, primary=False)
    post(client, "account_confirm_email", EmailConfirmationHMAC(new).key)
    person.refresh_from_db()
    assert person.email == "zij@elders.nl"
    assert not person.memberships.get().is_confirmed


def test_a_name_to_be_seen_by_is_plain(client):
    person = make_person()
    log_in(client, person)
    page = post(client, "profile", display_name="<b>Zij</b>", phone="")
    assert "display_name" in page.context["form"].errors
    assert post(client, "profile", display_name="Zij van Zuid", phone="").status_code == 302
    gathering = make_gathering()
    take_seat(person=person, gathering=gathering, by=None)
    log_in(client, make_with_role(Role.OFFICE))
    shown = client.get(f"/api/v1/gatherings/{gathering.public_id}/participants").json()["items"]
    assert [row["name"] for row in shown] == ["Zij van Zuid"]

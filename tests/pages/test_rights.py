import pytest

from academy.pages.models import HomePage
from academy.people.enums import Role
from tests.factories import make_person, make_with_role
from tests.pages.making import client_of, make_standard

pytestmark = pytest.mark.django_db
REFUSED = {302, 403, 404}
SECRET = "Zeegeheim onderwerp"

ACCOUNT_URLS = [
    "users/",
    "users/new/",
    "users/1/",
    "users/edit/1/",
    "groups/",
    "groups/new/",
    "groups/edit/1/",
    "bulk/people/user/delete/",
]
ADDRESSES = [
    "pages/{pk}/edit/",
    "pages/{pk}/history/",
    "pages/{pk}/history/results/",
    "pages/{pk}/revisions/{rev}/view/",
    "pages/{pk}/revisions/{rev}/revert/",
    "pages/{pk}/revisions/compare/earliest...latest/",
    "pages/{pk}/edit/preview/",
    "pages/{pk}/copy/",
    "pages/{pk}/usage/",
    "pages/{pk}/delete/",
    "pages/{pk}/unpublish/",
    "pages/{pk}/move/",
    "pages/{pk}/privacy/",
    "pages/{pk}/view_draft/",
    "pages/{pk}/workflow/status/",
    "pages/add/pages/standardpage/{pk}/",
    "bulk/wagtailcore/page/delete/?id={pk}",
]


@pytest.mark.parametrize("role", list(Role))
def test_accounts_and_groups_have_no_address_in_the_cms(role):
    person = make_with_role(role)
    for url in ACCOUNT_URLS:
        for method in ("get", "post"):
            assert getattr(client_of(person), method)(f"/cms/{url}").status_code in {403, 404}, url


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.TRAINER, Role.EDITOR, Role.ADMIN)])
def test_other_roles_do_not_enter_the_cms(role):
    assert client_of(make_with_role(role)).get("/cms/").status_code in REFUSED


def test_a_person_without_a_role_does_not_enter(client):
    assert client_of(make_person()).get("/cms/").status_code in REFUSED
    assert client.get("/cms/").status_code == 302


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TRAINER])
@pytest.mark.parametrize("address", ADDRESSES)
def test_another_section_stays_shut(role, address):
    mine, other = make_standard("Mijn deel"), make_standard(SECRET)
    revision = other.save_revision()
    person = make_with_role(role, section=mine)
    answer = client_of(person).get(f"/cms/{address.format(pk=other.pk, rev=revision.pk)}")
    if answer.status_code not in REFUSED:
        assert SECRET not in answer.content.decode(), address


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TRAINER])
def test_the_own_section_is_open(role):
    mine = make_standard("Mijn deel")
    client = client_of(make_with_role(role, section=mine))
    for url in ("edit/", "history/"):
        assert client.get(f"/cms/pages/{mine.pk}/{url}").status_code == 200
    assert client.get(f"/cms/pages/add/pages/standardpage/{mine.pk}/").status_code == 200


@pytest.mark.parametrize("role", [Role.EDITOR, Role.TRAINER])
def test_settings_are_for_administrators(role):
    client = client_of(make_with_role(role))
    assert client.get("/cms/settings/pages/sitesettings/", follow=True).redirect_chain[-1][0] == "/cms/"
    assert (
        client_of(make_with_role(Role.ADMIN)).get("/cms/settings/pages/sitesettings/", follow=True).status_code == 200
    )


def test_media_are_open_to_all_who_write():
    for role in (Role.EDITOR, Role.TRAINER, Role.ADMIN):
        client = client_of(make_with_role(role))
        assert client.get("/cms/images/").status_code == 200
        assert client.get("/cms/documents/").status_code == 200


def test_the_cms_has_no_door_of_its_own(client):
    assert client.get("/cms/login/").status_code in REFUSED
    assert client.get("/cms/password_reset/").status_code in REFUSED


def test_the_cms_bears_our_name_and_calls_nobody():
    page = client_of(make_with_role(Role.ADMIN)).get("/cms/").content.decode()
    assert "Blijf Groeien Academie" in page
    assert "releases.wagtail.org" not in page
    assert "wagtail.org" not in page
    assert "gravatar" not in page
    assert 'lang="nl' in page


def test_an_author_does_not_take_a_page_offline():
    page = make_standard()
    client_of(make_with_role(Role.TRAINER)).post(f"/cms/pages/{page.pk}/unpublish/")
    page.refresh_from_db()
    assert page.live
    assert HomePage.objects.get().live

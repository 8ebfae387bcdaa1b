import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Collection, CollectionViewRestriction, GroupPagePermission, Page, Site, Workflow

from academy.knowledge.domain.section import prepare_knowledge
from academy.knowledge.models import ArticleIndexPage, Theme
from academy.knowledge.vocabulary import THEMES
from academy.pages.domain.site import PRIVATE_COLLECTION, prepare_site
from academy.pages.models import HomePage
from academy.people.domain.roles import end_role
from academy.people.enums import Role
from academy.people.models import User
from tests.factories import make_with_role
from tests.pages.making import make_standard

pytestmark = pytest.mark.django_db


def fresh(person):
    """The person as the next request sees her."""
    return User.objects.get(pk=person.pk)


def test_migrate_alone_gives_a_working_home_page_and_knowledge_base(client):
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get()
    assert client.get("/").status_code == 200
    assert client.get("/kennisbank/").status_code == 200
    assert set(Group.objects.values_list("name", flat=True)) == {"Redactie", "Auteurs", "Beheer"}


def test_prepare_site_twice_changes_nothing():
    before = (Page.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count())
    prepare_site()
    call_command("migrate", verbosity=0)
    assert before == (Page.objects.count(), GroupPagePermission.objects.count(), Workflow.objects.count())


def test_no_group_may_touch_accounts_or_groups():
    for group in Group.objects.all():
        assert not group.permissions.filter(content_type__app_label__in=("people", "auth")).exists()


def test_editor_of_a_section_has_rights_there_only():
    mine, other = make_standard("Mijn deel"), make_standard("Ander deel")
    editor = make_with_role(Role.EDITOR, section=mine)
    assert mine.permissions_for_user(editor).can_edit()
    assert not other.permissions_for_user(editor).can_edit()
    assert not HomePage.objects.get().permissions_for_user(editor).can_edit()
    end_role(assignment=editor.role_assignments.get(), by=None)
    assert not editor.groups.exists()


def test_an_upgrade_gives_the_editor_of_a_section_what_her_role_has_today():
    mine, other = make_standard("Mijn deel"), make_standard("Ander deel")
    editor = make_with_role(Role.EDITOR, section=mine)
    editor.groups.get().page_permissions.all().delete()
    assert not mine.permissions_for_user(fresh(editor)).can_edit()
    prepare_site()
    assert mine.permissions_for_user(fresh(editor)).can_edit()
    assert not other.permissions_for_user(fresh(editor)).can_edit()


def test_a_site_that_greets_developers_becomes_ours():
    HomePage.objects.get().delete()
    root = Page.get_first_root_node()
    welcome = root.add_child(instance=Page(title="Welcome to your new Wagtail site!", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)
    home = prepare_site()
    assert [(page.title, page.live) for page in root.get_children()] == [("Blijf Groeien Academie", True)]
    site = Site.objects.get()
    assert (site.is_default_site, site.root_page.specific, site.site_name) == (True, home, "Blijf Groeien Academie")
    assert Workflow.objects.get().workflow_pages.get().page.specific == home


def test_private_documents_have_a_place_that_asks_to_log_in():
    Collection.objects.filter(name=PRIVATE_COLLECTION).delete()
    prepare_site()
    prepare_site()
    place = Collection.objects.get(name=PRIVATE_COLLECTION)
    assert place.get_parent() == Collection.get_first_root_node()
    assert [one.restriction_type for one in place.get_view_restrictions()] == [CollectionViewRestriction.LOGIN]


def test_themes_are_those_of_the_vocabulary_until_the_editors_decide():
    for rows in (Theme.objects.filter(parent__isnull=False), Theme.objects.all()):
        rows.delete()
    prepare_knowledge()
    found = {theme.name: (theme.pillar, theme.parent and theme.parent.name) for theme in Theme.objects.all()}
    assert found == {
        name: (pillar, above)
        for parent, (pillar, children) in THEMES.items()
        for name, above in [(parent, None), *((child, parent) for child in children)]
    }
    Theme.objects.filter(parent__isnull=False).delete()
    prepare_knowledge()
    assert {theme.name for theme in Theme.objects.all()} == set(THEMES)


# On SQLite a flush is a DELETE, which the triggers of the ledger refuse.
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_stands_again():
    call_command("flush", interactive=False, verbosity=0)
    assert HomePage.objects.count() == ArticleIndexPage.objects.count() == 1
    assert Theme.objects.exists()

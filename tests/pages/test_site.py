import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from academy.knowledge.models import ArticleIndexPage, Theme
from academy.pages.domain.site import prepare_site
from academy.pages.models import HomePage
from academy.people.domain.roles import end_role
from academy.people.enums import Role
from tests.factories import make_with_role
from tests.pages.making import make_standard

pytestmark = pytest.mark.django_db


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


# On SQLite a flush is a DELETE, which the triggers of the ledger refuse.
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_flushed_database_stands_again():
    call_command("flush", interactive=False, verbosity=0)
    assert HomePage.objects.count() == ArticleIndexPage.objects.count() == 1
    assert Theme.objects.exists()

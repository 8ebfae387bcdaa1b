from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow

from academy.common import clock
from academy.outbox.domain.publishing import publish_due
from academy.pages.models import HomePage, StandardPage
from academy.people.enums import Role
from tests.factories import make_with_role
from tests.pages.making import client_of, make_standard, page_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def author():
    return make_with_role(Role.TRAINER)


@pytest.fixture
def editor():
    return make_with_role(Role.EDITOR)


def create(person, **how):
    home = HomePage.objects.get()
    client_of(person).post(f"/cms/pages/add/pages/standardpage/{home.pk}/", {**page_form(), **how})
    return StandardPage.objects.get(slug="tekst")


def approve(person, page):
    state = page.current_workflow_task_state
    return client_of(person).post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk]))


@pytest.mark.parametrize("role", [Role.TRAINER, Role.EDITOR, Role.ADMIN])
def test_the_publish_button_saves_a_draft_and_says_why(role):
    person = make_with_role(role)
    page = create(person, **{"action-publish": "1"})
    assert not page.live
    client = client_of(person)
    said = client.post(f"/cms/pages/{page.pk}/edit/", {**page_form(), "action-publish": "1"}, follow=True)
    page.refresh_from_db()
    assert not page.live
    assert "Rechtstreeks publiceren kan niet" in said.content.decode()


@pytest.mark.parametrize("role", [Role.TRAINER, Role.EDITOR, Role.ADMIN])
def test_nobody_publishes_in_bulk(role):
    page = make_standard(live=False)
    page.save_revision()
    client_of(make_with_role(role)).post(f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}&next=/cms/")
    page.refresh_from_db()
    assert not page.live


def test_author_submits_and_an_editor_publishes(author, editor):
    page = create(author, **{"action-submit": "1"})
    assert page.workflow_in_progress
    approve(author, page)
    page.refresh_from_db()
    assert not page.live
    approve(editor, page)
    page.refresh_from_db()
    assert page.live


def test_an_editor_does_not_approve_her_own_but_a_second_one_does(editor):
    page = create(editor, **{"action-submit": "1"})
    approve(editor, page)
    page.refresh_from_db()
    assert not page.live
    approve(make_with_role(Role.EDITOR), page)
    page.refresh_from_db()
    assert page.live


def test_the_task_itself_refuses_whatever_the_road(editor):
    page = create(editor, **{"action-submit": "1"})
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied, match="Een collega kijkt haar na"):
        state.task.specific.on_action(state, editor, "approve")
    assert [name for name, _label, _modal in state.task.specific.get_actions(page, editor)] == ["reject"]


def test_who_changes_while_approving_made_it_her_own_work(author, editor):
    page = create(author, **{"action-submit": "1"})
    form = page_form(title="Toch anders")
    client_of(editor).post(
        f"/cms/pages/{page.pk}/edit/",
        {**form, "action-workflow-action": "1", "workflow-action-name": "approve"},
    )
    page.refresh_from_db()
    assert not page.live
    assert page.get_latest_revision().user == editor


def test_an_editor_of_another_section_does_not_approve(author):
    page = create(author, **{"action-submit": "1"})
    stranger = make_with_role(Role.EDITOR, section=make_standard("Elders"))
    approve(stranger, page)
    page.refresh_from_db()
    assert not page.live
    task = page.current_workflow_task
    assert task.get_actions(page, stranger) == []
    assert not task.get_task_states_user_can_moderate(stranger).exists()


def test_the_dashboard_shows_an_editor_what_waits(author, editor):
    create(author, **{"action-submit": "1"})
    task = Workflow.objects.get().workflow_tasks.get().task.specific
    assert task.get_task_states_user_can_moderate(editor).count() == 1
    assert client_of(editor).get("/cms/").status_code == 200


def test_an_approved_page_with_a_date_waits_for_that_date(author, editor):
    later = timezone.localtime() + timedelta(days=2)
    page = create(author, **{"action-submit": "1", "go_live_at": later.strftime("%Y-%m-%d %H:%M")})
    approve(editor, page)
    page.refresh_from_db()
    assert not page.live
    assert page.approved_schedule
    publish_due()
    page.refresh_from_db()
    assert not page.live
    with clock.frozen(later + timedelta(minutes=1)):
        publish_due()
    page.refresh_from_db()
    assert page.live

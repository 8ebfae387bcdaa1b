import pytest
from wagtail.models import TaskState

from academy.knowledge.models import Term
from academy.people.enums import Role
from tests.factories import log_in, make_with_role
from tests.knowledge.making import make_term
from tests.pages.making import make_article

pytestmark = pytest.mark.django_db
ADD = "/cms/snippets/knowledge/term/add/"
FORM = {
    "name": "Meldcode",
    "slug": "meldcode",
    "variants": "",
    "explanation": "Vijf stappen.",
    "article": "",
    "review_on": "",
}


@pytest.fixture
def editors(client):
    return make_with_role(Role.EDITOR), make_with_role(Role.EDITOR)


def send(client, person, address, **extra):
    log_in(client, person)
    return client.post(address, FORM | extra)


def written(client, author):
    send(client, author, ADD, **{"action-submit": "1"})
    return Term.objects.get(name="Meldcode")


def test_a_term_becomes_public_when_a_colleague_approves_it(client, editors):
    author, reviewer = editors
    term = written(client, author)
    assert not term.live
    state = TaskState.objects.get()
    assert list(TaskState.objects.reviewable_by(reviewer)) == [state]
    assert list(TaskState.objects.reviewable_by(author)) == []
    log_in(client, reviewer)
    address = f"/cms/snippets/knowledge/term/workflow/action/{term.pk}/approve/{state.pk}/"
    client.post(address, {})
    term.refresh_from_db()
    assert term.live
    assert "Vijf stappen." in client.get("/kennisbank/begrippen/").content.decode()


def test_the_author_does_not_approve_her_own_term(client, editors):
    author, _reviewer = editors
    term = written(client, author)
    state = TaskState.objects.get()
    client.post(f"/cms/snippets/knowledge/term/workflow/action/{term.pk}/approve/{state.pk}/", {})
    term.refresh_from_db()
    assert not term.live


def test_nobody_publishes_past_the_review(client, editors):
    author, _reviewer = editors
    send(client, author, ADD, **{"action-publish": "1"})
    assert not Term.objects.filter(live=True).exists()
    log_in(client, author)
    term = make_term("Ander", live=False)
    edit = client.get(f"/cms/snippets/knowledge/term/edit/{term.pk}/").content.decode()
    assert "action-publish" not in edit
    assert "action-submit" in edit


def test_a_trainer_does_not_write_terms(client):
    trainer = make_with_role(Role.TRAINER)
    send(client, trainer, ADD, **{"action-submit": "1"})
    assert not Term.objects.exists()


def test_a_waiting_page_with_the_same_number_is_not_mistaken_for_a_term(client, editors):
    """Keys of pages and of terms are both numbers."""
    author, reviewer = editors
    term = written(client, author)
    trainer = make_with_role(Role.TRAINER)
    assert list(TaskState.objects.reviewable_by(trainer)) == []
    article = make_article("Iets")
    assert str(article.pk) != ""
    assert [state.workflow_state.content_object for state in TaskState.objects.reviewable_by(reviewer)] == [term]

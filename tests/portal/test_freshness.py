from datetime import timedelta

import pytest

from academy.common import clock
from academy.people.enums import Role
from academy.portal import freshness as module
from academy.portal.freshness import freshness
from tests.factories import log_in, make_with_role
from tests.gatherings.factories import make_offering
from tests.knowledge.making import make_group, make_term
from tests.pages.making import make_article

pytestmark = pytest.mark.django_db


def ago(days):
    return clock.today() - timedelta(days=days)


def test_what_is_past_its_day_is_listed_oldest_first():
    make_article("Oud", review_on=ago(1))
    make_offering(title="Ouder", review_on=ago(3))
    make_term("Oudst", review_on=ago(5))
    make_group(review_on=ago(2))
    make_article("Vandaag", review_on=ago(0))
    make_article("Concept", review_on=ago(9), live=False)
    make_article("Zonder dag")
    found = freshness()
    assert [due.title for due in found.due] == ["Oudst", "Ouder", "Voor lokale-teams", "Oud"]
    assert (found.fresh, found.total, found.undated, found.more, found.share) == (1, 4, 1, 0, 25)


def test_an_empty_academy_has_no_share():
    assert (freshness().share, freshness().due) == (None, ())


def test_a_long_list_says_how_many_more(monkeypatch):
    monkeypatch.setattr(module, "LISTED", 2)
    for number in range(3):
        make_article(f"Oud {number}", review_on=ago(number + 1))
    found = freshness()
    assert ([due.title for due in found.due], found.more) == (["Oud 2", "Oud 1"], 1)


@pytest.mark.parametrize(("role", "sees"), [(Role.EDITOR, True), (Role.ADMIN, True), (Role.TRAINER, False)])
def test_the_editor_sees_it_on_the_first_page_of_the_cms(client, role, sees):
    article, term = make_article("Oud artikel", review_on=ago(1)), make_term("Oud begrip", review_on=ago(1))
    log_in(client, make_with_role(role))
    answer = client.get("/cms/").content.decode()
    assert ("Na te kijken" in answer) is sees
    assert (f"/cms/pages/{article.pk}/edit/" in answer) is sees
    assert (f"/cms/snippets/knowledge/term/edit/{term.pk}/" in answer) is sees

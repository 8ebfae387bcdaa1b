import pytest
from django.contrib.auth.models import AnonymousUser, Group
from wagtail.models import PageViewRestriction

from academy.knowledge.demo.load import ARTICLES, load_articles
from academy.knowledge.enums import ArticleKind
from academy.knowledge.models import ArticlePage, Theme
from academy.people.enums import Role
from tests.factories import make_person, make_with_role
from tests.pages.making import make_article

pytestmark = pytest.mark.django_db


def test_facets_stand_in_the_address(client):
    theme = Theme.objects.get(slug="intieme-terreur")
    make_article("Over terreur", themes=[theme], kind=ArticleKind.ARTICLE)
    make_article("Over praktijk", kind=ArticleKind.BEST_PRACTICE)

    def titles(**asked):
        return [card.title for card in client.get("/kennisbank/", asked).context["cards"]]

    assert sorted(titles()) == ["Over praktijk", "Over terreur"]
    assert titles(thema="intieme-terreur") == ["Over terreur"]
    assert titles(thema="patronen-van-geweld") == ["Over terreur"]
    assert titles(soort="praktijk") == ["Over praktijk"]
    assert titles(soort="praktijk", thema="intieme-terreur") == []
    assert titles(q="praktijken") == ["Over praktijk"]
    assert len(titles(soort="onzin")) == 2


def test_the_list_has_pages(client):
    for number in range(13):
        make_article(f"Artikel {number}")
    assert len(client.get("/kennisbank/").context["cards"]) == 12
    assert len(client.get("/kennisbank/", {"page": "2"}).context["cards"]) == 1
    assert client.get("/kennisbank/", {"page": "onzin"}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, rows):
    theme = Theme.objects.first()
    for number in range(rows):
        make_article(f"Artikel {number}", themes=[theme])
    client.get("/kennisbank/")
    with django_assert_num_queries(13):
        client.get("/kennisbank/")


@pytest.mark.parametrize("rows", [1, 3])
def test_search_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, rows):
    for number in range(rows):
        make_article(f"Stalker {number}")
    client.get("/zoeken/", {"q": "stalker"})
    with django_assert_num_queries(7):
        client.get("/zoeken/", {"q": "stalker"})


def test_an_article_is_cheap(client, django_assert_num_queries):
    load_articles(by=make_person())
    client.get("/kennisbank/vijf-stappen-meldcode/")
    with django_assert_num_queries(8):
        client.get("/kennisbank/vijf-stappen-meldcode/")


def test_visible_to_follows_restrictions():
    article, member, editor = make_article(), make_person(), make_with_role(Role.EDITOR)

    def seen_by(user):
        return ArticlePage.objects.visible_to(user).exists()

    assert seen_by(AnonymousUser())
    restriction = PageViewRestriction.objects.create(page=article.get_parent(), restriction_type="login")
    assert (seen_by(AnonymousUser()), seen_by(member), seen_by(editor)) == (False, True, True)
    restriction.restriction_type = "groups"
    restriction.save()
    restriction.groups.add(Group.objects.get(name="Redactie"))
    assert (seen_by(AnonymousUser()), seen_by(member), seen_by(editor)) == (False, False, True)
    make_article("Concept", live=False)
    assert ArticlePage.objects.visible_to(editor).count() == 1


def test_the_demo_articles_are_sound(client):
    pages = load_articles(by=make_person())
    assert len(pages) == len(ARTICLES) == 11
    for page in ArticlePage.objects.all():
        page.body.stream_block.clean(page.body)
        assert 250 <= len(page.text.split()) <= 500, page.slug
        assert page.themes.exists(), page.slug
        assert page.sources.exists(), page.slug
        answer = client.get(page.url).content.decode()
        assert "0800-2000" in answer
        assert "Snel weg" in answer
        assert "Lees ook" in answer
    assert load_articles(by=make_person()) == []
    assert client.get("/contact/").status_code == client.get("/over-de-academie/").status_code == 200


def test_related_articles_share_a_theme(client):
    theme = Theme.objects.first()
    first, second = make_article("Een", themes=[theme]), make_article("Twee", themes=[theme])
    make_article("Drie")
    assert client.get(first.url).context["related"] == [second]

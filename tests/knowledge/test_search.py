import time
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from academy.gatherings.enums import Audience
from academy.knowledge import search as module
from academy.knowledge.domain.indexing import catch_up, forget, index
from academy.knowledge.enums import SearchKind
from academy.knowledge.models import SearchEntry, SearchPosting, SearchWord, Theme
from academy.knowledge.results import found, snippet
from academy.knowledge.search import Question, ask, find, nearest, read
from academy.pages.models import BasePage, HomePage
from tests.factories import make_membership, make_organisation, make_person
from tests.gatherings.factories import make_offering
from tests.knowledge.making import make_group, make_term
from tests.pages.making import make_article, make_standard

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def stalking():
    return make_article("Omgaan met stalkers", introduction="Gesprekken en coördinatie in het café, met getuigen.")


def titles(text, user=VISITOR, kind="", number=None):
    return [result.title for result in found(user, text, kind, number).results]


@pytest.mark.parametrize(
    "words",
    [
        "stalker",
        "STALKERS",
        "gesprek",
        "gesprekken",
        "coordinatie",
        "coördinatie",
        "cafe",
        "café",
        "getuige",
        "omgaan stalkers",
        "omgaan met de stalkers",
    ],
)
def test_words_are_found_by_stem_and_without_accents(stalking, words):
    assert find(words) == [stalking.pk]


def test_every_word_must_be_there(stalking):
    make_article("Raket")
    assert find("stalker raket") == []
    assert find("stalker gesprek") == [stalking.pk]


def test_a_title_weighs_more_than_running_text():
    text = make_article("Iets", body=[("text", "<p>stalker stalker stalker stalker stalker</p>")])
    introduction = make_article("Nog iets", introduction="Over een stalker.")
    title = make_article("Stalker")
    assert find("stalker") == [title.pk, introduction.pk, text.pk]


def test_a_theme_is_found_by_its_name():
    article = make_article("Zonder dat woord", live=False)
    article.themes = [Theme.objects.get(slug="femicide")]
    article.save_revision().publish()
    assert find("femicide") == [article.pk]


def test_drafts_are_not_found(stalking):
    make_article("Stalkers", live=False)
    assert find("stalkers") == [stalking.pk]
    stalking.unpublish()
    assert find("stalkers") == []
    assert not SearchEntry.objects.filter(page=stalking.pk).exists()


def test_what_is_removed_or_unpublished_behind_our_back_is_not_shown(stalking):
    Page.objects.filter(pk=stalking.pk).update(live=False)
    assert titles("stalkers") == []
    stalking.delete()
    assert find("stalkers") == []


def test_a_change_is_found_at_once_and_what_did_not_change_costs_two_reads(stalking, django_assert_num_queries):
    stalking.title = "Femicide"
    stalking.save()
    assert find("femicide") == [stalking.pk]
    assert find("stalkers") == []
    with django_assert_num_queries(4):  # its themes, what is kept of it, and a savepoint round them
        index(thing=stalking)


def test_kinds_can_be_asked_for_by_themselves(stalking):
    offering = make_offering(title="Stalkers herkennen")
    assert find("stalkers", ["training"]) == [offering.pk]
    assert find("stalkers", ["artikel"]) == [stalking.pk]
    assert titles("stalkers", kind="training") == ["Stalkers herkennen"]
    assert len(titles("stalkers", kind="onzin")) == 2


def test_everything_is_found_in_one_place(stalking):
    make_offering(title="Training over stalkers")
    make_standard("Contact over stalkers")
    make_group("lokale-teams", introduction="Ook over stalkers.")
    make_term("Stalker", "Wie een ander blijft volgen.")
    shown = found(VISITOR, "stalker", "", None)
    assert {kind.value: kind.number for kind in shown.kinds} == {"artikel": 1, "begrip": 1, "training": 1, "pagina": 2}
    assert shown.total == 5
    assert {result.url for result in shown.results} >= {stalking.url, "/kennisbank/begrippen/#begrip-stalker"}


@pytest.mark.parametrize(("audience", "seen"), [("everyone", 3), ("external", 3), ("internal", 1), ("invitation", 0)])
def test_offers_are_found_by_who_may_see_them(audience, seen):
    make_offering(title="Stalkers", audience=Audience(audience))
    colleague = make_membership(organisation=make_organisation(is_own=True)).person
    assert sum(len(titles("stalkers", user)) for user in (VISITOR, make_person(), colleague)) == seen


def test_every_page_with_an_audience_is_found_by_that_audience_only():
    """Also the kinds that other packages bring: a page that keeps people out may not tell them its title."""
    kinds = [model for model in apps.get_models() if issubclass(model, BasePage) and hasattr(model, "audience")]
    assert len(kinds) > 1
    for kind in kinds:
        assert kind(audience=Audience.INTERNAL).search_gate == "internal", kind
        assert str(kind().search_kind) in SearchKind.values, kind


def test_restricted_pages_are_found_by_who_may_read_them(stalking):
    make_term("Stalker")
    restriction = PageViewRestriction.objects.create(page=stalking.get_parent(), restriction_type="login")
    assert titles("stalkers") == ["Stalker"]
    assert sorted(titles("stalkers", make_person())) == ["Omgaan met stalkers", "Stalker"]
    restriction.restriction_type, restriction.password = "password", "geheim"
    restriction.save()
    assert titles("stalkers", make_person()) == ["Stalker"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("meldkode", "meldcode"), ("leertafl", "leertafel"), ("femcide", "femicide")]
)
def test_typing_errors_are_mended_and_said(typed, meant, client):
    article = make_article(f"Over {meant}")
    assert find(typed) == [article.pk]
    answer = client.get("/zoeken/", {"q": typed}).content.decode()
    assert f"Het woord “{typed}” staat nergens. We zochten op “{meant}”." in answer


def test_the_beginning_of_a_word_is_enough_and_nonsense_is_not(stalking):
    assert nearest("stalk").shown == "stalkers"
    assert find("coordin") == [stalking.pk]
    assert nearest("qqxxzz") is None
    assert nearest("st") is None
    assert find("qqxxzz") == []


def test_a_word_that_only_stood_in_what_is_gone_mends_nothing(stalking):
    forget(thing=stalking)
    assert SearchWord.objects.filter(shown="stalkers").exists()
    assert nearest("stalkrs") is None


def test_without_the_extension_words_are_compared_by_ourselves(stalking, monkeypatch):
    monkeypatch.setattr(module, "knows_likeness", lambda: False)
    assert find("stelkers") == [stalking.pk]


@pytest.mark.postgresql
def test_postgresql_looks_up_words_that_look_alike(stalking):
    assert module.knows_likeness()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'knowledge_searchword_likeness'")
        assert cursor.fetchone()


@pytest.mark.postgresql
def test_a_role_that_may_not_create_the_extension_is_told_and_goes_on(caplog):
    migration = import_module("academy.knowledge.migrations.0003_word_likeness")

    class Editor:
        connection = connection

        def execute(self, _statement):
            raise DatabaseError("permission denied to create extension")

    migration.add_likeness(None, Editor())
    assert "CREATE EXTENSION pg_trgm" in caplog.text


@pytest.mark.parametrize(
    "words",
    [
        '"',
        "AND",
        "OR",
        "NOT",
        "a OR b",
        "NEAR(a b)",
        "stal*",
        "^stalker",
        "title:stalker",
        "(",
        ")",
        "-stalker",
        "'; DROP TABLE",
        "%",
        "\\",
        "&|!",
        ":*",
        "<->",
        "_",
        "😀",
    ],
)
def test_operators_are_only_words(stalking, client, words):
    find(words)
    assert client.get("/zoeken/", {"q": words}).status_code == 200
    assert client.get("/kennisbank/", {"q": words}).status_code == 200
    assert client.get("/aanbod/", {"q": words}).status_code == 200


@pytest.mark.parametrize("address", ["/zoeken/", "/kennisbank/"])
def test_unreadable_character_is_refused_with_a_sentence(client, address):
    answer = client.get(address, {"q": "stal\x00ker"})
    assert answer.status_code == 400
    assert "Er staat een teken in dat we niet kunnen lezen." in answer.content.decode()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 100_000, "Je zoekvraag is te lang. Gebruik hoogstens 200 tekens"),
        ("😀 !", "Daar staan geen woorden in."),
        ("de het een", "Zulke woorden staan in elke tekst."),
    ],
)
def test_what_one_cannot_look_for_is_said(client, text, sentence):
    for address in ("/zoeken/", "/kennisbank/"):
        assert sentence in client.get(address, {"q": text}).content.decode()
    assert find(text) == []


def test_a_question_is_at_most_so_many_words():
    assert len(read("alfa bravo charlie delta echo foxtrot golf hotel india juliett").stems) == module.MOST_WORDS
    assert read("stalker stalkers").stems == read("stalker").stems


@pytest.mark.parametrize("text", ["a" * 10**6, "a " * 500_000, "ij" * 500_000, "<" * 10**6, '"' * 10**6])
def test_a_million_characters_are_answered_at_once(stalking, text):
    find("warm")
    started = time.process_time()
    find(text)
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize("url", ["/zoeken/", "/kennisbank/"])
def test_search_boxes_answer_long_questions_quickly(stalking, client, url):
    client.get(url, {"q": "warm"})
    started = time.process_time()
    answer = client.get(url, {"q": "x" * 10**6})
    assert answer.status_code == 200
    assert time.process_time() - started < 0.3
    assert len(answer.content) < 30_000


def test_nothing_found_shows_a_way_on(stalking, client):
    make_article("Raketten", themes=[Theme.objects.get(slug="patronen-van-geweld")])
    nothing = client.get("/zoeken/", {"q": "qqxxzz"}).content.decode()
    assert "Dit staat nergens: qqxxzz" in nothing
    assert "/kennisbank/?thema=patronen-van-geweld" in nothing
    apart = client.get("/zoeken/", {"q": "stalker raket"}).content.decode()
    assert "Er is niets waarin al je woorden staan." in apart
    assert 'href="/zoeken/?q=raket"' in apart
    assert "Je zoekt in artikelen" in client.get("/zoeken/").content.decode()


def test_hits_are_counted_up_to_a_bound_and_a_kind_is_looked_up_again(monkeypatch, stalking, client):
    monkeypatch.setattr(module, "MOST_FOUND", 2)
    for number in range(3):
        make_offering(title=f"Stalkers stalkers {number}")
    shown = found(VISITOR, "stalkers", "", None)
    assert (shown.answer.many, shown.total) == (True, 2)
    assert titles("stalkers", kind="artikel") == ["Omgaan met stalkers"]
    assert "Meer dan" in client.get("/zoeken/", {"q": "stalkers"}).content.decode()


def test_pages_follow_each_other():
    for number in range(13):
        make_article(f"Stalker {number:02}")
    assert (len(titles("stalker")), len(titles("stalker", number="2"))) == (12, 1)


def test_the_hit_is_marked_and_nothing_else_is_markup():
    roots = {"stalker", "stalk"}
    shown = snippet("", f"{'voor ' * 40}<b>Stalkers & co</b> {'na ' * 90}", roots)
    assert "&lt;b&gt;<mark>Stalkers</mark> &amp; co&lt;/b&gt;" in shown
    assert shown.startswith("… voor")
    assert shown.endswith(" …")
    assert snippet("Over <i>iets</i>", "", roots) == "Over &lt;i&gt;iets&lt;/i&gt;"
    assert snippet("Een stalker.", "", roots) == "Een <mark>stalker</mark>."


def test_scripts_in_titles_and_questions_are_only_text(client):
    make_article("<script>alert(1)</script> stalker", introduction="<img src=x onerror=alert(2)> stalker")
    answer = client.get("/zoeken/", {"q": "stalker <script>"}).content.decode()
    assert "<script>alert" not in answer
    assert "<img src=x" not in client.get("/zoeken/", {"q": "stalker"}).content.decode()


def test_the_index_can_be_made_anew(stalking):
    term = make_term("Stalker")
    SearchEntry.objects.filter(Q(page=stalking.pk) | Q(term=term)).delete()
    assert catch_up() == 2
    assert SearchEntry.objects.filter(term=term).exists()
    assert catch_up() == 0
    before = SearchPosting.objects.count()
    SearchWord.objects.create(stem="weeswoord", shown="weeswoord")
    call_command("update_index", backend_name="site", verbosity=0)
    assert SearchPosting.objects.count() == before
    assert not SearchWord.objects.filter(stem="weeswoord").exists()
    assert find("stalkers") == [stalking.pk]


def test_a_removed_term_is_not_found():
    term = make_term("Stalker")
    assert titles("stalker") == ["Stalker"]
    term.delete()
    assert titles("stalker") == []
    assert SearchEntry.objects.filter(page=HomePage.objects.get()).exists()


def test_an_empty_question_finds_nothing():
    assert ask(VISITOR, Question()).hits == ()

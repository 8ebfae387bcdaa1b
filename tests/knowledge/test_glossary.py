import pytest
from django.core.exceptions import ValidationError

from academy.knowledge.domain.glossary import Entry, publish_term
from academy.knowledge.explaining import explain, glossary
from academy.knowledge.models import Term
from tests.factories import make_person
from tests.knowledge.making import make_term
from tests.pages.making import make_article

pytestmark = pytest.mark.django_db
BUTTON = '<dfn><button type="button" class="term" popovertarget="begrip-{}">{}</button></dfn>'


def html(*parts):
    return explain(parts).html


@pytest.fixture
def meldcode():
    return make_term("Meldcode", variants="meld-code")


def test_the_first_occurrence_is_a_button_and_the_card_says_what_it_is(meldcode):
    shown = explain(["<p>De meldcode en nog eens de Meldcode.</p>", "<p>Meldcode</p>"])
    assert shown.html == f"<p>De {BUTTON.format('meldcode', 'meldcode')} en nog eens de Meldcode.</p><p>Meldcode</p>"
    assert [(card.name, card.anchor, card.explanation) for card in shown.cards] == [
        ("Meldcode", "begrip-meldcode", "Vijf stappen.")
    ]


@pytest.mark.parametrize("word", ["meldcode", "MELDCODE", "meldcodes", "meldcode's", "meld-code"])
def test_spellings_and_plurals_count(meldcode, word):
    assert html(f"<p>{word}</p>") == f"<p>{BUTTON.format('meldcode', word)}</p>"


@pytest.mark.parametrize("word", ["meldcodeboek", "hoofdmeldcode", "meldcode-stap", "wet-meldcode", "meld code"])
def test_a_part_of_another_word_does_not(meldcode, word):
    assert html(f"<p>{word}</p>") == f"<p>{word}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<h2>Meldcode</h2>",
        '<a href="/x/">de <b>meldcode</b> hier</a>',
        "<summary>Meldcode</summary>",
        '<img alt="meldcode" src="/x.png">',
        '<p data-x="a > meldcode">niets</p>',
        "<code>meldcode</code>",
    ],
)
def test_headings_links_and_attributes_are_left_alone(meldcode, text):
    assert html(text) == text
    assert html(text, "<p>meldcode</p>").endswith(f"<p>{BUTTON.format('meldcode', 'meldcode')}</p>")


def test_what_was_escaped_stays_escaped(meldcode):
    text = "<p>&lt;script&gt; &amp; &#39;x&#39; caf&eacute;<br/> meldcode</p>"
    assert html(text) == text.replace("meldcode", BUTTON.format("meldcode", "meldcode"))
    assert html("<p>een<!-- geheim --> woord</p>") == "<p>een woord</p>"


def test_a_hostile_term_is_only_text():
    with pytest.raises(ValidationError):
        Term(name="<script>", slug="x", explanation="y").full_clean()
    make_term("<b>x", "<script>alert(1)</script>", slug="x")
    shown = explain(["<p>&lt;b&gt;x en <b>x</b></p>"])
    assert "<script>" not in shown.html


def test_the_longest_term_wins():
    make_term("intieme terreur", slug="intieme-terreur")
    make_term("terreur")
    assert html("<p>intieme terreur</p>") == f"<p>{BUTTON.format('intieme-terreur', 'intieme terreur')}</p>"


def test_drafts_explain_nothing_and_no_terms_change_nothing():
    assert html("<p>Meldcode</p>") == "<p>Meldcode</p>"
    make_term("Meldcode", live=False)
    assert glossary() == ()


def test_terms_are_asked_for_once(meldcode, django_assert_num_queries):
    glossary()
    with django_assert_num_queries(0):
        explain(["<p>Meldcode</p>"])


def test_an_article_explains_its_words_with_a_way_on(client, meldcode):
    about = make_article("Alles over de stappen")
    Term.objects.filter(pk=meldcode.pk).update(article=about)
    page = make_article("Iets", body=[("heading", {"text": "Meldcode", "level": "2"}), ("text", "<p>De Meldcode.</p>")])
    answer = client.get(page.url).content.decode()
    assert BUTTON.format("meldcode", "Meldcode") in answer
    assert 'id="begrip-meldcode" popover' in answer
    assert f'<a href="{about.url}">Alles over de stappen</a>' in answer


def test_the_list_of_terms_goes_from_a_to_z(client):
    make_term("veilig thuis", slug="vt", article=make_article("Bellen"))
    make_term("Meldcode")
    make_term("Concept", live=False)
    answer = client.get("/kennisbank/begrippen/")
    assert list(answer.context["letters"]) == ["M", "V"]
    assert 'id="begrip-vt"' in answer.content.decode()
    assert "Bellen" in answer.content.decode()


def test_an_empty_list_says_what_will_stand_there(client):
    assert "Nog geen begrippen" in client.get("/kennisbank/begrippen/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(client, django_assert_num_queries, rows):
    for number in range(rows):
        make_term(f"Begrip {number}", article=make_article(f"Artikel {number}"))
    client.get("/kennisbank/begrippen/")
    with django_assert_num_queries(4):
        client.get("/kennisbank/begrippen/")


def test_publishing_from_code_keeps_what_stands():
    article, by = make_article("Stappen", slug="stappen"), make_person()
    first = publish_term(entry=Entry("Meldcode", "Vijf stappen.", article="stappen"), review_on=None, by=by)
    again = publish_term(entry=Entry("Meldcode", "Iets anders."), review_on=None, by=by)
    assert (first.live, first.article, first.latest_revision.user) == (True, article, by)
    assert again == first
    assert again.explanation == "Vijf stappen."


def test_publishing_a_term_with_markup_is_refused():
    with pytest.raises(ValidationError):
        publish_term(entry=Entry("<b>", "x"), review_on=None, by=make_person())
    assert not Term.objects.exists()

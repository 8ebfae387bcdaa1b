import json
from html import escape
from html.parser import HTMLParser

import pytest
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from academy.knowledge.models import ArticleSource
from academy.pages.blocks import BodyBlock
from academy.pages.models import StandardPage
from academy.people.enums import Role
from tests.factories import make_with_role
from tests.pages.making import client_of, make_article, make_standard, page_form

pytestmark = pytest.mark.django_db
BODY = BodyBlock()
PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '<a href="javascript:alert(1)">x</a>',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "{{ request.user.email }}{% debug %}",
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
]


class Dangers(HTMLParser):
    """Collects what a browser could run."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "iframe", "object", "embed"} and not dict(attrs).get("src", "").startswith("/static/"):
            self.found.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith(("javascript:", "data:text")):
                self.found.append(f"{tag} {name}={value}")


def dangers(html):
    reader = Dangers()
    reader.feed(html)
    return reader.found


def heading(level, text="Kop"):
    return {"type": "heading", "value": {"text": text, "level": level}}


def clean(*rows):
    return BODY.clean(BODY.to_python(list(rows)))


def test_a_heading_may_not_skip_a_level():
    clean(heading("2"), heading("3"), heading("3"), heading("2"))
    with pytest.raises(StreamBlockValidationError) as refusal:
        clean(heading("3"))
    assert "Kies niveau" in str(refusal.value.block_errors[0])


def test_a_draft_may_be_unfinished():
    BODY.clean_deferred(BODY.to_python([heading("3")]))


@pytest.mark.parametrize(
    "link",
    [
        {"text": "", "page": None, "url": "https://voorbeeld.example/"},
        {"text": "Lees", "page": None, "url": ""},
        {"text": "Lees", "page": None, "url": "javascript:alert(1)"},
        {"text": "   ", "page": None, "url": "https://voorbeeld.example/"},
    ],
)
def test_a_link_needs_words_and_one_goal(link):
    with pytest.raises((StreamBlockValidationError, StructBlockValidationError)):
        clean({"type": "links", "value": {"title": "", "links": [link]}})


def test_a_picture_needs_words():
    with pytest.raises(StreamBlockValidationError):
        clean({"type": "image", "value": {"image": None, "alt": "", "caption": ""}})


def test_submitting_refuses_what_a_draft_may_hold():
    editor = make_with_role(Role.EDITOR)
    page = make_standard(live=False)
    client = client_of(editor)
    body = [("heading", {"text": "Kop", "level": "3"})]
    client.post(f"/cms/pages/{page.pk}/edit/", {**page_form(body=body), "action-submit": "1"})
    page = StandardPage.objects.get(pk=page.pk)
    assert not page.workflow_in_progress


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_in_every_text_field_are_inert(client, payload):
    # Rich text reaches the database only through the editor's converter; the test below sends it there.
    body = [
        {"type": "heading", "value": {"text": payload, "level": "2"}},
        {"type": "text", "value": escape(payload)},
        {"type": "quote", "value": {"quote": payload, "source": payload}},
        {"type": "callout", "value": {"kind": "tip", "title": payload, "text": escape(payload)}},
        {
            "type": "steps",
            "value": {"steps": [{"title": payload, "text": escape(payload)}, {"title": payload, "text": ""}]},
        },
        {
            "type": "links",
            "value": {"title": payload, "links": [{"text": payload, "page": None, "url": "https://a.example/"}]},
        },
        {
            "type": "video",
            "value": {"title": payload, "url": "https://a.example/", "captions": "transcript", "transcript": payload},
        },
    ]
    article = make_article(payload[:60], slug="aanval", introduction=payload, body=json.dumps(body))
    article.sources = [ArticleSource(title=payload, url="https://a.example/")]
    article.save()
    standard = make_standard(payload[:60], slug="aanval-twee", introduction=payload, body=json.dumps(body))
    for url in (article.url, standard.url, "/kennisbank/", f"/kennisbank/?q={payload}", f"/zoeken/?q={payload}"):
        answer = client.get(url)
        assert answer.status_code == 200
        assert dangers(answer.content.decode()) == [], url


@pytest.mark.parametrize("payload", PAYLOADS)
def test_rich_text_sent_past_the_editor_is_cleaned_or_inert(client, payload):
    author = make_with_role(Role.TRAINER)
    page = make_standard(live=False)
    raw = json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "text": payload,
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"offset": 0, "length": 1, "key": 0}],
                }
            ],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
        }
    )
    client_of(author).post(f"/cms/pages/{page.pk}/edit/", page_form(body=[("text", raw)]))
    (page.get_latest_revision() or page.save_revision()).publish(skip_permission_checks=True)
    page = StandardPage.objects.get(pk=page.pk)
    assert dangers(client.get(page.url).content.decode()) == []

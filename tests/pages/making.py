"""Pages and people of the CMS to test with."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from academy.knowledge.models import ArticleIndexPage, ArticlePage
from academy.pages.models import HomePage, StandardPage


def client_of(person):
    client = Client(raise_request_exception=True)
    client.force_login(person, backend="academy.people.sessions.Backend")
    return client


def make_standard(title="Tekst", parent=None, *, live=True, **values):
    page = StandardPage(title=title, live=live, **values)
    (parent or HomePage.objects.get()).add_child(instance=page)
    return page


def make_article(title="Artikel", *, themes=(), live=True, **values):
    page = ArticlePage(title=title, live=live, **values)
    ArticleIndexPage.objects.get().add_child(instance=page)
    if themes:
        page.themes = list(themes)
        page.save()
    return page


def page_form(title="Tekst", slug="tekst", body=(), **values):
    """What the editor of a text page sends."""
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "introduction": "Voor wie is dit.",
            "body": streamfield(list(body)),
            "comments": inline_formset([]),
            "review_on": "",
            "go_live_at": "",
            "expire_at": "",
            **values,
        }
    )


def picture(kind="PNG", size=(40, 30), *, name=None, **options):
    out = BytesIO()
    Image.new("RGB", size, (200, 90, 20)).save(out, kind, **options)
    return SimpleUploadedFile(name or f"foto.{'jpg' if kind == 'JPEG' else kind.lower()}", out.getvalue())

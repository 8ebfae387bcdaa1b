from datetime import timedelta

import pytest
from django.core.cache import cache
from django.template.loader import render_to_string
from django.test import Client, override_settings

from academy.common import clock
from academy.pages.models import HomePage, SiteSettings
from academy.pages.office import office
from tests.factories import make_person
from tests.pages.making import make_article


@pytest.mark.django_db
def test_example_pages_are_not_there_outside_the_demo(client):
    assert client.get("/demo/onderdelen/").status_code == 404
    assert client.get("/demo/fout/500/").status_code == 404


@pytest.mark.django_db
@pytest.mark.urls("tests.demo_urls")
@override_settings(ACADEMY_ENV="demo")
def test_component_page_says_that_it_is_a_demo(client):
    answer = client.get("/demo/onderdelen/")
    assert answer.status_code == 200
    assert "Demogegevens" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.urls("tests.demo_urls")
@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_page_says_what_to_do(code):
    answer = Client(raise_request_exception=False).get(f"/demo/fout/{code}/")
    assert answer.status_code == code
    text = answer.content.decode()
    assert 'lang="nl"' in text
    assert 'href="/"' in text
    assert "academie@voorbeeld.example" in text
    assert "Traceback" not in text


@pytest.mark.django_db
def test_stale_form_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})
    assert answer.status_code == 403
    assert "Je formulier was verlopen" in answer.content.decode()


def test_fault_page_needs_no_database_and_no_manifest(settings):
    """Without the database mark, every query fails."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    assert "Er ging iets mis bij ons" in render_to_string("500.html")


@pytest.mark.django_db
def test_help_is_loud_for_visitors_and_quiet_after_log_in(client):
    assert "Direct gevaar?" in client.get("/niet-hier/").content.decode()
    client.force_login(make_person(), backend="academy.people.sessions.Backend")
    text = client.get("/niet-hier/").content.decode()
    assert "Direct gevaar?" not in text
    assert "Advies vragen: Veilig Thuis" in text


@pytest.mark.django_db
def test_pages_are_compressed_and_other_answers_are_not(client):
    page = client.get("/niet-hier/", headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"


@pytest.mark.django_db
def test_home_page_tells_what_this_is_even_when_empty(rf):
    html = render_to_string("pages/home_page.html", {"page": HomePage(title="Blijf leren"), "articles": None})
    for words in ("Kennismaken", "Trainen", "Leertafel", "Voor lokale teams", "Voor collega's", "0800-2000"):
        assert words in html


@pytest.mark.django_db
def test_home_page_shows_the_latest_articles_and_escapes_them():
    html = render_to_string(
        "pages/home_page.html",
        {"page": HomePage(title="<b>"), "articles": [{"title": "Wat is <i>veilig</i>?", "url": "/kennisbank/wat/"}]},
    )
    assert "&lt;b&gt;" in html
    assert "Wat is &lt;i&gt;veilig&lt;/i&gt;?" in html
    assert "/kennisbank/wat/" in html


@pytest.mark.django_db
def test_home_page_offers_a_way_in_and_what_was_written_last(client):
    for number in range(1, 5):
        make_article(title=f"Artikel nummer {number}", first_published_at=clock.now() + timedelta(minutes=number))
    page = client.get("/")
    text = page.content.decode()
    assert [article.title for article in page.context["articles"]] == [f"Artikel nummer {n}" for n in (4, 3, 2)]
    assert 'href="/account/signup/"' in text
    client.force_login(make_person())
    assert 'href="/account/signup/"' not in client.get("/").content.decode()


@pytest.mark.django_db
def test_foot_of_the_page_says_how_to_reach_the_office(client, django_assert_num_queries):
    SiteSettings.objects.update_or_create(
        defaults={"office_email": "bureau@academie.example", "office_phone": "036 1", "office_hours": "op dinsdag"}
    )
    cache.clear()
    text = client.get("/niet-hier/").content.decode()
    assert 'href="mailto:bureau@academie.example"' in text
    assert "Bellen: 036 1, op dinsdag" in text
    with django_assert_num_queries(0):
        assert office().office_phone == "036 1"


@pytest.mark.parametrize("template", ["emails/base.html", "emails/base.txt"])
def test_mail_carries_its_link_and_no_request_to_elsewhere(template):
    text = render_to_string(template, {"link": ("https://academie.example/x?a=1&b=2", "Bekijk je plek")})
    assert "Bekijk je plek" in text
    assert "0800-2000" in text
    assert "src=" not in text
    assert "<link" not in text
    if template.endswith(".txt"):
        assert "https://academie.example/x?a=1&b=2" in text

"""Measures both search pages in this process (see ``search``): its processor time and that of its database session."""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import time
from pathlib import Path

import psutil

from tests import prepared, services

ITEMS, FIRST_KEY, ROUNDS, TIMES = 10_000, 1_000_000, 5, 4
WORDS_A_PAGE, VOCABULARY = 120, 4_000
# word -> the share of items that hold it
PLANTED = {"meldcode": 0.1, "casus": 0.2, "trauma": 0.05, "gesprekken": 0.6, "femicide": 0.001}
ASKED = ("meldcode", "casus trauma", "gesprek", "femicide")
# The template of ``wagtail start``, in our frame.
ORDINARY = """
{% extends "base.html" %}{% load wagtailcore_tags %}
{% block title %}Search{% endblock %}
{% block content %}<h1>Search</h1>
<form method="get"><input type="text" name="query" value="{{ search_query }}"><input type="submit" value="Search"></form>
<ul>{% for result in search_results %}<li><h4><a href="{% pageurl result %}">{{ result }}</a></h4>
{% if result.search_description %}{{ result.search_description }}{% endif %}</li>{% endfor %}</ul>
{% if search_results.has_next %}<a href="?page={{ search_results.next_page_number }}">Next</a>{% endif %}{% endblock %}
"""
NAME = f"bench_search_{os.getpid()}"


def ordinary(request):
    """The view of ``wagtail start``."""
    from django.core.paginator import Paginator  # noqa: PLC0415 -- after set-up
    from django.http import HttpResponse  # noqa: PLC0415 -- idem
    from django.template import engines  # noqa: PLC0415 -- idem
    from wagtail.models import Page  # noqa: PLC0415 -- idem

    query = request.GET.get("q", "")
    results = Paginator(Page.objects.live().search(query), 12).page(request.GET.get("page", 1))
    template = engines["django"].from_string(ORDINARY)
    return HttpResponse(template.render({"search_query": query, "search_results": results}, request))


def texts():
    """The same texts every time: a few words that are often used and many that are not."""
    chance = random.Random(7)
    syllables = [
        "ber",
        "dal",
        "fen",
        "gor",
        "hil",
        "kan",
        "lum",
        "mos",
        "nar",
        "pel",
        "rik",
        "sto",
        "tuw",
        "vek",
        "wan",
    ]
    vocabulary = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _number in range(VOCABULARY)]
    weights = [1 / (place + 5) for place in range(VOCABULARY)]
    for number in range(ITEMS):
        words = chance.choices(vocabulary, weights, k=WORDS_A_PAGE)
        words += [word for word, share in PLANTED.items() if chance.random() < share]
        chance.shuffle(words)
        yield number, " ".join(words)


def fill() -> None:
    """Text pages, indexed for Wagtail by its own command and for us by our own function."""
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 -- after set-up
    from django.core.management import call_command  # noqa: PLC0415 -- idem
    from django.db import connection, transaction  # noqa: PLC0415 -- idem
    from wagtail.models import Page  # noqa: PLC0415 -- idem

    from academy.knowledge.domain.indexing import index  # noqa: PLC0415 -- idem
    from academy.pages.models import HomePage, StandardPage  # noqa: PLC0415 -- idem

    home, kind = HomePage.objects.get(), ContentType.objects.get_for_model(StandardPage)
    first, pages = home.numchild + 1, []
    for number, text in texts():
        title = " ".join(text.split()[:4])
        page = StandardPage(title=title, slug=f"tekst-{number}", content_type=kind, introduction=text[:160])
        page.body = [("text", f"<p>{text}</p>")]
        page.id = page.page_ptr_id = FIRST_KEY + number
        page.draft_title, page.locale_id, page.depth = title, home.locale_id, home.depth + 1
        page.path = Page._get_path(home.path, page.depth, first + number)
        page.url_path = f"{home.url_path}{page.slug}/"
        pages.append(page)
    with transaction.atomic():
        for table in (Page, StandardPage):
            for start in range(0, ITEMS, 500):
                fields = table._meta.local_concrete_fields
                table._base_manager._insert(pages[start : start + 500], fields=fields, using="default")
    for start in range(0, ITEMS, 100):
        with transaction.atomic():
            for page in pages[start : start + 100]:
                index(thing=page)
        # What the server does by itself as a table grows; without it every look-up reads all words.
        connection.cursor().execute("ANALYZE")
    call_command("update_index", backend_name="default", verbosity=0)


def cost(ask, session: psutil.Process | None) -> float:
    """Processor seconds of this process and of the session that works for it."""
    before = time.process_time() + busy(session)
    for _number in range(TIMES):
        ask()
    return time.process_time() + busy(session) - before


def busy(session: psutil.Process | None) -> float:
    return sum(session.cpu_times()[:2]) if session else 0.0


def asks(view, words: str):
    """One request by everything that a web server calls."""
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest  # noqa: PLC0415 -- after set-up
    from django.test import RequestFactory  # noqa: PLC0415 -- idem

    handler, environ = WSGIHandler(), RequestFactory(SERVER_NAME="127.0.0.1").get(view, {"q": words}).environ

    def ask() -> None:
        response = handler.get_response(WSGIRequest(dict(environ)))
        assert response.status_code == 200, response.status_code

    ask()
    return ask


def measure() -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415 -- after set-up

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        session = None
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_backend_pid()")
            session = psutil.Process(cursor.fetchone()[0])
    found: dict[str, list[float]] = {"/zoeken/": [], "/gewoon/": []}
    per_question: dict[str, float] = {}
    pairs = {address: [asks(address, words) for words in ASKED] for address in found}
    for _round in range(ROUNDS):
        for address, requests in pairs.items():
            costs = [cost(ask, session) / TIMES for ask in requests]
            found[address].append(sum(costs))
            per_question |= {
                f"{address} {words}": round(1000 * one, 1) for words, one in zip(ASKED, costs, strict=True)
            }
    ours, theirs = (statistics.median(found[address]) for address in ("/zoeken/", "/gewoon/"))
    return {
        "ratio": ours / theirs,
        "ours_ms": 1000 * ours / len(ASKED),
        "theirs_ms": 1000 * theirs / len(ASKED),
        **per_question,
    }


def main() -> None:
    on_postgres = os.environ["BENCH_VENDOR"] == "postgresql"
    if on_postgres:
        prepared.copy(prepared.postgres_database(), NAME)
        os.environ["DATABASE_URL"] = services.database_url(NAME)
    else:
        os.environ["DATABASE_URL"] = ""
        shutil.copy(prepared.sqlite_file(), Path(os.environ["VAR"]) / "academy.sqlite3")
    import django  # noqa: PLC0415 -- the place of the database is read at set-up

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- idem
    from django.db import connection  # noqa: PLC0415 -- idem
    from django.urls import include, path  # noqa: PLC0415 -- idem

    settings.ALLOWED_HOSTS = ["*"]
    globals()["urlpatterns"] = [path("gewoon/", ordinary), path("", include("academy.urls"))]
    settings.ROOT_URLCONF = __name__
    try:
        fill()
        print(json.dumps(measure()))
    finally:
        connection.close()
        if on_postgres:
            prepared.drop(NAME)


if __name__ == "__main__":
    main()

"""The catalogue against an ordinary Wagtail index page, and against itself with many more courses."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.bench.registry import bench

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REQUESTS = 40
FEW, MANY = 100, 10_000
TURNS = 3
FIRST_KEY = 1_000_000
MOST_QUERIES = 6
# An index page as Wagtail's own tutorial makes it, inside our page: each child by ``.specific``, with its address.
ORDINARY = """
{% extends "base.html" %}{% load wagtailcore_tags %}
{% block title %}{{ page.title }}{% endblock %}
{% block content %}<h1>{{ page.title }}</h1><p>{{ children.paginator.count }}</p>
{% for child in children %}<article class="card"><h2><a href="{% pageurl child %}">{{ child.title }}</a></h2>
<p>{{ child.introduction }}</p><p>{{ child.get_form_display }}</p>
{% for theme in child.themes.all %}<span class="tag">{{ theme.name }}</span>{% endfor %}
{% for gathering in child.gatherings.all %}<p>{{ gathering.starts_at }} {{ gathering.capacity }}</p>{% endfor %}
</article>{% endfor %}{% include "components/pager.html" with page=children %}{% endblock %}
"""


def use(total: int) -> None:
    """Turn to the database with so many courses."""
    from django.db import connection  # noqa: PLC0415 -- after set-up

    file = academies()[total]
    connection.close()
    connection.settings_dict["NAME"] = file


@cache
def academies() -> dict[int, Path]:
    """Two databases, with few and with many courses; made once per process."""
    folder = Path(tempfile.mkdtemp(prefix="bench-catalogue-"))
    import django  # noqa: PLC0415 -- the place of the database is read at set-up

    # For this set-up alone: other benchmarks and the results have places of their own.
    with patch.dict(os.environ, VAR=str(folder), DATABASE_URL=""):
        django.setup()
    from django.conf import settings  # noqa: PLC0415 -- idem
    from django.core.management import call_command  # noqa: PLC0415 -- idem
    from django.db import connection, transaction  # noqa: PLC0415 -- idem

    settings.ALLOWED_HOSTS = ["*"]
    # Not from the memory of pages; what a menu remembers it remembers for every page, of the reference too.
    settings.PUBLIC_PAGE_SECONDS, settings.MENU_SECONDS = 0, 3600
    settings.WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
    call_command("migrate", verbosity=0)
    files = {}
    for total in (FEW, MANY):
        with transaction.atomic():
            grow(total)
        connection.cursor().execute("ANALYZE")
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        files[total] = folder / f"{total}.sqlite3"
        shutil.copy(connection.settings_dict["NAME"], files[total])
    return files


def grow(total: int) -> None:
    """Add courses, each with a run and an accreditation, until there are ``total``."""
    from datetime import timedelta  # noqa: PLC0415 -- beside what needs Django

    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 -- after set-up
    from wagtail.models import Page  # noqa: PLC0415 -- idem

    from academy.common import clock  # noqa: PLC0415 -- idem
    from academy.gatherings.models import Accreditation, CataloguePage, Gathering, Offering, Session  # noqa: PLC0415 -- idem
    from certificates.credits.models import Chamber  # noqa: PLC0415 -- idem
    from courses.models import CoursePage  # noqa: PLC0415 -- idem

    parent = CataloguePage.objects.get()
    chamber, now, today = Chamber.objects.with_code("SKJ:JGP").get(), clock.now(), clock.today()
    kind, courses, runs, accreditations = ContentType.objects.get_for_model(CoursePage), [], [], []
    for number in range(CoursePage.objects.count(), total):
        course = CoursePage(title=f"Training {number}", slug=f"training-{number}", kind="course", content_type=kind)
        course.id = course.page_ptr_id = course.offering_ptr_id = FIRST_KEY + number
        course.introduction = "Je leert patronen zien en de volgende stap zetten, samen met collega's."
        course.draft_title, course.locale_id = course.title, parent.locale_id
        course.path, course.depth = Page._get_path(parent.path, parent.depth + 1, number + 1), parent.depth + 1
        course.url_path = f"{parent.url_path}{course.slug}/"
        course.first_published_at = now - timedelta(minutes=total - number)
        courses.append(course)
        start = now + timedelta(days=10 + number % 60)
        span = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
        runs.append(Gathering(kind="run", offering=course, title=course.title, state="open", capacity=12, **span))
        valid = {"valid_from": today, "valid_to": today + timedelta(days=300), "number": "1", "requirement": "DB"}
        accreditations.append(
            Accreditation(offering=course, register=chamber.register, chamber=chamber, points=6, **valid)
        )
    # Row by row through the models this takes minutes.
    for table in (Page, Offering, CoursePage):
        for first in range(0, len(courses), 500):
            batch = courses[first : first + 500]
            table._base_manager._insert(batch, fields=table._meta.local_concrete_fields, using="default")
    Gathering.objects.bulk_create(runs)
    Session.objects.bulk_create(Session(gathering=run, starts_at=run.starts_at, ends_at=run.ends_at) for run in runs)
    Accreditation.objects.bulk_create(accreditations)
    Page.objects.filter(pk=parent.pk).update(numchild=total)


@contextmanager
def client(address: str, *, urls: str = "academy.urls", **settings: object) -> Iterator[Callable[[], object]]:
    """Asks ``address`` of everything that a web server calls, under these settings."""
    from django.core.handlers.wsgi import WSGIHandler, WSGIRequest  # noqa: PLC0415 -- after set-up
    from django.test import RequestFactory, override_settings  # noqa: PLC0415 -- idem

    with override_settings(ROOT_URLCONF=urls, **settings):
        handler, factory = WSGIHandler(), RequestFactory(SERVER_NAME="127.0.0.1")
        environ = factory.get(address).environ

        def ask() -> object:
            response = handler.get_response(WSGIRequest(dict(environ)))
            assert response.status_code == 200, response.status_code
            return response

        ask()
        yield ask


def cost(address: str, requests: int = REQUESTS, **options: object) -> float:
    """Processor seconds of one request; the first is not counted."""
    with client(address, **options) as ask:
        started = time.process_time()
        for _number in range(requests):
            ask()
        return (time.process_time() - started) / requests


def ordinary_page(request):
    """The reference, by the way that Wagtail serves any index page: route, restrictions, children."""
    from django.core.paginator import Paginator  # noqa: PLC0415 -- after set-up
    from django.http import HttpResponse  # noqa: PLC0415 -- idem
    from django.template import engines  # noqa: PLC0415 -- idem
    from wagtail import hooks  # noqa: PLC0415 -- idem
    from wagtail.models import Page  # noqa: PLC0415 -- idem

    page, args, kwargs = Page.route_for_request(request, "aanbod/")
    for before in hooks.get_hooks("before_serve_page"):
        before(page, request, args, kwargs)
    found = page.get_children().live().public().specific().order_by("-first_published_at")
    children = Paginator(found, 12).get_page(request.GET.get("page"))
    template = engines["django"].from_string(ORDINARY)
    return HttpResponse(template.render(page.get_context(request) | {"children": children}, request))


def _patterns():
    from django.urls import include, path  # noqa: PLC0415 -- after set-up

    return [path("gewoon/", ordinary_page), path("", include("academy.urls"))]


def __getattr__(name: str):
    """``urlpatterns`` of the reference, made when Django first asks: nothing of ours is imported before set-up."""
    if name == "urlpatterns":
        return _patterns()
    raise AttributeError(name)


def queries(address: str, **options: object) -> int:
    from django.db import connection  # noqa: PLC0415 -- after set-up
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- idem

    with client(address, **options) as ask, CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


@bench("catalogue_queries", floor=MOST_QUERIES, unit="SQL")
def catalogue_queries() -> float:
    use(FEW)
    return queries("/aanbod/")


@bench("catalogue_against_wagtail", floor=0.5)
def catalogue_against_wagtail() -> float:
    use(FEW)
    return cost("/aanbod/") / cost("/gewoon/", urls=__name__)


@bench("catalogue_10000_against_100", floor=1.15)
def catalogue_growth() -> float:
    """The cheapest of turns that alternate: other work on this machine only ever adds."""
    costs: dict[int, list[float]] = {FEW: [], MANY: []}
    for _turn in range(TURNS):
        for total, found in costs.items():
            use(total)
            found.append(cost("/aanbod/"))
    return min(costs[MANY]) / min(costs[FEW])

"""Fixtures that every part of the suite shares."""

from __future__ import annotations

import gc
import os
import shutil
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import sync_playwright

from academy.common import clock
from academy.gatherings.kinds import KINDS
from academy.pages.models import SiteSettings
from academy.pages.office import KEY as OFFICE
from academy.portal import demo
from tests import prepared, services
from tests.prepared import on_postgres
from tests.sandbox import build_template, copy_template, drop_templates


def pytest_collection_modifyitems(items):
    """Leave out what this machine cannot run, by name; ``tests/run_suite.py`` turns that into a failure where it must."""
    redis, browser = services.redis_there(), services.chromium()
    for item in items:
        if item.get_closest_marker("redis") and not redis:
            item.add_marker(pytest.mark.skip(reason="Redis is not there"))
        if item.get_closest_marker("browser") and not browser:
            item.add_marker(pytest.mark.skip(reason="Chromium is not there"))
        if item.get_closest_marker("postgresql") and not on_postgres():
            item.add_marker(pytest.mark.skip(reason="has a meaning on PostgreSQL only"))


LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "", None}


def pytest_configure(config):
    """Loopback is the only network: a test that calls or looks up another address fails at the call."""

    def refuse(address):
        raise AssertionError(f"A test tried to reach {address}; only loopback is allowed.")

    def guard(real):
        def guarded(self, address):
            if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
                refuse(address)
            return real(self, address)

        return guarded

    socket.socket.connect = guard(socket.socket.connect)
    socket.socket.connect_ex = guard(socket.socket.connect_ex)
    look_up = socket.getaddrinfo

    def guarded_look_up(host, *args, **kwargs):
        if (host.decode() if isinstance(host, bytes) else host) not in LOOPBACK | {socket.gethostname()}:
            refuse(host)
        return look_up(host, *args, **kwargs)

    socket.getaddrinfo = guarded_look_up


def pytest_collection_finish():
    """What is loaded by now stays until the end; looking through it for rubbish again and again is a tenth of a run."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """The database of this process is a fresh copy of the prepared one, so there is nothing to migrate."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """Copies the prepared database, and again after every test that really commits.

    Django would empty all tables then. That takes along what migrations put there, and the ledger refuses it.
    """
    copy_database()
    TransactionTestCase._fixture_teardown = lambda _self: copy_database()


def copy_database(source: str | Path | None = None):
    """Put ``source``, or else the prepared database, in the place of the one of this process."""
    connections.close_all()
    name = settings.DATABASES["default"]["TEST"]["NAME"]
    if on_postgres():
        prepared.copy(source or prepared.postgres_database(), name)
        return
    for leftover in (f"{name}-wal", f"{name}-shm"):
        Path(leftover).unlink(missing_ok=True)
    shutil.copy(source or prepared.sqlite_file(), name)


@pytest.fixture
def loaded_demo(transactional_db, shared_folder, settings):
    """The demo as ``load_demo`` left it, in the database of this process, and the clock at the moment it was done.

    It is loaded once in a run: that takes half a minute.
    """
    template = build_template(shared_folder, "demo")
    copy_database((template / "ready").read_text() or template / "academy.sqlite3")
    settings.LEDGER_KEY_FILE = str(template / "keys" / "ledger.key")
    with clock.frozen(demo.loaded_at()):
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rows are rolled back after a test and their numbers used again; what was remembered of them must go too.

    What the foot of every page says is remembered already, so that counting queries does not depend on who came first.
    """
    cache.clear()
    cache.set(OFFICE, SiteSettings())


@pytest.fixture
def at():
    """``with at("2027-03-01 09:30"):`` lets the clock stand, in Amsterdam wall time."""

    def stand(text: str):
        local = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.AMSTERDAM)
        return clock.frozen(local.astimezone(UTC))

    return stand


@pytest.fixture(autouse=True)
def kinds():
    """A kind that a test registers is gone after it."""
    before = dict(KINDS)
    yield
    KINDS.clear()
    KINDS.update(before)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """A folder that all test processes of this run see."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture
def sandbox(shared_folder, tmp_path):
    """An empty, migrated academy of one's own."""
    own = copy_template(build_template(shared_folder, "empty"), tmp_path / "academy")
    yield own
    own.close()


@pytest.fixture
def demo_sandbox(shared_folder, tmp_path):
    """An academy of one's own, filled with the demo."""
    own = copy_template(build_template(shared_folder, "printed"), tmp_path / "academy")
    yield own
    own.close()


@pytest.fixture(scope="session")
def chromium():
    """One browser for every test of this process: Playwright can be started once a thread."""
    # Playwright keeps an event loop in this thread and Django then refuses its database in the tests that follow.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=services.chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput") and (base := getattr(session.config, "_tmp_path_factory", None)):
        drop_templates(base.getbasetemp())

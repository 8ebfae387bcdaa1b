"""The cast of the walk is made once per module, in a transaction that is never committed; every test is a savepoint."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import RequestFactory, override_settings

from academy.portal import navigation
from tests.permissions.world import build


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    assert "test" in str(connection.settings_dict["NAME"])
    # Whether the second factor was given is the business of tests/people; here only the role decides.
    with django_db_blocker.unblock(), override_settings(ACADEMY_MFA_REQUIRED=False), transaction.atomic():
        # Nothing in a menu is made or taken away here, and ten thousand answers carry one.
        published = navigation.published(RequestFactory().get("/"))
        with patch.object(navigation, "published", return_value=published):
            yield build()
        transaction.set_rollback(True)


@pytest.fixture
def _django_db_helper(world):
    """What the mark ``django_db`` does elsewhere; its own way would close the connection under the cast."""
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


@pytest.fixture
def again(world):
    """Runs something and takes back what it wrote."""

    def run(function, *args, **kwargs):
        point = transaction.savepoint()
        try:
            return function(*args, **kwargs)
        finally:
            transaction.savepoint_rollback(point)
            # What was remembered of a row that is gone again must go with it.
            for memory in caches.all():
                memory.clear()

    return run

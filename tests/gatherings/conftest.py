import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()

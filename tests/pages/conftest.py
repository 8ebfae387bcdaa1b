import pytest


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False

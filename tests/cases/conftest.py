import pytest


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    """Keys of one test only, so that a sweep meets no other's."""
    settings.ACADEMY_MFA_REQUIRED = False
    settings.CASE_KEY_FOLDER = str(tmp_path / "keys")
    return tmp_path / "keys"

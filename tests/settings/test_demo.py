"""The demo starts on a computer that says nothing, also where it says so in so many words."""

import os
import re
import subprocess
import sys

from tests.architecture.scan import ROOT

NAMES = set(re.findall(r"^\| `([A-Z_]+)` ", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)) - {
    "ACADEMY_ENV",
    "VAR",
}
TOLD = """
import django, json; django.setup()
from django.conf import settings
print(json.dumps([
    settings.DATABASES["default"]["ENGINE"], settings.CACHES["default"]["BACKEND"], settings.CELERY_BROKER_URL,
    settings.OUTBOX_WORKERS, settings.CASE_KEY_FOLDER, settings.PUBLIC_URL,
]))
"""


def told(folder, variables):
    without = {name: value for name, value in os.environ.items() if name not in NAMES}
    env = {
        **without,
        "ACADEMY_ENV": "demo",
        "VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "academy.settings",
        **variables,
    }
    done = subprocess.run([sys.executable, "-c", TOLD], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return done.stdout or done.stderr


def test_an_empty_variable_is_none(tmp_path):
    assert len(NAMES) > 20
    silent = told(tmp_path, {})
    assert str(tmp_path / "keys" / "cases") in silent
    assert told(tmp_path, dict.fromkeys(NAMES, "")) == silent


def test_a_variable_that_says_something_is_heard(tmp_path):
    assert told(tmp_path, {"PUBLIC_URL": "http://academie.example"}) != told(tmp_path, {})

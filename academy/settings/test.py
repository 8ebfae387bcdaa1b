"""Tests: quick hashes, plain static files, a database file of its own, and nothing that leaves the machine."""

import os
from pathlib import Path

from academy.settings.base import *  # noqa: F403 -- settings are a flat namespace
from academy.settings.base import BASE_DIR, CASE_KEY_FILE, DATABASES, LEDGER_KEY_FILE, SIGNING_KEY_FILE, VAR
from academy.settings.keys import make_missing

DEBUG = False
SECRET_KEY = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105 -- a test key guards nothing
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
VAR.mkdir(parents=True, exist_ok=True)
make_missing(SIGNING_KEY_FILE, LEDGER_KEY_FILE, CASE_KEY_FILE)
# One test must not see the page of another; the tests of the page memory switch it on.
PUBLIC_PAGE_SECONDS = MENU_SECONDS = 0
DOOR_PAUSE_SECONDS = 0.0
MEDIA_ROOT = VAR / "test-media"
_worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file and not memory: locks, WAL and second processes must behave as they do in real life.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / f"test-{_worker}.sqlite3")}
else:
    # Several checkouts may test at once against one server.
    DATABASES["default"]["TEST"] = {"NAME": f"test_{Path(BASE_DIR).name.replace('-', '_')}_{_worker}"}
# Keys without a row are swept away, and the rows of another test process are in another database.
CASE_KEY_FOLDER = str(VAR / "keys" / f"cases-{_worker}")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": _worker}}
for _name in ("queue", "queue-control", "static"):
    (VAR / _name).mkdir(mode=0o700, exist_ok=True)

"""What a worker process costs: the time to import it, against plain Wagtail with allauth, and its memory."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.bench.registry import bench

ROOT = Path(__file__).resolve().parents[2]
OURS = "import django; django.setup(); import academy.outbox.tasks"
# The same third-party apps as ours, and none of our own.
PLAIN = """
import django
from django.conf import settings
settings.configure(
    SECRET_KEY="x", USE_TZ=True, LANGUAGE_CODE="nl", WAGTAIL_SITE_NAME="x", STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]}}],
    MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"],
    INSTALLED_APPS=[
        "wagtail.contrib.settings", "wagtail.contrib.redirects", "wagtail.embeds", "wagtail.sites", "wagtail.users",
        "wagtail.snippets", "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail",
        "modelcluster", "taggit", "allauth", "allauth.account", "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect", "allauth.mfa", "allauth.usersessions", "django_htmx",
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.humanize", "django.contrib.messages",
        "django.contrib.postgres", "django.contrib.sessions", "django.contrib.staticfiles", "django.forms",
    ],
)
django.setup()
import celery.app.task
"""


def seconds(code: str, bytecode: str) -> float:
    """Processor seconds of a fresh interpreter that runs ``code``.

    Libraries are installed with their bytecode. Ours has it too, as on a server, also where
    ``PYTHONDONTWRITEBYTECODE`` would have it compiled anew at each start: ``bytecode`` keeps that of both sides.
    """
    env = {**os.environ, "ACADEMY_ENV": "test", "PYTHONPYCACHEPREFIX": bytecode}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    before = os.times()
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True, stderr=subprocess.DEVNULL)
    after = os.times()
    return (after.children_user - before.children_user) + (after.children_system - before.children_system)


@bench("worker_import", floor=1.25)
def worker_import() -> float:
    with tempfile.TemporaryDirectory() as bytecode:
        for code in (OURS, PLAIN):
            seconds(code, bytecode)
        return seconds(OURS, bytecode) / seconds(PLAIN, bytecode)


@bench("worker_memory", floor=160, unit="MB")
def worker_memory() -> float:
    """The largest process of a worker that runs and has nothing to do.

    That is the one that Celery forks the others from. One that sent mails stays below it, since it holds nothing but what
    mails need; see ``docs/measurements.md`` for both.
    """
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "ACADEMY_ENV": "test", "VAR": folder, "DATABASE_URL": ""}
        command = [sys.executable, "-m", "celery", "--quiet", "-A", "academy", "worker", "-Q", "none", "-c", "1"]
        worker = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            return _settled(psutil.Process(worker.pid))
        finally:
            worker.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(timeout=15)
            worker.kill()


def _settled(worker: psutil.Process) -> float:
    deadline = time.monotonic() + 60
    while not worker.children() and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(1)
    return max(process.memory_info().rss for process in [worker, *worker.children(recursive=True)]) / 2**20

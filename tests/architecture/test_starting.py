"""What a process does not load when it starts: a worker that waits for mails weighs little."""

import os
import subprocess
import sys

from django.urls import get_resolver
from wagtail import models
from wagtail.api.v3.registry import registry

from tests.architecture import scan

# What Celery does before it forks: the checks, if any, run inside `import_default_modules`.
START = "from academy.celery import app; app.loader.import_default_modules(); import sys; print(*sys.modules)"
HEAVY = {
    *("cryptography", "holidays", "icalendar", "reportlab", "segno", "snowballstemmer", "xhtml2pdf", "xlsxwriter"),
    *("academy.urls", "academy.gatherings.catalogue", "academy.portal.mine_overview", "certificates.credits.engine"),
}


def test_a_worker_starts_without_views_and_without_what_few_jobs_need():
    env = {**os.environ, "ACADEMY_ENV": "test"}
    env.pop("CELERY_SKIP_CHECKS", None)
    started = subprocess.run(
        [sys.executable, "-c", START], cwd=scan.ROOT, env=env, capture_output=True, text=True, check=True
    )
    loaded = set(started.stdout.split())
    assert "academy.outbox.tasks" in loaded
    assert loaded & HEAVY == set()
    ours = {name for name in loaded if name.partition(".")[0] in {"academy", "certificates", "courses", "leertafels"}}
    assert {name for name in ours if "views" in name or name.endswith("forms")} <= {"academy.common.forms"}


def test_wagtail_describes_no_page_of_ours_for_an_api_that_nobody_is_served():
    pages = models.get_page_models()
    assert len(pages) > 1
    assert not [page for page in pages[1:] if registry.has(page._meta.label)]
    assert "wagtailapi_v3" not in get_resolver().namespace_dict


def test_everybody_else_still_knows_every_page_model():
    short = [name for name, module in list(sys.modules.items()) if _knows_too_few(module)]
    assert short == ["wagtail.api.v3.routers.pages"]


def _knows_too_few(module):
    known = vars(module).get("get_page_models") if hasattr(module, "__dict__") else None
    return known is not None and known is not models.get_page_models

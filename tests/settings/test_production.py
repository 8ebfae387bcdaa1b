import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from academy.settings import checks
from academy.settings.keys import make_missing
from tests.architecture.scan import ROOT

SECRET = "kanarie-Xo3fYvw81TqLrZ0mBnC5dEhJkP7sUa2GiW4tRy6oQe9"


@pytest.fixture
def good(tmp_path):
    keys = {name: str(tmp_path / "keys" / name.lower()) for name in checks.KEY_FILES}
    make_missing(*keys.values())
    return {
        "ACADEMY_ENV": "production",
        "VAR": str(tmp_path),
        "SECRET_KEY": SECRET,
        "ALLOWED_HOSTS": "academie.example, www.academie.example",
        "DATABASE_URL": "postgres://academie:kanarie-db@db/academie",
        "CELERY_BROKER_URL": "redis://:kanarie-broker@broker/0",
        "CACHE_URL": "rediscache://:kanarie-cache@cache/1",
        "EMAIL_URL": "smtp+tls://academie:kanarie-mail@mail.example:587",
        "MAIL_FROM": "Academie <academie@academie.example>",
        "PUBLIC_URL": "https://academie.example",
        "OIDC_SERVER_URL": "https://inloggen.example",
        "OIDC_CLIENT_ID": "academie",
        "OIDC_SECRET": "kanarie-oidc",
        "TRUSTED_PROXIES": "1",
        **keys,
    }


def test_good_configuration_starts(good):
    assert checks.problems(good) == []


def test_what_may_be_left_out_may_be_left_out(good):
    for name in ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_SECRET", "TRUSTED_PROXIES"):
        del good[name]
    assert checks.problems(good) == []


BAD = [
    ("SECRET_KEY", None, "ontbreekt"),
    ("SECRET_KEY", "kanarie-kort", "te zwak"),
    ("SECRET_KEY", "kanarie" * 10, "te zwak"),
    ("SECRET_KEY", "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz", "demo of de tests"),
    ("ALLOWED_HOSTS", None, "ontbreekt"),
    ("ALLOWED_HOSTS", "academie.example,*", "jokerteken"),
    ("ALLOWED_HOSTS", ".example", "jokerteken"),
    ("DATABASE_URL", None, "ontbreekt"),
    ("DATABASE_URL", "sqlite:////tmp/kanarie.sqlite3", "PostgreSQL"),
    ("CELERY_BROKER_URL", None, "ontbreekt"),
    ("CELERY_BROKER_URL", "filesystem://", "Redis"),
    ("CACHE_URL", None, "ontbreekt"),
    ("CACHE_URL", "locmemcache://kanarie", "Redis"),
    ("EMAIL_URL", None, "ontbreekt"),
    ("EMAIL_URL", "consolemail://", "mailserver"),
    ("EMAIL_URL", "smtp://academie:kanarie-mail@mail.example:25", "versleuteling"),
    ("MAIL_FROM", None, "ontbreekt"),
    ("MAIL_FROM", "kanarie", "ontbreekt"),
    ("PUBLIC_URL", None, "ontbreekt"),
    ("PUBLIC_URL", "http://academie.example", "https"),
    ("PUBLIC_URL", "https://kanarie.example", "ALLOWED_HOSTS"),
    ("ACADEMY_MFA_REQUIRED", "false", "niet uit"),
    ("SIGNING_KEY_FILE", None, "ontbreekt"),
    ("LEDGER_KEY_FILE", "/kanarie/weg.key", "niet is"),
    ("CASE_KEY_FILE", None, "ontbreekt"),
    ("VAR", "/kanarie/weg", "schrijven"),
    ("VAR", None, "ontbreekt"),
    ("CASE_KEY_FOLDER", "/kanarie/weg", "schrijven"),
    ("OIDC_SERVER_URL", "http://kanarie.example", "https"),
    ("OIDC_CLIENT_ID", "", "ontbreekt"),
    ("OIDC_SECRET", None, "ontbreekt"),
    ("TRUSTED_PROXIES", "kanarie", "heel getal"),
    ("OUTBOX_WORKERS", "-1", "heel getal"),
    ("WEB_CONCURRENCY", "1.5", "heel getal"),
]


@pytest.mark.parametrize(("name", "value", "word"), BAD)
def test_bad_configuration_is_refused_by_name(good, name, value, word):
    if value is None:
        del good[name]
    else:
        good[name] = value
    found = checks.problems(good)
    assert len(found) == 1
    assert found[0].startswith(f"{name} ")
    assert word in found[0]
    with pytest.raises(ImproperlyConfigured, match=name):
        checks.refuse(good)


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o620])
def test_key_that_others_can_read_is_refused(good, mode):
    Path(good["CASE_KEY_FILE"]).chmod(mode)
    (sentence,) = checks.problems(good)
    assert sentence.startswith("CASE_KEY_FILE is ook voor anderen")


def test_empty_or_shared_key_is_refused(good, tmp_path):
    (tmp_path / "keys" / "ledger_key_file").write_text("")
    assert [s.split()[0] for s in checks.problems(good)] == ["LEDGER_KEY_FILE"]
    good["LEDGER_KEY_FILE"] = good["SIGNING_KEY_FILE"]
    assert "hetzelfde bestand" in checks.problems(good)[0]


def test_key_of_the_demo_is_refused(good, tmp_path):
    (tmp_path / "secret_key").write_text(SECRET)
    assert checks.problems(good)[0].startswith("SECRET_KEY is die van de demo")


def test_all_faults_are_named_at_once_and_no_value_is_printed(good):
    for name, value, _word in BAD:
        if value is not None and name != "VAR":
            good[name] = value
    good["PUBLIC_URL"] = "http://kanarie.example"
    with pytest.raises(ImproperlyConfigured) as refused:
        checks.refuse(good)
    assert {name for name, value, _word in BAD if value and name != "VAR"} <= {
        line.split()[1] for line in str(refused.value).splitlines()[1:]
    }
    assert "kanarie" not in str(refused.value)


def start(env):
    code = "import django; django.setup(); from django.conf import settings; print(settings.SESSION_COOKIE_NAME)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "academy.settings", **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_process_starts_when_all_is_said(good):
    done = start(good)
    assert done.stdout.strip() == "__Host-session", done.stderr


def test_process_does_not_start_otherwise(good):
    done = start({"ACADEMY_ENV": "production", "VAR": good["VAR"], "SECRET_KEY": "kanarie"})
    assert done.returncode != 0
    last = done.stderr[done.stderr.rindex("De academie start niet") :]
    assert len(last.strip().splitlines()) == 12
    assert "kanarie" not in last


def test_process_does_not_start_without_an_environment():
    done = start({})
    assert done.returncode != 0
    assert "Zet ACADEMY_ENV" in done.stderr


def test_keys_are_made_once_and_for_their_owner_only(tmp_path):
    path = tmp_path / "keys" / "a.key"
    make_missing(str(path))
    first = path.read_text()
    make_missing(str(path))
    assert path.read_text() == first
    assert checks.KEY.fullmatch(first)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["a.key"]

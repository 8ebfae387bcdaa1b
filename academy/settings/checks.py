"""What production must be told before it starts. Every fault is named at once; no value is ever repeated."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Environment = Mapping[str, str]

SHORTEST_KEY = 50
KEY_FILES = ("SIGNING_KEY_FILE", "LEDGER_KEY_FILE", "CASE_KEY_FILE")
KEY = re.compile(r"[0-9a-f]{64}\n?")
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
NUMBERS = ("TRUSTED_PROXIES", "OUTBOX_WORKERS", "WEB_CONCURRENCY")
NO = {"false", "off", "no", "0", "n", "f", ""}


def hosts(env: Environment) -> list[str]:
    return [host.strip() for host in env.get("ALLOWED_HOSTS", "").split(",") if host.strip()]


def secret_key(env: Environment) -> Iterator[str]:
    key = env.get("SECRET_KEY", "")
    demo = Path(env.get("VAR", "var")) / "secret_key"
    if not key:
        yield "SECRET_KEY ontbreekt: geef een willekeurige sleutel van minstens 50 tekens."
    elif len(key) < SHORTEST_KEY or len(set(key)) < 10:  # noqa: PLR2004 -- a key of a few letters is no key
        yield "SECRET_KEY is te zwak: geef een willekeurige sleutel van minstens 50 tekens."
    elif key.startswith(("only-for-tests", "django-insecure")) or (demo.is_file() and demo.read_text().strip() == key):
        yield "SECRET_KEY is die van de demo of de tests: maak een eigen sleutel."


def allowed_hosts(env: Environment) -> Iterator[str]:
    if not hosts(env):
        yield "ALLOWED_HOSTS ontbreekt: noem de namen waarop de academie bereikbaar is, met komma's ertussen."
    elif any(host.startswith(("*", ".")) for host in hosts(env)):
        yield "ALLOWED_HOSTS mag geen jokerteken bevatten: noem elke naam voluit."


def services(env: Environment) -> Iterator[str]:
    wanted = {
        "DATABASE_URL": (("postgres://", "postgresql://", "psql://", "pgsql://"), "een PostgreSQL-database"),
        "CELERY_BROKER_URL": (("redis://", "rediss://"), "een Redis-server (redis://...)"),
        "CACHE_URL": (("rediscache://", "redis://", "rediss://"), "een Redis-server (rediscache://...)"),
    }
    for name, (schemes, what) in wanted.items():
        if not env.get(name):
            yield f"{name} ontbreekt: noem {what}."
        elif not env[name].startswith(schemes):
            yield f"{name} moet {what} zijn: iets anders is er alleen voor de demo en de tests."


def mail(env: Environment) -> Iterator[str]:
    url = env.get("EMAIL_URL", "")
    scheme = urlsplit(url).scheme
    if not url:
        yield "EMAIL_URL ontbreekt: noem de mailserver (smtp+tls://naam:wachtwoord@server:587)."
    elif not scheme.startswith("smtp"):
        yield "EMAIL_URL moet een mailserver zijn (smtp+tls://...): anders komt geen enkel bericht aan."
    elif scheme == "smtp" and urlsplit(url).hostname not in LOOPBACK:
        yield "EMAIL_URL verstuurt zonder versleuteling: gebruik smtp+tls:// of smtp+ssl://."
    if "@" not in parseaddr(env.get("MAIL_FROM", ""))[1]:
        yield "MAIL_FROM ontbreekt of is geen e-mailadres: noem de afzender (Naam <adres@organisatie.nl>)."


def public_url(env: Environment) -> Iterator[str]:
    url = urlsplit(env.get("PUBLIC_URL", ""))
    if not env.get("PUBLIC_URL"):
        yield "PUBLIC_URL ontbreekt: noem het adres dat op certificaten staat (https://...)."
    elif url.scheme != "https" or not url.hostname:
        yield "PUBLIC_URL moet met https:// beginnen."
    elif hosts(env) and not validate_host(url.hostname, hosts(env)):
        yield "PUBLIC_URL noemt een naam die niet in ALLOWED_HOSTS staat: voeg die daar toe."


def second_factor(env: Environment) -> Iterator[str]:
    if env.get("ACADEMY_MFA_REQUIRED", "true").strip().lower() in NO:
        yield "ACADEMY_MFA_REQUIRED mag hier niet uit staan: haal de regel weg."


def key_files(env: Environment) -> Iterator[str]:
    seen: set[str] = set()
    for name in KEY_FILES:
        path = Path(env.get(name, ""))
        if not env.get(name):
            yield f"{name} ontbreekt: noem een bestand met een eigen sleutel."
            continue
        if str(path.resolve()) in seen:
            yield f"{name} noemt hetzelfde bestand als een andere sleutel: maak er een eigen bestand voor."
            continue
        seen.add(str(path.resolve()))
        try:
            mode, text = path.stat().st_mode, path.read_text(errors="replace")
        except OSError:
            yield f"{name} wijst naar een bestand dat er niet is of niet te lezen is."
            continue
        if mode & (stat.S_IRWXO | stat.S_IWGRP):
            yield f"{name} is ook voor anderen leesbaar: zet de rechten op 600."
        if not KEY.fullmatch(text):
            yield f"{name} bevat geen sleutel: 64 tekens hex, bijvoorbeeld van `openssl rand -hex 32`."


def folders(env: Environment) -> Iterator[str]:
    if not env.get("VAR"):
        yield "VAR ontbreekt: noem de map voor bestanden en wachtrij."
    elif not _takes_files(env["VAR"]):
        yield "VAR is geen map waarin de academie kan schrijven."
    if env.get("CASE_KEY_FOLDER") and not _takes_files(env["CASE_KEY_FOLDER"]):
        yield "CASE_KEY_FOLDER is geen map waarin de academie kan schrijven."


def _takes_files(folder: str) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def provider(env: Environment) -> Iterator[str]:
    if not env.get("OIDC_SERVER_URL"):
        return
    if urlsplit(env["OIDC_SERVER_URL"]).scheme != "https":
        yield "OIDC_SERVER_URL moet met https:// beginnen: anders kan iemand onderweg meelezen."
    for name in ("OIDC_CLIENT_ID", "OIDC_SECRET"):
        if not env.get(name):
            yield f"{name} ontbreekt: zonder kan niemand inloggen bij OIDC_SERVER_URL."


def numbers(env: Environment) -> Iterator[str]:
    for name in NUMBERS:
        if env.get(name) and not env[name].strip().isdecimal():
            yield f"{name} moet een heel getal zijn, 0 of meer."


CHECKS: tuple[Callable[[Environment], Iterator[str]], ...] = (
    secret_key,
    allowed_hosts,
    services,
    mail,
    public_url,
    second_factor,
    key_files,
    folders,
    provider,
    numbers,
)


def problems(env: Environment) -> list[str]:
    """Everything that is wrong with ``env``, a Dutch sentence each that begins with the name of the variable."""
    return [sentence for check in CHECKS for sentence in check(env)]


def refuse(env: Environment = os.environ) -> None:
    """Raise ImproperlyConfigured with every fault at once; say nothing when there is none."""
    if found := problems(env):
        raise ImproperlyConfigured("De academie start niet:\n" + "\n".join(f"- {sentence}" for sentence in found))

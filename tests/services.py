"""What this machine offers the tests: PostgreSQL, Redis, Chromium. Each is used when it is there and named when it is not."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket

import psycopg

POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


def database_url(name: str) -> str:
    """The address of one database on the server."""
    return POSTGRES_URL.rsplit("/", 1)[0] + "/" + name


def postgres_there() -> bool:
    try:
        psycopg.connect(POSTGRES_URL, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def best_database(name: str) -> str:
    """The address of a database of this name: on ``DATABASE_URL``'s server, else on ours; empty for SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        return f"{url.rsplit('/', 1)[0]}/{name}"
    return database_url(name) if postgres_there() else ""


def redis_there() -> bool:
    """The server that tests share, and the program to start one of their own."""
    if shutil.which("redis-server") is None:
        return False
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", 6379), timeout=2):
        return True
    return False


def chromium() -> str | None:
    """The program; the one without a window of its own is the same browser for a third less work."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    return next(filter(None, map(shutil.which, names)), None)

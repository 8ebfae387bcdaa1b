"""Limits on attempts that hold over all processes: one row a counter, one statement an attempt.

The counters stand in the database (the table belongs to ``academy.people``; this package has no models), because a
cache of one process multiplies every limit by the number of processes and a shared one forgets when it is full. When
the database does not answer the statement fails, and with it the request: no count, no attempt.
"""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection

from academy.common import clock

if TYPE_CHECKING:
    from django.http import HttpRequest

_TAKE = """
INSERT INTO people_limitcounter (name, hits, resets_at) VALUES (%s, 1, %s)
ON CONFLICT (name) DO UPDATE SET
    hits = CASE WHEN people_limitcounter.resets_at <= %s THEN 1 ELSE people_limitcounter.hits + 1 END,
    resets_at = CASE
        WHEN people_limitcounter.resets_at <= %s THEN excluded.resets_at ELSE people_limitcounter.resets_at
    END
WHERE people_limitcounter.resets_at <= %s OR people_limitcounter.hits < %s
RETURNING resets_at
"""
_GIVE_BACK = "UPDATE people_limitcounter SET hits = hits - 1 WHERE name = %s AND resets_at = %s AND hits > 0"
_HITS = "SELECT hits FROM people_limitcounter WHERE name = %s AND resets_at > %s"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``amount`` attempts in ``seconds``, counted from the first one."""

    name: str
    amount: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt that was allowed; :func:`give_back` undoes it when it turned out to be a good one."""

    counter: str
    resets_at: int


def take(limit: Limit, key: str) -> Attempt | None:
    """Count an attempt of ``key``; None when there have been too many. Call it outside a transaction that may fail."""
    now = _milliseconds()
    counter = _counter(limit, key)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [counter, now + int(limit.seconds * 1000), now, now, now, limit.amount])
        row = cursor.fetchone()
    return None if row is None else Attempt(counter, int(row[0]))


def give_back(attempt: Attempt) -> None:
    """Take one attempt off again; never one of a later period."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_BACK, [attempt.counter, attempt.resets_at])


def is_reached(limit: Limit, key: str) -> bool:
    """Whether a next attempt would be refused; counts nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_HITS, [_counter(limit, key), _milliseconds()])
        row = cursor.fetchone()
    return row is not None and int(row[0]) >= limit.amount


def forget(limit: Limit, key: str) -> None:
    """Begin again for ``key``, after a proof that costs more than a guess (a reset by mail)."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_limitcounter WHERE name = %s", [_counter(limit, key)])


def forget_old() -> int:
    """Remove counters whose period is over; a sweep calls it."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_limitcounter WHERE resets_at <= %s", [_milliseconds()])
        return int(cursor.rowcount)


def client_address(request: HttpRequest) -> str:
    """Where a request comes from. ``X-Forwarded-For`` counts only as far as ``TRUSTED_PROXIES`` says how many hops."""
    nearest = str(request.META.get("REMOTE_ADDR") or "0.0.0.0")  # noqa: S104 -- a name for "unknown", nothing listens
    hops = settings.TRUSTED_PROXIES
    if hops:
        said: list[str] = [part.strip() for part in request.headers.get("x-forwarded-for", "").split(",")]
        if len(said) >= hops and _is_address(said[-hops]):
            nearest = said[-hops]
    return nearest if _is_address(nearest) else "0.0.0.0"  # noqa: S104 -- see above


def network(address: str) -> str:
    """What a limit per address counts: the address itself, or the /64 that one IPv6 subscriber owns."""
    parsed = ipaddress.ip_address(address)
    if parsed.version == 4:  # noqa: PLR2004 -- the version of the protocol
        return address
    return str(ipaddress.ip_network(f"{address}/64", strict=False).network_address)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def _counter(limit: Limit, key: str) -> str:
    """The name of the row; the key is hashed, so that no address of a person stands in the table."""
    return f"{limit.name[:50]}:{limit.amount}:{limit.seconds:g}:{hashlib.sha256(key.encode()).hexdigest()[:40]}"


def _milliseconds() -> int:
    return int(clock.now().timestamp() * 1000)

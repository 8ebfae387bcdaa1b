"""Puts allauth's rate limits on counters that all processes share.

allauth counts in Django's cache: per process in the default cache, and forgotten when a cache is full. Its limits are
kept (``ACCOUNT_RATE_LIMITS``); only the counting is ours. ``checks.py`` and a test notice when allauth moves the hook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import RateLimited
from allauth.core.internal import ratelimit

from academy.common.limits import Attempt, Limit, forget, give_back, is_reached, take

if TYPE_CHECKING:
    from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Usage:
    """What allauth keeps of one counted attempt."""

    attempt: Attempt | None

    def rollback(self) -> None:
        if self.attempt:
            give_back(self.attempt)


def consume(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    rate: ratelimit.Rate,
    key: str | None = None,
    user: Any = None,
    dry_run: bool = False,
    raise_exception: bool = False,
) -> Usage | None:
    """Count one attempt against one rate; None (or RateLimited) when there have been too many."""
    limit = Limit(action, rate.amount, rate.duration)
    name = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user)
    if dry_run:
        usage = None if is_reached(limit, name) else Usage(None)
    else:
        attempt = take(limit, name)
        usage = Usage(attempt) if attempt else None
    if usage is None and raise_exception:
        raise RateLimited
    return usage


def clear(
    request: HttpRequest,
    *,
    app: str,
    action: str,
    config: dict[str, str] | None = None,
    key: str | None = None,
    user: Any = None,
) -> None:
    """Begin again for a key or person. What an address did stays counted: one's own success proves nothing there."""
    for rate in ratelimit.get_rates(app=app, action=action, config=config):
        if rate.per != "ip":
            name = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key, user=user)
            forget(Limit(action, rate.amount, rate.duration), name)


def install() -> None:
    """Let allauth count here."""
    ratelimit._consume_single_rate = consume  # noqa: SLF001 -- allauth has no setting for its store
    ratelimit.clear = clear


def is_installed() -> bool:
    """Whether allauth still asks us; both names are looked up at every call."""
    used = ratelimit.consume.__code__.co_names
    return "_consume_single_rate" in used and ratelimit._consume_single_rate is consume  # noqa: SLF001 -- see install

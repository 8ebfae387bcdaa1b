"""Scores a response the way Mozilla's HTTP Observatory does (base 100, bonuses counted from 90 up).

Rules: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
"""

from __future__ import annotations

import re

BASE, BONUS_FROM = 100, 90
GOOD_REFERRER = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
HALF_YEAR = 15_768_000


def directives(text: str) -> dict[str, set[str]]:
    parts = [part.split() for part in text.split(";") if part.split()]
    return {name.lower(): set(values) for name, *values in parts}


def _csp(policy: dict[str, set[str]]) -> int:
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", {"*"}))
    if scripts & {"*", "'unsafe-inline'", "https:", "http:", "data:"} or "'unsafe-inline'" in policy.get(
        "default-src", set()
    ):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in policy.get("style-src", set()):
        return 0
    return 10 if policy.get("default-src") == {"'none'"} else 5


def _cookies(response) -> int:
    points = 5 if response.cookies else 0
    for name, cookie in response.cookies.items():
        if not cookie["secure"]:
            return -40 if "sess" in name else -20
        if not cookie["httponly"]:
            return -30 if "sess" in name else -10
        if not cookie["samesite"]:
            points = 0
    return points


def _scripts(body: str, host: str) -> int:
    addresses = re.findall(r"<script[^>]*\ssrc=[\"']?([^\"'\s>]+)", body)
    foreign = [
        address for address in addresses if address.startswith(("http:", "https:", "//")) and host not in address
    ]
    return -50 if any(address.startswith("http:") for address in foreign) else -5 if foreign else 0


def score(response, *, host: str) -> dict[str, int]:
    """Points per test, with ``total``; the response must have come over HTTPS."""
    policy = directives(response.get("Content-Security-Policy", ""))
    hsts = re.search(r"max-age=(\d+)", response.get("Strict-Transport-Security", ""))
    framed = policy.get("frame-ancestors")
    points = {
        "csp": _csp(policy),
        "cookies": _cookies(response),
        "cors": -50 if response.get("Access-Control-Allow-Origin", "") == "*" else 0,
        "hsts": -20 if hsts is None else -10 if int(hsts[1]) < HALF_YEAR else 0,
        "referrer": 5 if response.get("Referrer-Policy", "") in GOOD_REFERRER else 0,
        "scripts": _scripts(response.content.decode(errors="replace"), host),
        "nosniff": 0 if response.get("X-Content-Type-Options") == "nosniff" else -5,
        "frames": 5 if framed else 0 if response.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20,
        "corp": {"same-origin": 10, "same-site": 10, "cross-origin": 0}.get(
            response.get("Cross-Origin-Resource-Policy", ""), 0
        ),
    }
    without = BASE + sum(point for point in points.values() if point < 0)
    points["total"] = without + (sum(point for point in points.values() if point > 0) if without >= BONUS_FROM else 0)
    return points

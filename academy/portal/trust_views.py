"""Pages on which we account for ourselves: privacy, accessibility, and two files for machines."""

from __future__ import annotations

import tomllib
from datetime import UTC, timedelta
from email.utils import parseaddr
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from academy.common import clock
from academy.common.page_cache import public_page
from academy.portal.privacy import purposes

if TYPE_CHECKING:
    from django.http import HttpRequest

HERE = Path(__file__).parent
# RFC 9116 asks for less than a year; half of one, counted in whole days, is renewed by every request.
SECURITY_TXT_DAYS = 180
CLOSED_TO_ROBOTS = (
    "/account/",
    "/api/",
    "/bureau/",
    "/certificaat/",
    "/cms/",
    "/demo/",
    "/gemeente/",
    "/hr/",
    "/mijn-groepen/",
    "/mijn/",
    "/partners/",
    "/team/",
    "/uitnodiging/",
    "/zoeken/",
)


def statement() -> dict[str, Any]:
    """The accessibility statement as data."""
    return tomllib.loads((HERE / "accessibility.toml").read_text())


def contact_address() -> str:
    """Where people write to about privacy, accessibility and leaks."""
    return parseaddr(settings.MAIL_FROM)[1]


@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/privacy.html", {"purposes": purposes(), "contact": contact_address()})


@public_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"statement": statement(), "contact": contact_address()}
    return render(request, "portal/accessibility.html", context)


@public_page
@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    midnight = clock.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    expires = midnight + timedelta(days=SECURITY_TXT_DAYS)
    lines = (
        f"Contact: mailto:{contact_address()}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.PUBLIC_URL}/.well-known/security.txt",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public_page
@require_safe
def robots_txt(_request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {address}" for address in CLOSED_TO_ROBOTS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")

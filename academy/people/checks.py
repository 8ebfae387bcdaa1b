"""What must be so before the door opens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def limits_are_shared(**_kwargs: Any) -> list[CheckMessage]:
    from academy.people.adapter import limits  # noqa: PLC0415 -- the apps must be there first

    if limits.is_installed():
        return []
    return [Error("allauth telt pogingen niet meer in academy.common.limits.", id="people.E001")]


@register(Tags.security, deploy=True)
def door_is_closed(**_kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    if not settings.ACADEMY_MFA_REQUIRED:
        found.append(
            Error("ACADEMY_MFA_REQUIRED staat uit; medewerkers komen dan binnen met een wachtwoord.", id="people.E002")
        )
    if any(host.startswith("*") for host in settings.ALLOWED_HOSTS):
        found.append(Error("ALLOWED_HOSTS noemt *; een vreemde host komt dan in links terecht.", id="people.E003"))
    if settings.OIDC_SERVER_URL and not settings.OIDC_SERVER_URL.startswith("https://"):
        found.append(Error("OIDC_SERVER_URL moet met https:// beginnen.", id="people.E004"))
    return found

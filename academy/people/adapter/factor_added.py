"""What follows when somebody sets up an app or key. Apart from the adapter: every process has this, few have a door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.mfa.models import Authenticator

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.people.models import User


def count_as_given(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """Whoever sets up an app or key has just shown it; asking again would only cost a second code."""
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415 -- brings the whole door

    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)

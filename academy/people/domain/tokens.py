"""Tokens that give access by themselves: for the API, and for an agenda that subscribes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError
from academy.common.identifiers import digest, secret_token
from academy.people import rules
from academy.people.domain.audit import record
from academy.people.enums import Role, TokenKind
from academy.people.models import AccessToken, User

AT_MOST = 20
_SEEN_EVERY = timedelta(minutes=5)


@transaction.atomic
def create_token(
    *, person: User, kind: TokenKind | str, name: str = "", expires_at: datetime | None = None, secret: str = ""
) -> tuple[AccessToken, str]:
    """Make a token of ``person`` and return it with its secret, which is shown once and kept nowhere.

    A ``secret`` that the caller can make again finds the token that is there already. Raises DomainError when that one
    was revoked, or when the person has twenty.
    """
    User.objects.select_for_update().get(pk=person.pk)
    held: AccessToken | None = AccessToken.objects.filter(person=person, digest=digest(secret)).first()
    if secret and held is not None:
        if held.revoked_at is not None:
            raise DomainError("revoked", _("Deze sleutel is ingetrokken. Laad de pagina opnieuw voor een nieuwe."))
        return held, secret
    if AccessToken.objects.filter(person=person, revoked_at__isnull=True).count() >= AT_MOST:
        raise DomainError("too_many", _("Je hebt al twintig sleutels. Trek er eerst een in."))
    secret = secret or secret_token()
    token = AccessToken.objects.create(
        person=person,
        kind=kind,
        name=name.strip(),
        digest=digest(secret),
        created_at=clock.now(),
        expires_at=expires_at,
    )
    record(action="token.create", by=person, subject=person, target=token.public_id, data={"kind": str(kind)})
    return token, secret


@transaction.atomic
def revoke_token(*, token: AccessToken, by: User) -> AccessToken:
    """End a token now. One that ended already is returned unchanged."""
    token = AccessToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at"])
        record(action="token.revoke", by=by, subject=token.person, target=token.public_id)
    return token


def person_of(secret: str, *, kind: TokenKind | str) -> User | None:
    """The person a token stands for, or None when it is unknown, ended, of another kind, or the account is closed."""
    moment = clock.now()
    token = AccessToken.objects.select_related("person").filter(digest=digest(secret), kind=kind).first()
    if token is None or token.revoked_at is not None or not token.person.is_active:
        return None
    if token.expires_at is not None and token.expires_at <= moment:
        return None
    if kind == TokenKind.API and _predates_role(token):
        return None
    if token.last_used_at is None or moment - token.last_used_at > _SEEN_EVERY:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=moment)
    person: User = token.person
    return person


def _predates_role(token: AccessToken) -> bool:
    """Whether the token was made before the person got a role that needs a second factor, so possibly without one."""
    if not settings.ACADEMY_MFA_REQUIRED:
        return False
    starts = [held.starts_at for held in rules.role_assignments(token.person) if held.role != Role.MUNICIPALITY]
    return bool(starts) and token.created_at < min(starts)

"""Passwords, sessions and addresses of an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.common.errors import DomainError
from academy.people.domain.audit import record
from academy.people.models import User

if TYPE_CHECKING:
    from django.contrib.auth.tokens import PasswordResetTokenGenerator
    from django_stubs_ext import StrOrPromise

ADDRESS_REFUSED: StrOrPromise = _(
    "Gebruik in je e-mailadres alleen gewone letters, cijfers en tekens, zonder accenten of spaties."
)
# Characters that turn the direction of the text around them or cannot be seen.
_HIDDEN = {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)), "\u200e", "\u200f", "\u061c", "\ufeff"}


def is_plain_address(email: str) -> bool:
    """Whether an address is in ASCII; letters that only look like others would make two accounts look like one."""
    return email.isascii() and email.isprintable()


def is_plain_name(name: str) -> bool:
    """Whether a name can stand anywhere: no markup, no line breaks, nothing that turns the text around."""
    visible = all(char.isprintable() or char == "\u200d" for char in name)
    return visible and not _HIDDEN & set(name) and "<" not in name and ">" not in name and bool(name.strip())


def token_generator() -> PasswordResetTokenGenerator:
    """What makes and checks the secret in a link; it dies with the password it was made for."""
    generator: PasswordResetTokenGenerator = app_settings.PASSWORD_RESET_TOKEN_GENERATOR()
    return generator


@transaction.atomic
def redeem_reset(*, user: User, key: str, password: str) -> User:
    """Set a password by the link from a mail or invitation; of two people who hold the link, one wins.

    The link reached her at her address, so the only address of the account is confirmed by it. Raises DomainError when
    the link was used already or is too old. Every open session ends by the change itself.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    if not locked.is_active or not token_generator().check_token(locked, key):
        raise DomainError("link_used", str(_("Deze link werkt niet meer. Vraag een nieuwe aan.")), field="password1")
    locked.set_password(password)
    locked.save(update_fields=["password"])
    addresses = list(EmailAddress.objects.filter(user=locked))
    if [address.email for address in addresses] == [locked.email]:
        addresses[0].set_verified()
    return locked


def open_sessions(*, person: User) -> list[UserSession]:
    """Where ``person`` is logged in, the newest first; not what expired or what a new password closed."""
    known = list(UserSession.objects.filter(user=person).order_by("-created_at", "-pk"))
    keys = [session.session_key for session in known]
    proof = person.get_session_auth_hash()
    alive = {
        stored.session_key
        for stored in Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
        if stored.get_decoded().get(HASH_SESSION_KEY) == proof
    }
    return [session for session in known if session.session_key in alive]


@transaction.atomic
def end_session(*, session: UserSession) -> None:
    """Log the person of ``session`` out there; one that ended already stays so."""
    session.end()
    record(action="session.end", by=session.user, subject=session.user)


@transaction.atomic
def end_other_sessions(*, person: User, keep: str) -> int:
    """End every session of ``person`` except the one with the key ``keep``; how many that were."""
    others = list(UserSession.objects.filter(user=person).exclude(session_key=keep))
    for session in others:
        end_session(session=session)
    return len(others)


def end_sessions(*, person: User) -> int:
    """End every session of ``person``, on every device."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)

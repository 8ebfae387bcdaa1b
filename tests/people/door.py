"""Steps at the door that several test modules take."""

from __future__ import annotations

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from academy.outbox.domain.running import run_due
from academy.people.models import User
from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def log_in(client, person, password=PASSWORD, **extra):
    address = person if isinstance(person, str) else person.email
    return client.post(reverse("account_login"), {"login": address, "password": password}, **extra)


def logged_in(client) -> bool:
    return "_auth_user_id" in client.session


def add_totp(person: User) -> Authenticator:
    return TOTP.activate(person, SECRET).instance


def add_recovery_codes(person: User) -> list[str]:
    return RecoveryCodes.activate(person).get_unused_codes()


def totp_code(secret: str = SECRET, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def log_in_with_totp(client, person):
    log_in(client, person)
    return client.post(reverse("mfa_authenticate"), {"code": totp_code()})


def link_in(text: str) -> str:
    """The path of the first link of ours in a mail."""
    return re.search(r"http://127\.0\.0\.1:8000(/account/\S+-\S+/|/account/confirm-email/[^\s\"<]+)", text)[1]


def mails():
    """What left since the test began, after everything that waits has been sent."""
    run_due()
    return mail.outbox


def last_mail():
    return mails()[-1]


def without_token(response) -> str:
    """The page without what differs at every view."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())

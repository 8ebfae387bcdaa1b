"""The job that brings one message to the mail server."""

from __future__ import annotations

import contextlib
import logging
import smtplib
import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from academy.common import clock
from academy.outbox.enums import MessageState
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS, TryAgainError
from academy.outbox.rendering.mail import compose, envelope
from academy.people.domain.confirming import Doubt, suspend_confirmation

logger = logging.getLogger(__name__)
# Together just under a day; after that the office sees it.
BACKOFF = (60, 300, 900, 1800, 3600, 7200, 14400, 28800, 28800)
PERMANENT = 500
SERVER_REST_SECONDS = 30
_rest = {"until": 0.0, "why": ""}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a message."""

    state: MessageState
    subject: str = ""
    text: str = ""
    html: str = ""
    error: str = ""


def deliver(payload: dict[str, Any]) -> Outcome | None:
    """Send the message if it is still wanted; None when there is nothing left to do.

    A failure that may pass raises TryAgainError; a refusal of the receiver's server is an outcome.
    """
    message = Message.objects.select_related("person").filter(public_id=payload["message"]).first()
    if message is None or message.state != MessageState.WAITING:
        return None
    if message.person is not None and not message.person.is_active:
        return Outcome(MessageState.DROPPED, error="Het account is niet meer actief.")
    wanted = MAIL_KINDS[message.trigger].still_wanted
    if wanted is not None and not wanted(message):
        return Outcome(MessageState.DROPPED, error="Niet meer van toepassing.")
    subject, text, html = compose(message)
    error = "" if settings.OUTBOX_STORE_ONLY else _hand_over(envelope(message, subject, text, html))
    state = MessageState.BOUNCED if error else MessageState.SENT
    # The demo's mailbox is the only place where its people can follow the link.
    kept = MAIL_KINDS[message.trigger].keeps_text or settings.OUTBOX_STORE_ONLY
    return Outcome(state, subject, text if kept else "", html if kept else "", error)


def book(payload: dict[str, Any], outcome: Outcome | None) -> None:
    """Write down what became of the message, together with the end of its job."""
    if outcome is None:
        return
    message = Message.objects.select_for_update(of=("self",)).get(public_id=payload["message"])
    if message.state != MessageState.WAITING:
        return
    message.state, message.error = outcome.state, outcome.error
    message.subject, message.text, message.html = outcome.subject, outcome.text, outcome.html
    message.sent_at = clock.now() if outcome.state == MessageState.SENT else None
    message.save(update_fields=["state", "error", "subject", "text", "html", "sent_at"])
    if outcome.state == MessageState.BOUNCED and message.person is not None:
        suspend_confirmation(person=message.person, why=Doubt.BOUNCE)


def _hand_over(mail: Any) -> str:
    """Give the mail to the server; a refusal for good is returned as a sentence, an obstacle that may pass raises."""
    if time.monotonic() < _rest["until"]:
        raise TryAgainError(_rest["why"])
    connection = get_connection()
    try:
        connection.open()
    except (OSError, smtplib.SMTPException) as error:
        # The server is out of reach for every mail: leave it alone for a while instead of waiting for it each time.
        _rest.update(until=time.monotonic() + SERVER_REST_SECONDS, why=_plain(error))
        raise TryAgainError(_plain(error)) from error
    try:
        connection.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        return _refusal(code, words)
    except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
        return _refusal(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        raise TryAgainError(_plain(error)) from error
    finally:
        with contextlib.suppress(Exception):
            connection.close()
    return ""


def _refusal(code: int, words: bytes | str) -> str:
    said = words.decode(errors="replace") if isinstance(words, bytes) else words
    if code < PERMANENT:
        raise TryAgainError(f"De mailserver neemt het bericht nu niet aan ({code}: {said[:300]}).")
    return f"De mailserver weigert het bericht ({code}: {said[:300]})."


def _plain(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return "De mailserver accepteert de inloggegevens van de academie niet."
    return f"De mailserver is niet bereikbaar of antwoordt niet op tijd ({type(error).__name__})."

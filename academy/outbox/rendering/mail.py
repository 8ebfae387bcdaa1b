"""Makes the mail of a message: subject, text and HTML, and the object that goes to the server."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, loader
from django.utils import translation

from academy.outbox.registry import MAIL_KINDS

if TYPE_CHECKING:
    from academy.outbox.models import Message


def compose(message: Message) -> tuple[str, str, str]:
    """Subject, text and HTML of ``message``."""
    kind = MAIL_KINDS[message.trigger]
    facts = _readable(message.facts)
    with translation.override(settings.LANGUAGE_CODE):
        subject = one_line(str(kind.subject).format_map(message.facts))
        facts |= kind.late_facts(message) if kind.late_facts else {}
        if facts.get("link"):
            address, words = facts["link"]
            facts["link"] = (urljoin(settings.PUBLIC_URL + "/", address), words)
        shared = {**facts, "person": message.person, "PUBLIC_URL": settings.PUBLIC_URL, "subject": subject}
        text = _render(f"emails/{kind.template}.txt", shared, escape=False)
        html = _render(f"emails/{kind.template}.html", shared, escape=True)
    return subject, text, html


def one_line(words: str) -> str:
    """``words`` without anything that could end a header line or hide in it."""
    clean = "".join(" " if unicodedata.category(sign) in {"Cc", "Zl", "Zp"} else sign for sign in words)
    return " ".join(clean.split())[:200]


def envelope(message: Message, subject: str, text: str, html: str) -> EmailMultiAlternatives:
    """The mail for the server. Its Message-ID follows from the message: sent twice it is recognised as one."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    mail = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=settings.MAIL_FROM,
        to=[receiver(message)],
        headers={"Message-ID": f"<{message.public_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(html, "text/html")
    for attachment in MAIL_KINDS[message.trigger].files_of(message):
        mail.attach(*attachment)
    return mail


def receiver(message: Message) -> str:
    """The address a message goes to: that of the account as it is now, or the one it was written for."""
    return str(message.address or message.person.email)


def _render(name: str, facts: dict[str, Any], *, escape: bool) -> str:
    template = loader.get_template(name).template
    return str(template.render(Context(facts, autoescape=escape)))


def _readable(facts: Any, name: str = "") -> Any:
    """Facts with the times in them as moments: whatever stands under a name that ends in ``_at`` or ``_on``."""
    if isinstance(facts, dict):
        return {key: _readable(value, key) for key, value in facts.items()}
    if isinstance(facts, list):
        return [_readable(value, name) for value in facts]
    if isinstance(facts, str) and name.endswith(("_at", "_on")):
        try:
            return datetime.fromisoformat(facts) if name.endswith("_at") else date.fromisoformat(facts)
        except ValueError:
            return facts
    return facts

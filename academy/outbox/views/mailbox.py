"""The mails of the demo, which never leave the computer."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from academy.outbox.enums import MessageState
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS, Attachment

PER_PAGE = 50
# A mail is a page of somebody else: it runs nothing and is not of our origin, but its links work.
SANDBOX = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)


@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    sent = _sent().select_related("person").defer("text", "html", "facts").order_by("-sent_at", "-pk")
    page = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "outbox/mailbox.html", {"page": page})


@never_cache
@require_safe
def mail(request: HttpRequest, public_id: str) -> HttpResponse:
    message = get_object_or_404(_sent().select_related("person"), public_id=public_id)
    return render(request, "outbox/mail.html", {"message": message, "attachments": _attachments(message)})


@never_cache
@require_safe
def mail_html(_request: HttpRequest, public_id: str) -> HttpResponse:
    """The HTML part as it would arrive, locked up by its own policy."""
    message = get_object_or_404(_sent(), public_id=public_id)
    return HttpResponse(message.html, headers={"Content-Security-Policy": SANDBOX})


@never_cache
@require_safe
def mail_attachment(_request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """A file that goes with the mail, as it would be if the mail left now."""
    files = _attachments(get_object_or_404(_sent().select_related("person"), public_id=public_id))
    if not 1 <= number <= len(files):
        raise Http404
    name, content, media_type = files[number - 1]
    return HttpResponse(
        content,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _attachments(message: Message) -> list[Attachment]:
    return list(MAIL_KINDS[message.trigger].files_of(message))


def _sent() -> Any:
    return Message.objects.filter(state=MessageState.SENT)

"""Where django-allauth and :mod:`academy.people` hand over the mails of the door (``ACCOUNT_ADAPTER``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from academy.outbox.domain.door_mails import send_door_mail
from academy.people.adapter.account import DoorAdapter

if TYPE_CHECKING:
    from academy.people.models import User


class PostingDoorAdapter(DoorAdapter):
    """The door of the people package, whose mails go through the outbox: once, tried again, seen when they fail."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        name = template_prefix.rpartition("/")[2]
        send_door_mail(name=name, address=email, person=context.get("user"), facts=context)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

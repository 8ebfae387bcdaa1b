"""The mail to somebody who was given an account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from academy.outbox.domain.messages import write_messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.people.models import User

WELCOME = "people.welcome"


@transaction.atomic
def welcome(*, people: Sequence[User]) -> None:
    """Invite ``people`` to choose a password. The mail holds no secret: its link asks for the address first."""
    link = [reverse("account_reset_password"), _("Kies je wachtwoord")]
    write_messages(trigger=WELCOME, people=people, facts={"link": link})

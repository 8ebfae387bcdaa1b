"""The mails of this package. None says what a text says, who is in it or who brought it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop as _

from academy.common import clock
from academy.outbox.domain.messages import send_message
from academy.outbox.registry import MailKind, register_mail
from academy.people.enums import Role
from academy.people.models import User
from leertafels.cases.models import BreachRecord, Case

if TYPE_CHECKING:
    from academy.outbox.models import Message


def tell_breach(breach: BreachRecord) -> None:
    """To every privacy officer; where there is none, to who can appoint one."""
    active = User.objects.get_queryset().active()
    told = list(active.with_role(Role.PRIVACY)) or list(active.with_role(Role.ADMIN))
    for person in told:
        send_message(
            trigger="cases.breach",
            subject_key=f"breach:{breach.public_id}",
            person=person,
            facts={
                "url": settings.PUBLIC_URL + reverse("breach", args=(breach.public_id,)),
                "deadline": breach.deadline.astimezone(clock.AMSTERDAM).isoformat(),
            },
        )


def tell_hidden(case: Case) -> None:
    _tell_presenter("cases.hidden", case, {})


def tell_given_back(case: Case) -> None:
    _tell_presenter("cases.given_back", case, {"why": case.given_back})


def _tell_presenter(trigger: str, case: Case, facts: dict[str, Any]) -> None:
    send_message(
        trigger=trigger,
        subject_key=f"case:{case.public_id}",
        person=case.presenter,
        facts={
            **facts,
            "url": settings.PUBLIC_URL + reverse("case", args=(case.public_id,)),
            "destroy_at": case.destroy_at.astimezone(clock.AMSTERDAM).isoformat(),
        },
    )


def _still_there(message: Message) -> bool:
    return Case.objects.live().filter(public_id=message.subject_key.partition(":")[2]).exists()


def _still_open(message: Message) -> bool:
    public_id = message.subject_key.partition(":")[2]
    return BreachRecord.objects.filter(public_id=public_id, closed_at__isnull=True).exists()


def register_mails() -> None:
    """Called once at start-up."""
    register_mail(
        MailKind("cases.breach", _("Een tekst is mogelijk herleidbaar: kijk vandaag"), "cases/breach", _still_open)
    )
    register_mail(MailKind("cases.hidden", _("Je inbreng is verborgen"), "cases/hidden"))
    register_mail(MailKind("cases.given_back", _("Je inbreng is bij je terug"), "cases/given_back", _still_there))

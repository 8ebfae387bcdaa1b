"""Contactmomenten and their next steps, and the mail about a step that is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat

from academy.common import clock
from academy.common.errors import DomainError
from academy.outbox.domain.messages import send_message
from academy.outbox.models import Message
from academy.partners.domain.saving import Partner, about, check_exists, save_clean
from academy.partners.models import Outreach
from academy.people.domain.audit import record
from academy.people.enums import Role
from academy.people.models import User

if TYPE_CHECKING:
    from datetime import date

    from academy.partners.enums import OutreachKind
    from academy.partners.models import Contact

OVERDUE = "partners.overdue"


@transaction.atomic
def record_outreach(
    *,
    partner: Partner,
    kind: OutreachKind | str,
    held_on: date,
    by: User,
    contact: Contact | None = None,
    outcome: str = "",
    next_step: str = "",
    due_on: date | None = None,
    finishes: Outreach | None = None,
) -> Outreach:
    """Write down a contactmoment, with the next step if there is one. ``finishes`` is the earlier step it carries out.

    The same contactmoment twice is written once. Raises DomainError for a partner that merged away, for a day that is
    still to come, for a contact of somebody else, and for a step without a day or before the contactmoment.
    """
    check_exists(partner)
    if held_on > clock.today():
        raise DomainError("future", "Dit is nog niet geweest; leg het vast als volgende stap.", field="held_on")
    if due_on is not None and due_on < held_on:
        raise DomainError("dates", "De volgende stap komt na dit contactmoment; kies een latere dag.", field="due_on")
    if contact is not None and contact.partner != partner:
        raise DomainError("contact", f"{contact.name} hoort niet bij {partner.name}.", field="contact")
    facts = {
        **about(partner),
        "kind": kind,
        "held_on": held_on,
        "outcome": outcome.strip(),
        "next_step": next_step.strip(),
        "due_on": due_on,
    }
    known: Outreach | None = Outreach.objects.filter(**facts, contact=contact, owner=by).first()
    if known is not None:
        return known
    moment = Outreach(**facts, contact=contact, owner=by)
    save_clean(moment)
    if finishes is not None:
        finish_step(outreach=finishes, by=by)
    record(action="partners.outreach", by=by, target=moment.public_id, data={"kind": str(kind)})
    return moment


@transaction.atomic
def finish_step(*, outreach: Outreach, by: User) -> Outreach:
    """The next step was done, or needs no doing any more. One that waits no more is returned unchanged."""
    outreach = Outreach.objects.select_for_update(of=("self",)).get(pk=outreach.pk)
    if outreach.has_open_step:
        outreach.done_at = clock.now()
        outreach.save(update_fields=["done_at"])
        record(action="partners.step", by=by, target=outreach.public_id, data={"what": "done"})
    return outreach


@transaction.atomic
def postpone_step(*, outreach: Outreach, due_on: date, by: User) -> Outreach:
    """Give the next step a later day. Raises DomainError for a day that is over and for a step that was done."""
    outreach = Outreach.objects.select_for_update(of=("self",)).get(pk=outreach.pk)
    if not outreach.has_open_step:
        raise DomainError("done", "Deze stap is al gedaan; leg een nieuw contactmoment vast.")
    if due_on < clock.today():
        raise DomainError("past", "Deze dag is al voorbij; kies een dag die nog komt.", field="due_on")
    if outreach.due_on != due_on:
        outreach.due_on = due_on
        save_clean(outreach)
        record(action="partners.step", by=by, target=outreach.public_id, data={"due_on": due_on.isoformat()})
    return outreach


def remind_overdue() -> int:
    """Mail whoever has a step that is overdue, once for each day it was due on; how many mails (a sweep).

    A step of somebody who keeps partners no more goes to all who do.
    """
    told = Message.objects.filter(
        trigger=OVERDUE,
        subject_key=Concat(Value("outreach:"), OuterRef("public_id")),
        occurrence=Cast(OuterRef("due_on"), CharField()),
    )
    late = Outreach.objects.overdue().filter(~Exists(told)).select_related("municipality", "organisation", "owner")
    if not late:
        return 0
    keepers = list(User.objects.get_queryset().active().with_role(Role.PARTNERSHIP))
    written = 0
    for step in late:
        for person in [step.owner] if step.owner in keepers else keepers:
            send_message(
                trigger=OVERDUE,
                subject_key=f"outreach:{step.public_id}",
                occurrence=step.due_on.isoformat(),
                person=person,
                facts={
                    "partner": step.partner.name,
                    "due_on": step.due_on.isoformat(),
                    "link": ["/partners/deze-week/", "Bekijk je week"],
                },
            )
            written += 1
    return written


def still_overdue(message: Message) -> bool:
    """Asked just before the mail leaves: a step that was done or postponed meanwhile needs no mail."""
    public_id = message.subject_key.partition(":")[2]
    waiting = Outreach.objects.overdue().filter(public_id=public_id)
    return any(step.due_on.isoformat() == message.occurrence for step in waiting)

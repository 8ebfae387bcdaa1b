"""Asking for a mail. Call it inside the transaction of the change that causes it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Concat

from academy.outbox.domain.jobs import add_job, before_last_attempt, enqueue
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.outbox.registry import MAIL_KINDS
from academy.people.domain.audit import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.people.models import User

SEND_MAIL = "outbox.send_mail"
BATCH = 500


def send_message(
    *,
    trigger: str,
    subject_key: str,
    facts: dict[str, Any],
    person: User | None = None,
    address: str = "",
    occurrence: str = "",
    is_first: bool = False,
) -> Message:
    """Have one mail of a registered ``trigger`` sent to ``person`` (or, before there is an account, to ``address``).

    Asked twice for the same subject and occurrence it is sent once. ``facts`` are JSON values for the template, with
    times as ISO 8601 text; a NUL in them, which no database keeps, is left out. ``is_first`` says that the subject was
    made in this transaction, so that nothing can have been sent about it. Raises ValueError for a trigger nobody
    registered and for an address that is none.
    """
    if trigger not in MAIL_KINDS:
        raise ValueError(f"Er is geen bericht met de aanleiding {trigger}.")
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValueError("Dit is geen e-mailadres.") from error
    what = {"trigger": trigger, "subject_key": subject_key, "occurrence": occurrence}
    return _write({**what, "person": person, "address": address}, _storable(facts), is_first=is_first)


# Nothing in here is caught by a caller that goes on in the same transaction, so it needs no savepoint.
@transaction.atomic(savepoint=False)
def _write(what: dict[str, Any], facts: dict[str, Any], *, is_first: bool) -> Message:
    message: Message
    if is_first:
        message, created = Message.objects.create(**what, facts=facts), True
    else:
        message, created = Message.objects.get_or_create(**what, defaults={"facts": facts})
    if created:
        add_job(kind=SEND_MAIL, key=_key(message), payload={"message": message.public_id})
    return message


def write_messages(*, trigger: str, people: Sequence[User], facts: dict[str, Any]) -> None:
    """Have the same mail sent to many people at once, once to each, without waking the workers for every single one."""
    written = [
        Message(trigger=trigger, subject_key=person.public_id, person=person, facts=_storable(facts))
        for person in people
    ]
    with transaction.atomic():
        Message.objects.bulk_create(written, batch_size=BATCH)
        Job.objects.bulk_create(
            [Job(kind=SEND_MAIL, key=_key(message), payload={"message": message.public_id}) for message in written],
            batch_size=BATCH,
        )


def post_waiting() -> int:
    """Give every waiting message its job; normally it has one from the start."""
    jobs = Job.objects.filter(key=Concat(Value("mail:"), OuterRef("public_id")))
    lost = Message.objects.filter(~Exists(jobs), state=MessageState.WAITING)
    for message in lost:
        _post(message)
    return len(lost)


@transaction.atomic
def retry_message(*, message: Message, by: User) -> Message:
    """Send a bounced message once more, for instance after the address was corrected. Others are returned unchanged."""
    message = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if message.state != MessageState.BOUNCED:
        return message
    message.state, message.error = MessageState.WAITING, ""
    message.save(update_fields=["state", "error"])
    Job.objects.filter(key=_key(message)).exclude(state=JobState.LEASED).delete()
    _post(message)
    Job.objects.filter(key=_key(message)).update(attempts=before_last_attempt(SEND_MAIL))
    record(action="job.retry", by=by, subject=message.person, target=message.public_id, data={"kind": SEND_MAIL})
    return message


def _storable(fact: Any) -> Any:
    if isinstance(fact, dict):
        return {key: _storable(value) for key, value in fact.items()}
    if isinstance(fact, list | tuple):
        return [_storable(value) for value in fact]
    return fact.replace("\0", " ") if isinstance(fact, str) else fact


def _key(message: Message) -> str:
    return f"mail:{message.public_id}"


def _post(message: Message) -> None:
    enqueue(kind=SEND_MAIL, key=_key(message), payload={"message": message.public_id})

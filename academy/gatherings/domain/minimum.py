"""Ten days before the start: are there enough people for it to go on?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext, gettext_noop as _

from academy.common import clock
from academy.gatherings.domain.telling import gathering_facts
from academy.gatherings.enums import GatheringState
from academy.gatherings.models import Gathering
from academy.gatherings.rules import LEADING
from academy.outbox.domain.messages import send_message
from academy.outbox.models import Message
from academy.outbox.registry import MailKind, register_mail
from academy.people.enums import Role
from academy.people.models import User

if TYPE_CHECKING:
    from academy.gatherings.querysets import GatheringQuerySet

THIN = "gatherings.thin"
LOOK_AT = timedelta(days=10)


def below_minimum() -> GatheringQuerySet:
    """What begins within ten days with fewer people than it takes."""
    moment = clock.now()
    soon = Gathering.objects.filter(
        state=GatheringState.OPEN, minimum__isnull=False, starts_at__gt=moment, starts_at__lte=moment + LOOK_AT
    )
    found: GatheringQuerySet = soon.with_places().filter(seats_held__lt=F("minimum")).select_related("offering")
    return found


def tell_thin() -> int:
    """Have who leads and the office told, once for each date; how many gatherings (a sweep)."""
    told = 0
    for gathering in below_minimum():
        subject, occurrence = f"gathering:{gathering.public_id}", _occurrence(gathering)
        if Message.objects.filter(trigger=THIN, subject_key=subject, occurrence=occurrence).exists():
            continue
        facts = _facts(gathering)
        for person in _who_decides(gathering):
            send_message(trigger=THIN, subject_key=subject, occurrence=occurrence, person=person, facts=facts)
        told += 1
    return told


def _occurrence(gathering: Any) -> str:
    """A gathering that was moved is a new question."""
    return str(gathering.starts_at.astimezone(clock.AMSTERDAM).date().isoformat())


def _facts(gathering: Any) -> dict[str, Any]:
    return {
        **gathering_facts(gathering, with_place=False),
        "taken": gathering.seats_held,
        "minimum": gathering.minimum,
        "link": [f"{settings.PUBLIC_URL}/mijn-groepen/{gathering.public_id}/", str(gettext("Bekijk de groep"))],
    }


def _who_decides(gathering: Gathering) -> list[User]:
    leads = gathering.leads.current().filter(role__in=LEADING).values("person")
    people = User.objects.get_queryset().active()
    found = people.filter(pk__in=leads) | people.filter(pk__in=people.with_role(Role.OFFICE).values("pk"))
    return list(found.distinct().order_by("pk"))


def _still_thin(message: Message) -> bool:
    public_id = message.subject_key.partition(":")[2]
    found: Any = below_minimum().filter(public_id=public_id).first()
    return found is not None and _occurrence(found) == message.occurrence


def register_mails() -> None:
    """Called once at start-up."""
    register_mail(MailKind(THIN, _("Gaat dit door? {title}"), "gatherings/thin", _still_thin))

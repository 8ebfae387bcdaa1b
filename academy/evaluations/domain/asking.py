"""Asking everybody who was there, a day and eight weeks after a gathering was closed, and forgetting who answered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _

from academy.common import clock
from academy.evaluations.models import Evaluation, Respondent
from academy.evaluations.questionnaires import AFTERWARDS, QUESTIONNAIRES
from academy.evaluations.rules import attendance_counted, may_answer
from academy.gatherings.domain.locking import lock_gathering
from academy.gatherings.enums import GatheringState
from academy.gatherings.models import Gathering, Session
from academy.outbox.domain.messages import send_message
from academy.outbox.registry import MailKind, register_mail
from academy.people.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.evaluations.questionnaires import Questionnaire
    from academy.outbox.models import Message

OPEN_FOR = timedelta(days=14)


def ask_opinions() -> int:
    """Open every questionnaire whose time has come; how many people were asked (a sweep)."""
    return sum(
        open_evaluation(gathering=gathering, asked=asked).asked
        for asked in QUESTIONNAIRES.values()
        for gathering in due(asked)
    )


def due(asked: Questionnaire) -> QuerySet[Gathering]:
    """Gatherings of which the last session was closed so long ago, and of which this was not asked yet.

    A run closes all its sessions at once and a leertafel one by one; either way it is over when none is open. What
    was closed longer ago than a questionnaire stays open is not asked about any more.
    """
    moment = clock.now() - asked.after
    opened = Evaluation.objects.filter(gathering=OuterRef("pk"), occasion=asked.occasion)
    held = Session.objects.held().filter(gathering=OuterRef("pk"))
    last = held.filter(closed_at__isnull=False).order_by("-closed_at").values("closed_at")[:1]
    found: QuerySet[Gathering] = (
        Gathering.objects.exclude(state__in=(GatheringState.DRAFT, GatheringState.CANCELLED))
        .filter(~Exists(opened), ends_at__lte=moment)
        .annotate(last_closed=Subquery(last))
        .filter(
            ~Exists(held.filter(closed_at__isnull=True)),
            last_closed__lte=moment,
            last_closed__gt=moment - OPEN_FOR,
        )
        .order_by("pk")
    )
    return found


@transaction.atomic
def open_evaluation(*, gathering: Gathering, asked: Questionnaire = AFTERWARDS) -> Evaluation:
    """Open a questionnaire about a gathering and ask everybody who was there and did not leave since.

    One that is there is returned as it is.
    """
    gathering = lock_gathering(gathering)
    found: Evaluation | None = Evaluation.objects.filter(gathering=gathering, occasion=asked.occasion).first()
    if found is not None:
        return found
    there = User.objects.filter(pk__in=attendance_counted(gathering).values("person")).order_by("pk")
    moment = clock.now()
    evaluation: Evaluation = Evaluation.objects.create(
        gathering=gathering,
        occasion=asked.occasion,
        opens_at=moment,
        closes_at=moment + OPEN_FOR,
        asked=len(there),
    )
    facts = {
        "title": gathering.title,
        "link": [f"/evaluatie/{evaluation.public_id}/", _("Beantwoord de vragen")],
        "until_at": evaluation.closes_at.astimezone(clock.AMSTERDAM).isoformat(),
    }
    for person in there:
        send_message(
            trigger=asked.trigger, subject_key=f"evaluation:{evaluation.public_id}", person=person, facts=facts
        )
    return evaluation


def forget_respondents() -> int:
    """Wipe who answered the questionnaires that are over; of how many people (a sweep)."""
    gone: tuple[int, dict[str, int]] = Respondent.objects.filter(evaluation__in=Evaluation.objects.over()).delete()
    return gone[0]


def _still_wanted(message: Message) -> bool:
    evaluation: Any = (
        Evaluation.objects.open()
        .select_related("gathering")
        .filter(public_id=message.subject_key.partition(":")[2])
        .first()
    )
    if evaluation is None or message.person is None:
        return False
    answered = Respondent.objects.filter(evaluation=evaluation, person=message.person).exists()
    return not answered and may_answer(message.person, evaluation.gathering)


def register_mails() -> None:
    """Called once at start-up."""
    for asked in QUESTIONNAIRES.values():
        register_mail(MailKind(asked.trigger, asked.subject, asked.trigger.replace(".", "/"), _still_wanted))

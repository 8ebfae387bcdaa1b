"""What people of the demo thought of two runs, one with enough answers to show and one with too few.

One of them also says what it brought eight weeks later.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock
from academy.evaluations.domain.answering import Opinion, answer
from academy.evaluations.domain.asking import forget_respondents, open_evaluation
from academy.evaluations.enums import Applied
from academy.evaluations.questionnaires import AFTERWARDS, TRANSFER
from academy.evaluations.rules import attendance_counted
from academy.gatherings.enums import GatheringState
from academy.gatherings.models import Gathering

if TYPE_CHECKING:
    from academy.portal.demo import Demo

# Of which course the last run that was closed is looked back on, what was asked, and how many answered.
LOOKED_BACK = (
    ("patronen-van-geweld", AFTERWARDS, 11),
    ("herkennen-signaleren-bespreken", AFTERWARDS, 3),
    ("patronen-van-geweld", TRANSFER, 7),
)
REMARKS = (
    "De oefening met het gesprek aan de keukentafel had langer mogen duren.",
    "Ik weet nu wie ik bel voordat ik iets doe.",
    "Fijn dat een ervaringsdeskundige meedeed.",
    "Veel theorie voor de pauze.",
)
LATER = (
    "Het formulier met de profielen ligt nu op ons overleg.",
    "Samen met een collega durfde ik het wel.",
    "Te weinig tijd in een huisbezoek.",
)


def load_evaluations(demo: Demo) -> None:
    """Asked when it was time and answered the day after that."""
    for slug, asked, number in LOOKED_BACK:
        closed = Gathering.objects.filter(offering=demo.courses[slug], state=GatheringState.CLOSED)
        gathering = closed.order_by("-closed_at")[0]
        with clock.frozen(gathering.closed_at + asked.after):
            evaluation = open_evaluation(gathering=gathering, asked=asked)
        with clock.frozen(gathering.closed_at + asked.after + timedelta(days=1)):
            there = attendance_counted(gathering).select_related("person").order_by("pk")
            for place, row in enumerate(there[:number]):
                opinion = _opinion(demo, place) if asked is AFTERWARDS else _later(demo, place)
                answer(evaluation=evaluation, opinion=opinion, by=row.person)
    forget_respondents()


def _opinion(demo: Demo, place: int) -> Opinion:
    dares = [demo.random.choice((2, 3, 4, 4, 5)) for _ in range(3)]
    remark = REMARKS[place // 3] if place % 3 == 0 else ""
    return Opinion(*dares, score=demo.random.choice((6, 7, 8, 9, 9)), remark=remark)


def _later(demo: Demo, place: int) -> Opinion:
    used = demo.random.choice((Applied.NO_OCCASION, Applied.NOT_YET, Applied.ONCE, Applied.ONCE, Applied.OFTEN))
    return Opinion(applied=used, remark=LATER[place // 3] if place % 3 == 0 else "")

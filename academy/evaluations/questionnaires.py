"""What people are asked about a gathering, and when: one row for each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _, gettext_noop

from academy.evaluations.enums import HIGHEST_SCORE, LOWEST_SCORE, Applied, Daring, Occasion

if TYPE_CHECKING:
    from django.utils.functional import Promise

    Scale = tuple[tuple[int, str | Promise], ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the answers to choose from; ``field`` is where an answer keeps it, ``word`` its short name."""

    field: str
    word: str | Promise
    text: str | Promise
    scale: Scale
    hint: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Asked so long ``after`` the last session of a gathering was closed, by a mail with this trigger."""

    occasion: Occasion
    after: timedelta
    trigger: str
    subject: str
    title: str | Promise
    lead: str | Promise
    questions: tuple[Question, ...]
    remark: str | Promise

    def question(self, field: str) -> Question | None:
        return next((one for one in self.questions if one.field == field), None)


DARING: Scale = tuple(Daring.choices)
SCORES: Scale = tuple((value, str(value)) for value in range(LOWEST_SCORE, HIGHEST_SCORE + 1))

AFTERWARDS = Questionnaire(
    occasion=Occasion.AFTERWARDS,
    # The first evening to sleep on it.
    after=timedelta(days=1),
    trigger="evaluations.asked",
    subject=gettext_noop("Wat vond je ervan? {title}"),
    title=_("Wat vond je ervan?"),
    lead=_("Vijf vragen, nog geen twee minuten."),
    questions=(
        Question("recognising", _("Herkennen"), _("Durf je signalen van onveiligheid thuis te herkennen?"), DARING),
        Question("discussing", _("Bespreken"), _("Durf je te bespreken wat je ziet?"), DARING),
        Question("acting", _("Handelen"), _("Durf je te handelen, met wie daarbij nodig is?"), DARING),
        Question(
            "score",
            _("Cijfers"),
            _("Welk cijfer geef je deze bijeenkomst?"),
            SCORES,
            hint=_("1 is heel slecht, 10 is uitstekend."),
        ),
    ),
    remark=_("Wil je nog iets zeggen?"),
)
TRANSFER = Questionnaire(
    occasion=Occasion.TRANSFER,
    after=timedelta(weeks=8),
    trigger="evaluations.transfer",
    subject=gettext_noop("Gebruik je het al? {title}"),
    title=_("Gebruik je het al?"),
    lead=_("Twee vragen, een halve minuut."),
    questions=(
        Question(
            "applied", _("Toegepast"), _("Heb je in je werk gebruikt wat je hier leerde?"), tuple(Applied.choices)
        ),
    ),
    remark=_("Wat hielp je, of wat hield je tegen?"),
)
QUESTIONNAIRES = {one.occasion: one for one in (AFTERWARDS, TRANSFER)}

"""What people are asked after a gathering, who answered while it may be answered, and the answers of nobody."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.evaluations.enums import HIGHEST_SCORE, LOWEST_SCORE, MOST_CHARACTERS, Applied, Daring, Occasion
from academy.evaluations.querysets import AnswerQuerySet, EvaluationQuerySet


class Evaluation(models.Model):
    """A questionnaire about one gathering, open from ``opens_at`` until ``closes_at``. ``asked`` people got a mail."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    gathering = models.ForeignKey(
        "gatherings.Gathering", models.CASCADE, related_name="evaluations", verbose_name=_("bijeenkomst")
    )
    occasion = models.CharField(_("moment"), max_length=12, choices=Occasion.choices, default=Occasion.AFTERWARDS)
    opens_at = models.DateTimeField(_("open vanaf"))
    closes_at = models.DateTimeField(_("open tot"))
    asked = models.PositiveIntegerField(_("gevraagd"))

    objects: ClassVar = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluatie")
        verbose_name_plural = _("evaluaties")
        ordering = ("-opens_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("gathering", "occasion"),
                name="evaluations_evaluation_once_per_occasion",
                violation_error_message=_("Hiernaar is al gevraagd."),
            ),
            models.CheckConstraint(
                condition=models.Q(occasion__in=Occasion.values),
                name="evaluations_evaluation_occasion_known",
                violation_error_message=_("Dit moment bestaat niet."),
            ),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="evaluations_evaluation_closes_after_opening",
                violation_error_message=_("Een evaluatie sluit na haar begin."),
            ),
        )

    def __str__(self) -> str:
        return str(self.gathering)


class Respondent(models.Model):
    """Somebody who answered, so that nobody answers twice; gone when the questionnaire closes.

    It has no moment and no way to an answer: that is what keeps an answer nobody's.
    """

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="respondents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("wie al antwoordde")
        verbose_name_plural = _("wie al antwoordden")
        ordering = ("evaluation", "person")
        constraints = (
            models.UniqueConstraint(
                fields=("evaluation", "person"),
                name="evaluations_respondent_once",
                violation_error_message=_("Je hebt deze vragen al beantwoord."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.evaluation}"


_AFTERWARDS = ("recognising__isnull", "discussing__isnull", "acting__isnull", "score__isnull")


class Answer(models.Model):
    """What one person thought, without who or when. The key is random, so that it tells no order.

    It answers one of the questionnaires and leaves the questions of the other empty. ``is_shown`` becomes true for
    five or more answers at a time, never for fewer.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="answers")
    recognising = models.PositiveSmallIntegerField(_("herkennen"), choices=Daring.choices, null=True, blank=True)
    discussing = models.PositiveSmallIntegerField(_("bespreken"), choices=Daring.choices, null=True, blank=True)
    acting = models.PositiveSmallIntegerField(_("handelen"), choices=Daring.choices, null=True, blank=True)
    score = models.PositiveSmallIntegerField(
        _("cijfer"),
        validators=[MinValueValidator(LOWEST_SCORE), MaxValueValidator(HIGHEST_SCORE)],
        null=True,
        blank=True,
    )
    applied = models.PositiveSmallIntegerField(_("toegepast"), choices=Applied.choices, null=True, blank=True)
    remark = models.CharField(_("opmerking"), max_length=MOST_CHARACTERS, blank=True)
    is_shown = models.BooleanField(_("telt mee in de uitslag"), default=False)

    objects: ClassVar = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("antwoord")
        verbose_name_plural = _("antwoorden")
        ordering = ("evaluation", "id")
        constraints = (
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{name}__in": Daring.values}),
                    name=f"evaluations_answer_{name}_on_scale",
                    violation_error_message=_("Kies een van de vijf antwoorden."),
                )
                for name in ("recognising", "discussing", "acting")
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=LOWEST_SCORE, score__lte=HIGHEST_SCORE),
                name="evaluations_answer_score_on_scale",
                violation_error_message=_("Een cijfer is 1 tot en met 10."),
            ),
            models.CheckConstraint(
                condition=models.Q(applied__in=Applied.values),
                name="evaluations_answer_applied_on_scale",
                violation_error_message=_("Kies een van de vier antwoorden."),
            ),
            models.CheckConstraint(
                condition=models.Q(applied__isnull=True, **dict.fromkeys(_AFTERWARDS, False))
                | models.Q(applied__isnull=False, **dict.fromkeys(_AFTERWARDS, True)),
                name="evaluations_answer_to_one_questionnaire",
                violation_error_message=_("Beantwoord alle vragen van één vragenlijst."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.score} · {self.evaluation}"

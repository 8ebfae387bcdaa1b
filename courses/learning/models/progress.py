"""How far somebody is: what was read, and what was answered. Each row hangs on a seat, so a new seat starts anew."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.learning.querysets import AttemptQuerySet


class LessonDone(models.Model):
    """Somebody finished a lesson; ``lesson`` is the id of its block."""

    seat = models.ForeignKey("gatherings.Seat", models.CASCADE, related_name="lessons_done")
    lesson = models.CharField(max_length=80)
    done_at = models.DateTimeField(_("afgerond op"))

    class Meta:
        verbose_name = _("afgeronde les")
        verbose_name_plural = _("afgeronde lessen")
        ordering = ("done_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("seat", "lesson"),
                name="learning_lesson_done_once",
                violation_error_message=_("Deze les is al afgerond."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.lesson}"


class Attempt(models.Model):
    """One test that was handed in. Never changed: a better result is a new attempt.

    ``answers`` holds the chosen answers per question; ``outcome`` per question its text, whether it was right and the
    lesson it is about, as they were at that moment.
    """

    seat = models.ForeignKey("gatherings.Seat", models.CASCADE, related_name="test_attempts")
    number = models.PositiveSmallIntegerField(_("poging"))
    submitted_at = models.DateTimeField(_("ingeleverd op"))
    right = models.PositiveSmallIntegerField(_("goed"))
    asked = models.PositiveSmallIntegerField(_("aantal vragen"))
    passed = models.BooleanField(_("geslaagd"))
    answers = models.JSONField()
    outcome = models.JSONField()

    objects: ClassVar = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("poging")
        verbose_name_plural = _("pogingen")
        ordering = ("seat", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("seat", "number"),
                name="learning_attempt_number_once",
                violation_error_message=_("Deze poging is al ingeleverd."),
            ),
            models.UniqueConstraint(
                fields=("seat",),
                condition=models.Q(passed=True),
                name="learning_attempt_passes_once",
                violation_error_message=_("De toets is al gehaald."),
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1),
                name="learning_attempt_counts_from_one",
                violation_error_message=_("De eerste poging is nummer 1."),
            ),
            models.CheckConstraint(
                condition=models.Q(asked__gte=1, right__lte=models.F("asked")),
                name="learning_attempt_right_at_most_asked",
                violation_error_message=_("Er kunnen niet meer antwoorden goed zijn dan er vragen zijn."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.number}"


class ExtraAttempt(models.Model):
    """One more attempt, given by who leads the group or by the office."""

    seat = models.ForeignKey("gatherings.Seat", models.CASCADE, related_name="extra_attempts")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    given_at = models.DateTimeField(_("gegeven op"))

    class Meta:
        verbose_name = _("extra poging")
        verbose_name_plural = _("extra pogingen")
        ordering = ("given_at", "pk")

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.given_at:%d-%m-%Y}"

"""The one table of the API: answers that a repeat gets again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeptAnswer(models.Model):
    """What a request with an ``Idempotency-Key`` was answered, written in the transaction of its effect.

    ``digest`` is of the key; ``request`` says what it was used for, so that one key never answers for two things.
    ``status`` is 0 only inside the transaction that makes the row.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    request = models.CharField(_("verzoek"), max_length=200)
    status = models.PositiveSmallIntegerField(_("antwoordcode"), default=0)
    answer = models.JSONField(_("antwoord"), default=dict)
    made_at = models.DateTimeField(_("gegeven op"), db_index=True)

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("bewaard antwoord")
        verbose_name_plural = _("bewaarde antwoorden")
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "digest"),
                name="api_answer_once",
                violation_error_message=_("Dit verzoek is al beantwoord."),
            ),
        )

    def __str__(self) -> str:
        return self.request

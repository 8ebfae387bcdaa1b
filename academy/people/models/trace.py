"""Tokens that give access by themselves, the second-factor reset, and the record of who did what."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.people.enums import TokenKind


class AccessToken(models.Model):
    """A bearer token of a person; the database keeps only its digest."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="access_tokens")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("soort"), max_length=4, choices=TokenKind.choices)
    name = models.CharField(_("naam"), max_length=60, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("gemaakt op"))
    expires_at = models.DateTimeField(_("geldig tot"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("laatst gebruikt"), null=True, blank=True)

    class Meta:
        verbose_name = _("toegangssleutel")
        verbose_name_plural = _("toegangssleutels")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class SecondFactorReset(models.Model):
    """Somebody lost the phone: one colleague of office or administration asks, another one confirms."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor_resets")
    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("herstel van de tweede factor")
        verbose_name_plural = _("herstel van tweede factoren")
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("asked_by")),
                name="people_reset_needs_two",
                violation_error_message=_("Een tweede collega moet dit bevestigen."),
            ),
            models.CheckConstraint(
                condition=~models.Q(asked_by=models.F("person"))
                & (models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("person"))),
                name="people_reset_not_for_oneself",
                violation_error_message=_("Je kunt je eigen tweede factor niet herstellen."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} ({self.asked_at:%d-%m-%Y})"


class AuditEntry(models.Model):
    """Who did or opened what, when. Rows are only ever added; ``data`` never holds personal text.

    ``action`` is a word from :data:`academy.people.domain.audit.ACTIONS`; ``subject`` is the person whom it concerns,
    who can read the row on the page "wie heeft mijn gegevens gezien".
    """

    at = models.DateTimeField(db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=60, db_index=True)
    target = models.CharField(max_length=120, blank=True)
    data = models.JSONField(default=dict)
    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("regel in het logboek")
        verbose_name_plural = _("logboek")
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

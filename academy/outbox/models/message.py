"""Mail that must arrive once."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.common.identifiers import public_id
from academy.outbox.enums import MessageState


class Message(models.Model):
    """One mail to one person, unique by what caused it.

    ``trigger`` is the registered kind of mail, ``subject_key`` the thing it is about ("seat:abc"), ``occurrence``
    tells repeats apart ("2027-03-01"). ``facts`` feed the template and are purged with the body after 30 days.
    Never case text, a closed or secret place, or a test score.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    trigger = models.CharField(_("aanleiding"), max_length=60)
    subject_key = models.CharField(_("onderwerp"), max_length=120)
    occurrence = models.CharField(_("keer"), max_length=60, blank=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="messages")
    address = models.EmailField(_("adres"), blank=True)
    subject = models.CharField(_("onderwerpregel"), max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    facts = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("staat"), max_length=8, choices=MessageState.choices, default=MessageState.WAITING)
    created_at = models.DateTimeField(_("gemaakt op"), default=clock.now)
    sent_at = models.DateTimeField(_("verzonden op"), null=True, blank=True)
    purged_at = models.DateTimeField(_("inhoud gewist op"), null=True, blank=True)
    error = models.TextField(_("fout"), blank=True)

    class Meta:
        verbose_name = _("bericht")
        verbose_name_plural = _("berichten")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                "trigger",
                "subject_key",
                Coalesce("person", 0),
                "address",
                "occurrence",
                name="outbox_message_once",
                violation_error_message=_("Dit bericht is er al."),
            ),
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | ~models.Q(address=""),
                name="outbox_message_has_receiver",
                violation_error_message=_("Een bericht heeft een ontvanger."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.trigger} {self.subject_key}"


class Heartbeat(models.Model):
    """When a background process last said that it lives; ``/health/ready`` reads it."""

    name = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("levensteken")
        verbose_name_plural = _("levenstekens")

    def __str__(self) -> str:
        return self.name

"""What we did to reach a partner, what came of it, and what comes next."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.partners.enums import OutreachKind
from academy.partners.models.about import AboutPartner, one_partner
from academy.partners.models.contact import Contact
from academy.partners.querysets import OutreachQuerySet


class Outreach(AboutPartner):
    """One contactmoment. Its next step waits until ``done_at``; doing it is a contactmoment of its own."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    kind = models.CharField(_("soort"), max_length=12, choices=OutreachKind.choices)
    held_on = models.DateField(_("wanneer"))
    contact = models.ForeignKey(
        Contact, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("met wie")
    )
    outcome = models.CharField(_("wat kwam eruit"), max_length=500, blank=True)
    next_step = models.CharField(_("volgende stap"), max_length=200, blank=True)
    due_on = models.DateField(_("uiterlijk op"), null=True, blank=True)
    done_at = models.DateTimeField(_("gedaan op"), null=True, blank=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accounthouder"),
    )

    objects: ClassVar = OutreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("contactmoment")
        verbose_name_plural = _("contactmomenten")
        ordering = ("-held_on", "-pk")
        indexes: ClassVar = [
            models.Index(
                fields=("due_on",),
                condition=models.Q(done_at__isnull=True, due_on__isnull=False),
                name="partners_outreach_open_step",
            )
        ]
        constraints = (
            one_partner(),
            models.CheckConstraint(
                condition=models.Q(next_step="", due_on__isnull=True)
                | (~models.Q(next_step="") & models.Q(due_on__isnull=False)),
                name="partners_outreach_step_has_day",
                violation_error_message=_("Een volgende stap heeft een dag, en een dag heeft een volgende stap."),
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(due_on__isnull=False),
                name="partners_outreach_done_was_due",
                violation_error_message=_("Zonder volgende stap valt er niets af te ronden."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.partner}"

    @property
    def has_open_step(self) -> bool:
        return self.due_on is not None and self.done_at is None

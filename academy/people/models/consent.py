"""What the works council agreed to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.people.querysets import ConsentQuerySet


class WorksCouncilConsent(models.Model):
    """The works council agreed that HR and managers see hours and registrations of persons, for a purpose and a term.

    It holds from ``agreed_on`` until (not including) ``ends_on``. Without one in force those pages stay closed.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    agreed_on = models.DateField(_("datum van instemming"))
    purpose = models.CharField(_("doel"), max_length=300)
    ends_on = models.DateField(_("geldig tot"))
    recorded_at = models.DateTimeField(_("vastgelegd op"))
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("instemming van de ondernemingsraad")
        verbose_name_plural = _("instemmingen van de ondernemingsraad")
        ordering = ("-agreed_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("agreed_on")),
                name="people_consent_ends_after_start",
                violation_error_message=_("De instemming eindigt na de datum waarop ze is gegeven."),
            ),
            models.CheckConstraint(
                condition=~models.Q(purpose=""),
                name="people_consent_has_purpose",
                violation_error_message=_("Schrijf op waarvoor de ondernemingsraad instemde."),
            ),
            models.UniqueConstraint(
                fields=("agreed_on", "purpose", "ends_on"),
                condition=models.Q(withdrawn_at__isnull=True),
                name="people_consent_once",
                violation_error_message=_("Deze instemming is al vastgelegd."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.agreed_on:%d-%m-%Y} - {self.ends_on:%d-%m-%Y}"

"""Who gives, facilitates, hosts or stands in, since when."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.gatherings.enums import LeadRole
from academy.gatherings.querysets import LeadQuerySet


class Lead(models.Model):
    """A person leads a gathering from ``starts_at`` until (not including) ``ends_at``.

    A stand-in may do all that the one may for whom she stands in.
    """

    gathering = models.ForeignKey("gatherings.Gathering", models.CASCADE, related_name="leads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leads")
    role = models.CharField(_("rol"), max_length=11, choices=LeadRole.choices)
    starts_at = models.DateTimeField(_("vanaf"))
    ends_at = models.DateTimeField(_("tot"), null=True, blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("begeleiding")
        verbose_name_plural = _("begeleiding")
        ordering = ("gathering", "starts_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("gathering", "person", "role"),
                condition=models.Q(ends_at__isnull=True),
                name="gatherings_lead_once_at_a_time",
                violation_error_message=_("Deze persoon heeft deze rol hier al."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True) | models.Q(ends_at__gte=models.F("starts_at")),
                name="gatherings_lead_ends_after_start",
                violation_error_message=_("Begeleiding eindigt na haar begin."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.gathering}"

"""What somebody did elsewhere, by her own account."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id

LONGEST_MINUTES = 6000


class OwnActivity(models.Model):
    """A symposium, a book, a training at another provider: informal hours that nobody else vouches for.

    The ledger only knows that there was one, when and for how long; the words stand here and can be wiped.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="own_activities")
    title = models.CharField(_("wat je deed"), max_length=160)
    provider = models.CharField(_("bij wie"), max_length=120)
    on = models.DateField(_("afgerond op"))
    minutes = models.PositiveIntegerField(_("minuten"))
    evidence = models.CharField(_("je bewijs"), max_length=300)
    entered_at = models.DateTimeField(_("ingevoerd op"))

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("eigen activiteit")
        verbose_name_plural = _("eigen activiteiten")
        ordering = ("-on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "title", "on"),
                name="certificates_own_activity_once",
                violation_error_message=_("Deze activiteit staat er al op die dag."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES),
                name="certificates_own_activity_length",
                violation_error_message=_("Een activiteit duurt hoogstens 100 uur; verdeel een langere over dagen."),
            ),
        )

    def __str__(self) -> str:
        return self.title

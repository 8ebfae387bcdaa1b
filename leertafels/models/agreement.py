"""Who promised what at a leertafel."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from leertafels.querysets import AgreementQuerySet


class Agreement(models.Model):
    """A person signed the agreements of one table, as they read then. Signed once per version, never changed."""

    leertafel = models.ForeignKey(
        "leertafels.Leertafel", models.PROTECT, related_name="signatures", verbose_name=_("leertafel")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leertafel_agreements", verbose_name=_("wie")
    )
    version = models.PositiveSmallIntegerField(_("versie"))
    text = models.TextField(_("wat is ondertekend"))
    signed_at = models.DateTimeField(_("ondertekend op"))

    objects: ClassVar = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("ondertekende afspraken")
        verbose_name_plural = _("ondertekende afspraken")
        ordering = ("leertafel", "person", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("leertafel", "person", "version"),
                name="leertafels_agreement_once",
                violation_error_message=_("Deze afspraken heb je al ondertekend."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.leertafel}"

"""What was agreed with a partner, or with one team of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.partners.enums import AgreementKind
from academy.partners.models.about import AboutPartner, one_partner
from academy.partners.querysets import AgreementQuerySet


class Agreement(AboutPartner):
    """Holds from ``starts_on`` until (not including) ``ends_on``. Without a team it is about the whole partner."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    team = models.ForeignKey(
        "people.Team", models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("team")
    )
    kind = models.CharField(_("soort"), max_length=12, choices=AgreementKind.choices)
    note = models.CharField(_("wat spraken we af"), max_length=200, blank=True)
    starts_on = models.DateField(_("geldt vanaf"))
    ends_on = models.DateField(_("geldt tot"), null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("afspraak")
        verbose_name_plural = _("afspraken")
        ordering = ("-starts_on", "-pk")
        constraints = (
            one_partner(),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="partners_agreement_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum; pas een van beide aan."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=AgreementKind.OTHER) | ~models.Q(note=""),
                name="partners_agreement_other_is_named",
                violation_error_message=_("Schrijf op wat jullie afspraken."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.team or self.partner}"

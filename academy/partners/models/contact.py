"""People at partners, and our own people for their teams. No more of them than is needed to reach them at work."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.partners.enums import ContactLevel
from academy.partners.models.about import AboutPartner, one_partner
from academy.partners.querysets import PartnerQuerySet
from academy.people.querysets import DatedQuerySet


class Contact(AboutPartner):
    """Somebody at a partner. Who is a contact no more is deleted, not ended."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(_("naam"), max_length=120)
    function = models.CharField(_("functie"), max_length=120)
    level = models.CharField(
        _("waarvoor"), max_length=12, choices=ContactLevel.choices, default=ContactLevel.OPERATIONAL
    )
    email = models.EmailField(_("e-mailadres van het werk"), blank=True)
    phone = models.CharField(_("telefoonnummer van het werk"), max_length=30, blank=True)

    objects: ClassVar = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("contactpersoon")
        verbose_name_plural = _("contactpersonen")
        ordering = ("name", "pk")
        constraints = (one_partner(),)

    def __str__(self) -> str:
        return self.name


class TeamContact(models.Model):
    """Who of Veilig Thuis is the fixed contact of a team, from ``starts_on`` until (not including) ``ends_on``."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="fixed_contacts", verbose_name=_("team"))
    display_name = models.CharField(_("naam"), max_length=80)
    work_phone = models.CharField(_("telefoonnummer van het werk"), max_length=30)
    days_present = models.CharField(
        _("wanneer bij het team"), max_length=120, blank=True, help_text=_("Bijvoorbeeld: dinsdagochtend, op kantoor.")
    )
    starts_on = models.DateField(_("sinds"))
    ends_on = models.DateField(_("tot"), null=True, blank=True)

    objects: ClassVar = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("vaste contactpersoon van een team")
        verbose_name_plural = _("vaste contactpersonen van teams")
        ordering = ("team", "-starts_on")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="partners_teamcontact_ends_after_start",
                violation_error_message=_("De einddatum ligt voor de begindatum; pas een van beide aan."),
            ),
            models.UniqueConstraint(
                fields=("team",),
                condition=models.Q(ends_on__isnull=True),
                name="partners_teamcontact_one_at_a_time",
                violation_error_message=_("Dit team heeft al een vaste contactpersoon; vervang die."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.display_name} ({self.team})"

    @property
    def dial(self) -> str:
        """The number as a telephone takes it."""
        return "".join(sign for sign in self.work_phone if sign.isdigit() or sign == "+")

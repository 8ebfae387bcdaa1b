"""What most rows here have in common: they are about one municipality or one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from academy.people.models import Municipality, Organisation


def one_partner() -> models.CheckConstraint:
    """Exactly one of the two."""
    return models.CheckConstraint(
        condition=models.Q(municipality__isnull=False, organisation__isnull=True)
        | models.Q(municipality__isnull=True, organisation__isnull=False),
        name="%(app_label)s_%(class)s_one_partner",
        violation_error_message=_("Kies een gemeente of een organisatie."),
    )


class AboutPartner(models.Model):
    """A row about a municipality or an organisation."""

    municipality = models.ForeignKey(
        "people.Municipality", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gemeente")
    )
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisatie")
    )

    class Meta:
        abstract = True

    @property
    def partner(self) -> Municipality | Organisation | Any:
        """The municipality, or else the organisation."""
        return self.municipality or self.organisation

    @property
    def partner_code(self) -> str:
        """What stands in the address of the partner's page."""
        return self.municipality.code if self.municipality else self.organisation.public_id

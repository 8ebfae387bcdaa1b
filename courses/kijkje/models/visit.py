"""One visit, what its visitors signed, and how they look back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.kijkje.enums import MOST_VISITORS


class Visit(models.Model):
    """What only a visit has; date, seats and place stand with its gathering, host and stand-in are leads of it.

    ``visitors`` is the capacity of the gathering, kept here too because a visit has a limit that others have not.
    """

    gathering = models.OneToOneField(
        "gatherings.Gathering", models.CASCADE, primary_key=True, related_name="visit", verbose_name=_("bijeenkomst")
    )
    visitors = models.PositiveSmallIntegerField(
        _("aantal bezoekers"), validators=[MinValueValidator(1), MaxValueValidator(MOST_VISITORS)]
    )
    remarks = models.TextField(_("goed om te weten"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("bezoek")
        verbose_name_plural = _("bezoeken")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(visitors__gte=1, visitors__lte=MOST_VISITORS),
                name="kijkje_visit_one_to_four_visitors",
                violation_error_message=_("Een bezoek is voor 1 tot 4 bezoekers."),
            ),
        )

    def __str__(self) -> str:
        return str(self.gathering)


class Signature(models.Model):
    """Somebody signed a confidentiality statement. Never changed; ``text`` is what she read."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="signed_statements")
    page = models.ForeignKey("kijkje.KijkjePage", models.PROTECT, related_name="signatures", verbose_name=_("Kijkje"))
    version = models.PositiveSmallIntegerField(_("versie"))
    text = models.TextField(_("tekst"))
    signed_at = models.DateTimeField(_("getekend op"))

    class Meta:
        verbose_name = _("ondertekening")
        verbose_name_plural = _("ondertekeningen")
        ordering = ("signed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "page", "version"),
                name="kijkje_signature_once_a_version",
                violation_error_message=_("Deze versie is al getekend."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.page} ({self.version})"


class Debrief(models.Model):
    """How a visitor looks back. ``note`` is hers alone; ``answers`` (question and answer) are for who received her."""

    seat = models.OneToOneField(
        "gatherings.Seat", models.CASCADE, primary_key=True, related_name="debrief", verbose_name=_("plek")
    )
    note = models.TextField(_("notitie voor jezelf"), max_length=3000, blank=True)
    answers = models.JSONField(_("antwoorden"), default=list, blank=True)
    written_at = models.DateTimeField(_("geschreven op"))

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = _("terugblik")
        verbose_name_plural = _("terugblikken")

    def __str__(self) -> str:
        return str(self.seat_id)

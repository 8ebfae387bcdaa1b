"""Somebody asks us to come and tell about our work."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.partners.enums import RequestState, RequestTopic
from academy.partners.models.about import AboutPartner
from academy.partners.querysets import InformationRequestQuerySet


class InformationRequest(AboutPartner):
    """From anybody, so what was sent is kept as text; ``organisation`` is linked when the name is one we know.

    The three fields about who asked are wiped a year after it was rounded off.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    organisation_name = models.CharField(
        _("naam van je organisatie"),
        max_length=120,
        blank=True,
        help_text=_("Vraag je het voor een gemeente? Dan hoeft dit niet."),
    )
    topic = models.CharField(_("onderwerp"), max_length=14, choices=RequestTopic.choices)
    wanted_from = models.DateField(_("vanaf"))
    wanted_until = models.DateField(_("tot en met"))
    people = models.PositiveSmallIntegerField(_("aantal mensen"))
    remarks = models.CharField(
        _("wat moeten we weten"),
        max_length=500,
        blank=True,
        help_text=_("Schrijf niets over een gezin of een cliënt. Heb je daar zorgen over? Bel 0800-2000."),
    )
    contact_name = models.CharField(_("je naam"), max_length=120, blank=True)
    contact_email = models.EmailField(_("je e-mailadres"), blank=True)
    contact_phone = models.CharField(_("je telefoonnummer"), max_length=30, blank=True)
    state = models.CharField(_("staat"), max_length=8, choices=RequestState.choices, default=RequestState.NEW)
    received_at = models.DateTimeField(_("ontvangen op"), editable=False)
    planned_at = models.DateTimeField(_("ingepland op"), null=True, blank=True, editable=False)
    planned_for = models.DateField(_("gepland voor"), null=True, blank=True)
    held_on = models.DateField(_("gegeven op"), null=True, blank=True)
    reason = models.CharField(_("waarom niet"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("afgerond op"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = InformationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("aanvraag om voorlichting")
        verbose_name_plural = _("aanvragen om voorlichting")
        ordering = ("-received_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(municipality__isnull=False) | ~models.Q(organisation_name=""),
                name="partners_request_from_somewhere",
                violation_error_message=_("Kies een gemeente of schrijf de naam van je organisatie op."),
            ),
            models.CheckConstraint(
                condition=models.Q(wanted_until__gte=models.F("wanted_from")),
                name="partners_request_period_forward",
                violation_error_message=_("De laatste dag ligt voor de eerste; pas een van beide aan."),
            ),
            models.CheckConstraint(
                condition=models.Q(people__gte=1),
                name="partners_request_has_people",
                violation_error_message=_("Er komt minstens een persoon."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=RequestState.NEW, planned_for__isnull=True, closed_at__isnull=True)
                | models.Q(state=RequestState.PLANNED, planned_for__isnull=False, closed_at__isnull=True)
                | models.Q(state=RequestState.HELD, held_on__isnull=False, closed_at__isnull=False)
                | (models.Q(state=RequestState.DECLINED, closed_at__isnull=False) & ~models.Q(reason="")),
                name="partners_request_state_has_facts",
                violation_error_message=_("Bij deze staat hoort een dag, en bij een afwijzing een reden."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.asked_for}"

    @property
    def asked_for(self) -> str:
        """For which municipality or organisation."""
        return self.organisation_name or str(self.municipality)

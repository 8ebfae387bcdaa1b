"""Organisations and teams: they merge and are renamed, so they are dated and never deleted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from academy.people.enums import OrganisationKind, Ring, TeamKind, WorkArea
from academy.people.querysets import ActiveQuerySet


class Organisation(models.Model):
    """An employer or partner; ``is_own`` marks the organisations that run the academy."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    name = models.CharField(_("naam"), max_length=120, unique=True)
    kind = models.CharField(_("soort"), max_length=24, choices=OrganisationKind.choices)
    ring = models.CharField(_("ring"), max_length=8, choices=Ring.choices, default=Ring.OTHER)
    is_own = models.BooleanField(_("eigen organisatie"), default=False)
    municipality = models.ForeignKey(
        "people.Municipality",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("gemeente"),
        help_text=_("Alleen voor een gemeente zelf; teams noemen hun eigen gemeenten."),
    )
    active_from = models.DateField(_("bestaat sinds"), default=date(2015, 1, 1))
    active_to = models.DateField(_("bestaat tot"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("opgegaan in")
    )

    objects: ClassVar = ActiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisatie")
        verbose_name_plural = _("organisaties")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(active_to__isnull=True) | models.Q(active_to__gt=models.F("active_from")),
                name="people_organisation_ends_after_start",
                violation_error_message=_("Een organisatie eindigt na haar begin."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class MailDomain(models.Model):
    """A mail domain that belongs to one organisation; re-verified because expired domains have leaked files before."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mail_domains")
    domain = models.CharField(_("maildomein"), max_length=120, unique=True)
    verified_on = models.DateField(_("nagegaan op"))

    class Meta:
        verbose_name = _("maildomein")
        verbose_name_plural = _("maildomeinen")
        ordering = ("domain",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(domain=models.functions.Lower("domain")) & ~models.Q(domain__contains="@"),
                name="people_maildomain_bare_lowercase",
                violation_error_message=_("Schrijf het maildomein in kleine letters en zonder @."),
            ),
        )

    def __str__(self) -> str:
        return self.domain


class JobFunction(models.Model):
    """What somebody does for a living; some functions need a professional registration."""

    name = models.CharField(_("naam"), max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    work_area = models.CharField(_("werkgebied"), max_length=12, choices=WorkArea.choices)
    requires_registration = models.BooleanField(_("beroepsregistratie verplicht"), default=False)

    class Meta:
        verbose_name = _("functie")
        verbose_name_plural = _("functies")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of an organisation; a local team works for one or more municipalities."""

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams", verbose_name=_("organisatie"))
    name = models.CharField(_("naam"), max_length=120)
    kind = models.CharField(_("soort"), max_length=8, choices=TeamKind.choices)
    local_name = models.CharField(
        _("plaatselijke naam"),
        max_length=60,
        blank=True,
        help_text=_("Bijvoorbeeld wijkteam, sociaal team of jeugdteam."),
    )
    municipalities = models.ManyToManyField(
        "people.Municipality", related_name="teams", blank=True, verbose_name=_("gemeenten")
    )
    headcount = models.PositiveSmallIntegerField(_("aantal medewerkers"), null=True, blank=True)
    headcount_on = models.DateField(_("geteld op"), null=True, blank=True)
    active_from = models.DateField(_("bestaat sinds"), default=date(2015, 1, 1))
    active_to = models.DateField(_("bestaat tot"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("opgegaan in")
    )

    objects: ClassVar = ActiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ("organisation__name", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "name"),
                name="people_team_name_once",
                violation_error_message=_("Deze organisatie heeft al een team met deze naam."),
            ),
            models.CheckConstraint(
                condition=models.Q(active_to__isnull=True) | models.Q(active_to__gt=models.F("active_from")),
                name="people_team_ends_after_start",
                violation_error_message=_("Een team eindigt na zijn begin."),
            ),
            models.CheckConstraint(
                condition=models.Q(headcount__isnull=True) | models.Q(headcount_on__isnull=False),
                name="people_team_headcount_is_dated",
                violation_error_message=_("Noem bij het aantal medewerkers de datum van de telling."),
            ),
        )

    def __str__(self) -> str:
        return self.name

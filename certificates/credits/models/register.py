"""Professional registers and their rules, as rows: what counts for what, from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from certificates.credits.enums import AppliesBy, AwardingChannel, Clock, RequirementKind, RuleSetStatus, UnitRule
from certificates.credits.querysets import ChamberQuerySet, RuleSetQuerySet

if TYPE_CHECKING:
    from certificates.credits.models.registration import Period, Registration


class Register(models.Model):
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    number_regex = models.CharField(_("vorm van het nummer"), max_length=60, default=r"[0-9A-Za-z.-]{3,20}")
    awarding_channel = models.CharField(_("manier van toekennen"), max_length=10, choices=AwardingChannel.choices)
    pe_org_id = models.PositiveIntegerField(_("orgID bij PE-online"), null=True, blank=True)

    class Meta:
        verbose_name = _("beroepsregister")
        verbose_name_plural = _("beroepsregisters")
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Chamber(models.Model):
    """Part of a register with rules of its own; ``code`` is unique within the register."""

    register = models.ForeignKey(Register, models.PROTECT, related_name="chambers", verbose_name=_("register"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("naam"), max_length=120)
    level = models.CharField(_("niveau"), max_length=20, blank=True)
    valid_from = models.DateField(_("vanaf"), null=True, blank=True)
    valid_to = models.DateField(_("tot en met"), null=True, blank=True)

    objects: ClassVar = ChamberQuerySet.as_manager()

    class Meta:
        verbose_name = _("kamer")
        verbose_name_plural = _("kamers")
        ordering = ("register__code", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("register", "code"),
                name="credits_chamber_once",
                violation_error_message=_("Deze kamer is er al."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def full_code(self) -> str:
        """``SKJ:JGP``; needs the register to be loaded."""
        return f"{self.register.code}:{self.code}"


class ActivityForm(models.Model):
    """A way to learn, as the registers distinguish them."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    label = models.CharField(_("naam"), max_length=80)

    class Meta:
        verbose_name = _("vorm van leren")
        verbose_name_plural = _("vormen van leren")
        ordering = ("label",)

    def __str__(self) -> str:
        return self.label


class RuleSet(models.Model):
    """The rules of one or more chambers between two dates. A figure that changes is a new rule set, not an edit.

    ``digest`` is of the file it was loaded from. Only ``status`` and who verified it change later.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("naam"), max_length=120)
    chambers = models.ManyToManyField(Chamber, related_name="rule_sets", verbose_name=_("kamers"))
    variant = models.CharField(_("variant"), max_length=20, blank=True)
    effective_from = models.DateField(_("geldt vanaf"))
    effective_to = models.DateField(_("geldt tot"), null=True, blank=True)
    applies_by = models.CharField(_("beslist door"), max_length=12, choices=AppliesBy.choices)
    period_years = models.PositiveSmallIntegerField(_("jaren per periode"), default=5)
    test_forms = models.JSONField(_("vormen met verplichte toets"), default=list)
    test_from_minutes = models.PositiveIntegerField(_("toets verplicht vanaf (minuten)"), null=True, blank=True)
    source_url = models.TextField(_("bron"))
    source_quote = models.TextField(_("toelichting"), blank=True)
    status = models.CharField(_("status"), max_length=11, choices=RuleSetStatus.choices)
    verified_on = models.DateField(_("nagekeken op"), null=True, blank=True)
    verified_by = models.CharField(_("nagekeken door"), max_length=150, blank=True)
    digest = models.CharField(max_length=64, editable=False)

    objects: ClassVar = RuleSetQuerySet.as_manager()
    of_chamber: int  # added by with_chamber()

    class Meta:
        verbose_name = _("regels van een register")
        verbose_name_plural = _("regels van registers")
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(effective_to__isnull=True) | models.Q(effective_to__gt=models.F("effective_from")),
                name="credits_ruleset_ends_after_start",
                violation_error_message=_("De einddatum ligt niet na de begindatum."),
            ),
            models.CheckConstraint(
                condition=~models.Q(status=RuleSetStatus.VERIFIED)
                | (models.Q(verified_on__isnull=False) & ~models.Q(verified_by="")),
                name="credits_ruleset_verified_by_somebody",
                violation_error_message=_("Noem wie de regels heeft nagekeken en wanneer."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def holds_for(self, registration: Registration, period: Period) -> bool:
        """What ``for_period`` asks of the database, asked of a row of ``with_chamber``."""
        day = period.starts_on if self.applies_by == AppliesBy.PERIOD_START else period.due_on
        in_time = self.effective_from <= day and (self.effective_to is None or day < self.effective_to)
        return in_time and self.of_chamber == registration.chamber_id and self.variant == registration.variant


class Requirement(models.Model):
    """One line of a rule set; ``parent`` is the key it adds up to (or, with ``is_part``, is a part of)."""

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="requirements")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(_("sleutel"), max_length=20)
    label = models.CharField(_("naam"), max_length=80)
    parent = models.CharField(_("onder"), max_length=20, blank=True)
    kind = models.CharField(_("soort"), max_length=8, choices=RequirementKind.choices)
    minimum = models.DecimalField(_("minimum"), max_digits=8, decimal_places=2, null=True, blank=True)
    counted_max = models.DecimalField(_("telt mee tot"), max_digits=8, decimal_places=2, null=True, blank=True)
    is_part = models.BooleanField(_("waarvan"), default=False)
    conditional_on = models.CharField(_("alleen bij"), max_length=40, blank=True)
    carry_over = models.BooleanField(_("mag na indiening mee naar de volgende periode"), default=True)
    within_months = models.PositiveSmallIntegerField(_("binnen maanden"), null=True, blank=True)
    needs = models.CharField(_("vraagt document"), max_length=20, blank=True)
    hard = models.BooleanField(_("verplicht"), default=True)
    derived = models.BooleanField(_("zelf berekend"), default=False)

    class Meta:
        verbose_name = _("eis")
        verbose_name_plural = _("eisen")
        ordering = ("rule_set", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("rule_set", "key"),
                name="credits_requirement_once",
                violation_error_message=_("Deze eis staat er al."),
            ),
        )

    def __str__(self) -> str:
        return self.label


class EligibilityRule(models.Model):
    """Which form, from which accreditor and chamber, feeds which requirement, and how its points are counted.

    An empty ``accreditor`` needs none; ``*`` takes any. The first rule that fits decides. Without ``requirement``
    the answer is ``reason``. ``divisors`` maps a group size to hours per point.
    """

    rule_set = models.ForeignKey(RuleSet, models.CASCADE, related_name="eligibility")
    position = models.PositiveSmallIntegerField()
    form = models.CharField(_("vorm"), max_length=30)
    accreditor = models.CharField(_("accrediteur"), max_length=20, blank=True)
    chamber = models.CharField(_("kamer"), max_length=20, blank=True)
    requirement = models.CharField(_("eis"), max_length=20, blank=True)
    reason = models.CharField(_("reden"), max_length=30, blank=True)
    fulfils = models.CharField(_("vervult ook"), max_length=20, blank=True)
    unit_rule = models.CharField(max_length=16, choices=UnitRule.choices, default=UnitRule.ACCREDITED_VALUE)
    clock = models.CharField(max_length=11, choices=Clock.choices, default=Clock.NET)
    points_per_hour = models.DecimalField(max_digits=5, decimal_places=2, default=1)
    min_session_minutes = models.PositiveSmallIntegerField(default=0)
    divisors = models.JSONField(default=dict)
    hierarchy = models.CharField(max_length=6, default="allow")
    note = models.CharField(_("toelichting"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("regel over wat meetelt")
        verbose_name_plural = _("regels over wat meetelt")
        ordering = ("rule_set", "position")

    def __str__(self) -> str:
        return f"{self.form} -> {self.requirement or self.reason}"

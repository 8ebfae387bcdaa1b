"""Fixed lists of the ledger and the registers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AwardingChannel(models.TextChoices):
    MANUAL = "manual", _("met de hand")
    PE_ONLINE = "pe_online", _("PE-online")
    NONE = "none", _("geen")


class RuleSetStatus(models.TextChoices):
    """Only on a verified rule set anybody can be told "voldoet"."""

    VERIFIED = "verified", _("nagekeken bij het register")
    PROVISIONAL = "provisional", _("voorlopig")
    UNVERIFIED = "unverified", _("niet nagekeken")


class AppliesBy(models.TextChoices):
    """Which end of a period decides which rule set holds."""

    PERIOD_START = "period_start", _("het begin van de periode")
    PERIOD_END = "period_end", _("het einde van de periode")


class RequirementKind(models.TextChoices):
    POINTS = "points", _("punten")
    HOURS = "hours", _("uren")
    FLAG = "flag", _("onderdeel")
    DOCUMENT = "document", _("document")


class UnitRule(models.TextChoices):
    ACCREDITED_VALUE = "accredited_value", _("de geaccrediteerde waarde")
    PER_HOUR = "per_hour", _("per uur")


class Clock(models.TextChoices):
    """Which minutes of a session count."""

    INTERVISION = "intervision", _("alleen intervisie")
    ALL = "all", _("intervisie en casuïstiek")
    NET = "net", _("alle netto tijd")


class RegistrationStatus(models.TextChoices):
    ACTIVE = "active", _("ingeschreven")
    ENDED = "ended", _("uitgeschreven")


class PeriodOutcome(models.TextChoices):
    RENEWED = "renewed", _("verlengd")
    REFUSED = "refused", _("afgewezen")


class CreditEventKind(models.TextChoices):
    SUBMITTED = "submitted", _("ingediend")
    GRANTED = "granted", _("toegekend")
    REJECTED = "rejected", _("afgewezen")
    REVERSED = "reversed", _("teruggeboekt")


class CreditState(models.TextChoices):
    """The state of an entry as the API names it; it follows from the last event."""

    EARNED = "earned", _("behaald")
    SUBMITTED = "submitted", _("ingediend")
    GRANTED = "granted", _("toegekend")
    REJECTED = "rejected", _("afgewezen")
    NOT_ELIGIBLE = "not_eligible", _("telt niet mee")

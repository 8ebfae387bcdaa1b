"""Fixed lists of what is brought in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    """What is stored; that the table may read it, or may no longer, follows from the time (``rules.moments``)."""

    BROUGHT_IN = "brought_in", _("ingebracht")
    GIVEN_BACK = "given_back", _("terug bij de inbrenger")
    DESTROYED = "destroyed", _("vernietigd")


class GivenBack(models.TextChoices):
    """Why it lies with its presenter again."""

    MOVED = "moved", _("de bijeenkomst is verzet")
    CANCELLED = "cancelled", _("de bijeenkomst gaat niet door")
    WITHDRAWN = "withdrawn", _("teruggetrokken")


class DestroyedBecause(models.TextChoices):
    PRESENTER = "presenter", _("vernietigd door de inbrenger")
    LEAD = "lead", _("vernietigd door de gespreksleider")
    CLOSED = "closed", _("de bijeenkomst is afgesloten")
    DEADLINE = "deadline", _("de uiterste dag kwam")
    LEFT = "left", _("de inbrenger heeft geen account meer")
    AGAIN = "again", _("opnieuw ingebracht")
    REPORTED = "reported", _("de melding van herleidbaarheid is afgerond")


class Outcome(models.TextChoices):
    """How the privacy officer judged a breach (art. 33 AVG)."""

    NO_BREACH = "no_breach", _("niet herleidbaar: geen datalek")
    NOT_NOTIFIED = "not_notified", _("datalek, melden bij de AP is niet nodig")
    NOTIFIED = "notified", _("datalek, gemeld bij de AP")

"""Fixed lists of leertafels."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """What happens at the table; only intervision is reflection on one's own work."""

    INTERVISION = "intervision", _("intervisie")
    CASE = "case", _("geanonimiseerde casusbespreking")
    MIXED = "mixed", _("intervisie en casusbespreking")


class Level(models.TextChoices):
    PRACTICE = "practice", _("uitvoerend")
    MANAGEMENT = "management", _("management")
    MIXED = "mixed", _("uitvoerend en management")


class Method(models.TextChoices):
    """How a meeting goes; what the steps are is taught, not stored."""

    INCIDENT = "incident", _("incidentmethode")
    GOSSIP = "gossip", _("roddelmethode")
    FIVE_STEPS = "five_steps", _("vijfstappenmethode")
    BALINT = "balint", _("Balintmethode")
    SAFETY = "safety", _("casusoverleg op veiligheid")


# With fewer there is nobody to talk with.
FEWEST = 2
SMALLEST = 4
LARGEST = 8
LARGEST_FOR_CASES = 12


def largest(mode: str) -> int:
    """How many people fit at a table of this kind."""
    return LARGEST_FOR_CASES if mode == Mode.CASE else LARGEST

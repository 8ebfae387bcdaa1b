"""The fixed words of the questionnaires."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """When people are asked about a gathering."""

    AFTERWARDS = "afterwards", _("na afloop")
    TRANSFER = "transfer", _("acht weken later")


class Daring(models.IntegerChoices):
    """How much somebody dares, in five words."""

    NOT_AT_ALL = 1, _("helemaal niet")
    A_LITTLE = 2, _("een beetje")
    FAIRLY = 3, _("redelijk")
    MOSTLY = 4, _("grotendeels")
    COMPLETELY = 5, _("helemaal")


class Applied(models.IntegerChoices):
    """Whether somebody used in her work what she learned."""

    NO_OCCASION = 1, _("het kwam nog niet voor")
    NOT_YET = 2, _("nog niet")
    ONCE = 3, _("ja, een keer")
    OFTEN = 4, _("ja, vaker")


# What counts as applied (domain.md M18).
USED = (Applied.ONCE, Applied.OFTEN)
LOWEST_SCORE, HIGHEST_SCORE = 1, 10
MOST_CHARACTERS = 300

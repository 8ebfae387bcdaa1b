"""Fixed lists of the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """``leased`` jobs are being done; a lease that ran out may be taken over. ``parked`` waits for a person."""

    WAITING = "waiting", _("wacht")
    LEASED = "leased", _("bezig")
    DONE = "done", _("klaar")
    PARKED = "parked", _("geparkeerd na vijf pogingen")


class MessageState(models.TextChoices):
    WAITING = "waiting", _("wacht")
    SENT = "sent", _("verzonden")
    BOUNCED = "bounced", _("teruggestuurd")
    DROPPED = "dropped", _("vervallen")

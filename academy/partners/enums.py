"""Fixed lists of the partners package."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Moment(models.TextChoices):
    """The three moments, in their order; what counts for each stands in :mod:`academy.partners.moments`."""

    MEET = "kennismaken", _("Kennismaken")
    TRAIN = "trainen", _("Trainen")
    TABLE = "leertafel", _("Leertafel")


class CountsAs(models.TextChoices):
    """What taking part in an offering means for the figures of a municipality."""

    SET = "set", _("training uit de set voor lokale teams")
    REFRESHER = "refresher", _("opfrisdag voor aandachtsfunctionarissen")


class ContactLevel(models.TextChoices):
    OPERATIONAL = "operational", _("uitvoering")
    TACTICAL = "tactical", _("leiding en beleid")
    STRATEGIC = "strategic", _("bestuur en directie")


class AgreementKind(models.TextChoices):
    ONBOARDING = "onboarding", _("Kijkje in het inwerkprogramma")
    TRAININGS = "trainings", _("trainingen uit de set")
    TABLES = "tables", _("vaste plek aan een leertafel")
    PRESENCE = "presence", _("Veilig Thuis aanwezig bij het team")
    OTHER = "other", _("iets anders")


class OutreachKind(models.TextChoices):
    OFFER = "offer", _("aanbod gedaan")
    CALL = "call", _("gebeld")
    MEETING = "meeting", _("gesprek")
    VISIT = "visit", _("bezoek")
    MAIL = "mail", _("gemaild")
    INFORMATION = "information", _("voorlichting gegeven")


class RequestTopic(models.TextChoices):
    MELDCODE = "meldcode", _("De Meldcode in de praktijk")
    VEILIG_THUIS = "veilig_thuis", _("Zo werkt Veilig Thuis")
    SIGNALS = "signals", _("Signalen herkennen en bespreken")
    CHILDREN = "children", _("Kinderen en geweld thuis")
    OLDER_PEOPLE = "older_people", _("Ouderenmishandeling")
    OTHER = "other", _("Een ander onderwerp")


class RequestState(models.TextChoices):
    NEW = "new", _("nieuw")
    PLANNED = "planned", _("gepland")
    HELD = "held", _("gegeven")
    DECLINED = "declined", _("afgewezen")

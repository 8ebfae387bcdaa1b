"""Fixed lists of the knowledge base."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pillar(models.TextChoices):
    """The three pillars of the academy."""

    KNOWLEDGE = "knowledge", _("kennis")
    SKILLS = "skills", _("vaardigheden")
    VITALITY = "vitality", _("vitaliteit")


class ArticleKind(models.TextChoices):
    ARTICLE = "artikel", _("artikel")
    BEST_PRACTICE = "praktijk", _("goede praktijk")
    AGREEMENT = "afspraak", _("werkafspraak")


class SearchKind(models.TextChoices):
    """What a hit of the site search is; the value stands in the address."""

    ARTICLE = "artikel", _("artikel")
    TERM = "begrip", _("begrip")
    COURSE = "training", _("training")
    LEERTAFEL = "leertafel", _("leertafel")
    VISIT = "bezoek", _("Kijkje in de Keuken")
    ELSEWHERE = "elders", _("aanbod van een ander")
    PATH = "leerroute", _("leerroute")
    PAGE = "pagina", _("pagina")

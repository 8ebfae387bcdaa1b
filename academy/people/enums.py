"""Fixed lists of the people package."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody may do beyond taking part; the codes are the columns of ``data/permissions.csv``."""

    TRAINER = "tr", _("trainer")
    FACILITATOR = "fa", _("gespreksleider")
    HOST = "ho", _("ontvanger van bezoeken")
    EXPERT = "ee", _("ervaringsdeskundige")
    EDITOR = "ed", _("redacteur")
    TEAM_MANAGER = "tm", _("teammanager")
    COORDINATOR = "co", _("contactpersoon opleidingen")
    OFFICE = "of", _("bureau van de academie")
    HR = "hr", _("HR")
    PARTNERSHIP = "pm", _("accounthouder gemeenten")
    MUNICIPALITY = "ge", _("contactpersoon gemeente")
    PRIVACY = "po", _("privacy officer")
    ADMIN = "ad", _("beheerder")
    AUDITOR = "au", _("inspecteur register")


# What a role is limited to. Roles that are not here hold everywhere; those of the CMS may hold in one part of the site.
SCOPE_OF = {Role.COORDINATOR: "organisation", Role.TEAM_MANAGER: "team", Role.MUNICIPALITY: "municipality"}
IN_A_SECTION = (Role.EDITOR, Role.TRAINER, Role.ADMIN)


class OrganisationKind(models.TextChoices):
    SHELTER = "shelter", _("vrouwenopvang")
    VEILIG_THUIS = "veilig_thuis", _("Veilig Thuis")
    LOCAL_TEAM_PROVIDER = "local_team_provider", _("aanbieder van lokale teams")
    MUNICIPALITY = "municipality", _("gemeente")
    SCHOOL = "school", _("onderwijs")
    YOUTH_HEALTH = "jgz", _("jeugdgezondheidszorg")
    ELDERLY_CARE = "elderly_care", _("ouderenzorg")
    DISABILITY_CARE = "lvb_care", _("begeleiding bij een licht verstandelijke beperking")
    YOUTH_PROTECTION = "gi", _("gecertificeerde instelling")
    CHILD_PROTECTION_BOARD = "rvdk", _("Raad voor de Kinderbescherming")
    POLICE = "police", _("politie")
    MENTAL_HEALTH = "ggz", _("GGZ")
    INFORMAL = "informal", _("informele organisatie")
    OTHER = "other", _("anders")


class Ring(models.TextChoices):
    """How near a partner stands; never shown to the partner itself."""

    OWN = "own", _("eigen organisatie")
    CHAIN = "chain", _("ketenpartner")
    SECOND = "second", _("tweede ring")
    OTHER = "other", _("overig")


class TeamKind(models.TextChoices):
    INTERNAL = "internal", _("eigen team")
    LOCAL = "local", _("lokaal team")


class WorkArea(models.TextChoices):
    PRIMARY = "primary", _("primair proces")
    RESIDENTIAL = "residential", _("verblijf")
    SUPPORT = "support", _("ondersteuning")
    EXTERNAL = "external", _("buiten de eigen organisatie")


class Engagement(models.TextChoices):
    """On what footing somebody belongs to an organisation."""

    PERMANENT = "permanent", _("vast")
    TEMPORARY = "temporary", _("tijdelijk")
    FLEX = "flex", _("flexpool")
    INTERN = "intern", _("stage")
    VOLUNTEER = "volunteer", _("vrijwilliger")
    PARTNER = "partner", _("bij een partner")


class TokenKind(models.TextChoices):
    API = "api", _("API")
    FEED = "feed", _("agenda-abonnement")

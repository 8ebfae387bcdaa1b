"""Fixed lists of certificates."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The same codes as :class:`certificates.achievement.CertificateKind`, with their Dutch names."""

    PARTICIPATION = "participation", _("bewijs van deelname")
    COMPLETION = "completion", _("certificaat")
    REFLECTION = "reflection", _("bewijs van deelname intervisie")


class CertificateEventKind(models.TextChoices):
    """The last one that is also a status is the status; rendered and delivered change none."""

    RENDERED = "rendered", _("gemaakt")
    DELIVERED = "delivered", _("bezorgd")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    SUPERSEDED = "superseded", _("vervangen")
    EXPIRED = "expired", _("verlopen")


class Status(models.TextChoices):
    VALID = "valid", _("geldig")
    WITHDRAWN = "withdrawn", _("ingetrokken")
    SUPERSEDED = "superseded", _("vervangen")
    EXPIRED = "expired", _("verlopen")


class WithdrawalReason(models.TextChoices):
    """Why a certificate is taken back. A list and no free text: it stays for as long as the record does."""

    ATTENDANCE = "attendance", _("de aanwezigheid klopt niet")
    TEST = "test", _("de toets telt niet")
    HOLDER = "holder", _("het staat op naam van iemand anders")
    FACTS = "facts", _("er staan verkeerde gegevens op")
    ACCREDITATION = "accreditation", _("de accreditatie gold niet")

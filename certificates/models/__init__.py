"""The tables of certificates."""

from certificates.models.activity import OwnActivity
from certificates.models.certificate import Certificate, CertificateEvent, CertificateFile, CertificateHolder

__all__ = ["Certificate", "CertificateEvent", "CertificateFile", "CertificateHolder", "OwnActivity"]

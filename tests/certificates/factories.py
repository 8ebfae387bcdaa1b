"""Certificates to test with, made the way the academy makes them."""

from __future__ import annotations

from datetime import date

from academy.common.identifiers import public_id
from certificates.achievement import Achievement, CertificateKind
from certificates.domain.recognition import recognise
from tests.factories import make_person

DAY = date(2026, 3, 2)


def make_certificate(person=None, **values):
    """A valid certificate of a training day of six hours, not printed yet."""
    person = person or make_person()
    facts = {
        "source_key": f"test:{public_id()}",
        "form": "training",
        "title": "Signaleren van geweld",
        "provider": "Blijf Groeien Academie",
        "first_day": DAY,
        "last_day": DAY,
        "completed_on": DAY,
        "minutes": 360,
        "planned_minutes": 360,
        "certificate": CertificateKind.PARTICIPATION,
    }
    return recognise(achievement=Achievement(person=person.public_id, **{**facts, **values}), by=None).certificate

"""Registrations and achievements to test with."""

from datetime import date
from decimal import Decimal

from certificates.achievement import AccreditationFacts, Achievement, CertificateKind, SessionFacts
from certificates.credits.domain.registrations import register
from certificates.credits.models import Chamber

DAY = date(2026, 3, 2)


def registered(person, code="SKJ:JGP", starts_on=date(2024, 1, 1), number="", **values):
    chamber = Chamber.objects.with_code(code).get()
    return register(person=person, chamber=chamber, number=number, starts_on=starts_on, **values)


def accredited(points="6", **values) -> AccreditationFacts:
    return AccreditationFacts(
        **{
            "register": "SKJ",
            "chamber": "JGP",
            "accreditor": "SKJ",
            "external_id": "300123",
            "points": Decimal(points),
            "valid_from": date(2025, 1, 1),
            "valid_to": date(2027, 12, 31),
            **values,
        }
    )


def trained(person, **values) -> Achievement:
    """A training day of six hours, accredited for six points at SKJ."""
    day = values.pop("day", DAY)
    return Achievement(
        **{
            "person": person.public_id,
            "source_key": "seat:1",
            "form": "training",
            "title": "Signaleren van geweld",
            "provider": "Blijf Groeien Academie",
            "first_day": day,
            "last_day": day,
            "completed_on": day,
            "minutes": 360,
            "planned_minutes": 360,
            "accreditations": (accredited(),),
            "certificate": CertificateKind.PARTICIPATION,
            "led_by": ("Marjan de Boer",),
            **values,
        }
    )


def sat(person, number=1, intervision=100, case=20, **values) -> Achievement:
    """One meeting of a leertafel."""
    part = SessionFacts(on=DAY, minutes=intervision + case, intervision_minutes=intervision, case_minutes=case)
    return trained(
        person,
        **{
            "source_key": f"leertafel-session:{number}:{person.public_id}",
            "form": "leertafel",
            "title": "Leertafel partnergeweld",
            "minutes": part.minutes,
            "planned_minutes": part.minutes,
            "sessions": (part,),
            "series": "leertafel:1",
            "group_size": 6,
            "accreditations": (),
            "certificate": None,
            **values,
        },
    )

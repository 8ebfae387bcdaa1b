"""Things of people that few tests need."""

from __future__ import annotations

from datetime import timedelta

from academy.common import clock
from academy.people.models import WorksCouncilConsent


def make_consent(**values) -> WorksCouncilConsent:
    """The works council agreed yesterday, for a year."""
    today = clock.today()
    return WorksCouncilConsent.objects.create(
        **{
            "agreed_on": today - timedelta(days=1),
            "purpose": "HR en leidinggevenden volgen de registratie en de leeruren.",
            "ends_on": today + timedelta(days=364),
            "recorded_at": clock.now(),
            **values,
        }
    )

"""What HR did before the demo begins."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock
from academy.people.domain.consent import record_consent

if TYPE_CHECKING:
    from academy.portal.demo import Demo

PURPOSE = (
    "HR en de eigen leidinggevende zien registratie en leeruren van medewerkers, om te zorgen dat iedereen op tijd kan "
    "herregistreren. Geen ranglijsten, geen gebruik voor beoordeling."
)


def load_consent(demo: Demo) -> None:
    """The works council agreed a while ago, for two years."""
    with demo.days_ago(60):
        agreed_on = clock.today() - timedelta(days=7)
        record_consent(
            agreed_on=agreed_on, purpose=PURPOSE, ends_on=agreed_on + timedelta(days=730), by=demo.people["yasmin"]
        )

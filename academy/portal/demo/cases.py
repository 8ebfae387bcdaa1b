"""What lies on the table in the demo: invented, and about nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock, workdays
from academy.gatherings.models import Lead, Seat, Session
from academy.gatherings.rules import LEADING
from leertafels.cases import rules
from leertafels.cases.domain.bringing import bring_in
from leertafels.cases.domain.opening import open_case
from leertafels.cases.domain.texts import Content

if TYPE_CHECKING:
    from academy.people.models import User
    from academy.portal.demo import Demo

WITHIN_WORKING_DAYS = 2
QUESTION = "Hoe houd ik het gesprek veilig als de partner er steeds bij komt zitten?"
SITUATION = (
    "Een gezin met twee jonge kinderen. Moeder praat alleen als de partner even weg is. Op school valt de oudste stil."
)
TRIED = "Ik sprak af op kantoor in plaats van thuis. De partner kwam mee en gaf alle antwoorden."


def load_cases(demo: Demo) -> None:
    """Bring something in, and let the lead open it, at the first table that meets within two working days."""
    session = _next_session(demo)
    if session is None:
        return
    agreed = rules.takes_cases(session.gathering)
    presenter = _presenter(session)
    if agreed is None or presenter is None:
        return
    more = {"situation": SITUATION, "tried": TRIED} if agreed.asks_text else {}
    with demo.days_ago(1):
        case = bring_in(session=session, content=Content(QUESTION, **more), by=presenter).case
    for lead in Lead.objects.current().filter(gathering=session.gathering, role__in=LEADING).select_related("person"):
        if not rules.stays_out(lead.person) and lead.person_id != presenter.pk:
            with clock.frozen(demo.now - timedelta(hours=1)):
                open_case(case=case, by=lead.person)
            return


def _next_session(demo: Demo) -> Session | None:
    sessions = Session.objects.upcoming().filter(gathering__case_rules__isnull=False).select_related("gathering")
    session: Session | None = sessions.order_by("starts_at", "pk").first()
    if session is None or workdays.before(session.starts_at, WITHIN_WORKING_DAYS) > demo.now:
        return None
    return session


def _presenter(session: Session) -> User | None:
    """Somebody with a place whose organisation knows her."""
    seats = Seat.objects.confirmed().filter(gathering=session.gathering).select_related("person").order_by("queue_key")
    return next((seat.person for seat in seats if rules.seat_at(seat.person, session.gathering)), None)

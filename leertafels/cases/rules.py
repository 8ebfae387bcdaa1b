"""Predicates: who may do what with what is brought in. The user comes first. ``is_superuser`` gives nothing here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from academy.common import clock, formats, workdays
from academy.common.errors import Reason
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Seat
from academy.gatherings.rules import leads
from academy.people.enums import Role
from academy.people.rules import has_role, is_approved
from leertafels.cases.models import Case, CaseRules, Conflict

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Gathering, Session
    from academy.people.models import User

# Roles that plan, check or look on never read a text, also not of a table they sit at with the same account.
KEPT_OUT = (
    Role.OFFICE,
    Role.HR,
    Role.PARTNERSHIP,
    Role.MUNICIPALITY,
    Role.PRIVACY,
    Role.ADMIN,
    Role.AUDITOR,
    Role.EDITOR,
)
LEAD_WORKING_DAYS = 5
MEMBER_WORKING_DAYS = 3
KEPT_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Moments:
    """From when until when a case of one meeting can be read, and when it is destroyed at the latest."""

    for_leads: datetime
    for_members: datetime
    shuts: datetime
    destroyed: datetime


def moments(session: Session) -> Moments:
    return Moments(
        for_leads=workdays.before(session.starts_at, LEAD_WORKING_DAYS),
        for_members=workdays.before(session.starts_at, MEMBER_WORKING_DAYS),
        shuts=session.ends_at,
        destroyed=session.ends_at + KEPT_AFTER,
    )


def stays_out(user: User | AnonymousUser) -> bool:
    return not user.is_authenticated or not user.is_active or has_role(user, *KEPT_OUT)


def leads_table(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """Whoever leads, a stand-in included."""
    return not stays_out(user) and leads(user, gathering)


def seat_at(user: User | AnonymousUser, gathering: Gathering) -> Seat | None:
    """The seat that gives ``user`` sight of what is on the table: confirmed, and her organisation knows her."""
    if stays_out(user) or not is_approved(user):
        return None
    found: Seat | None = Seat.objects.confirmed().filter(gathering=gathering, person_id=user.pk).first()
    return found


def at_table(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``leertafel.case_submit``."""
    return leads_table(user, gathering) or seat_at(user, gathering) is not None


def takes_cases(gathering: Gathering) -> CaseRules | None:
    """What was agreed about cases; None where nothing is brought in."""
    found: CaseRules | None = CaseRules.objects.filter(pk=gathering.pk).first()
    return found


def is_presenter(user: User | AnonymousUser, case: Case) -> bool:
    """``leertafel.case_edit``."""
    return bool(user.is_authenticated and user.is_active and case.presenter_id == user.pk)


def can_know(user: User | AnonymousUser, case: Case) -> bool:
    """Whether ``user`` may know that it is there; anybody else gets a 404."""
    if is_presenter(user, case):
        return True
    return not case.is_given_back and at_table(user, case.session.gathering)


def can_take_off(user: User | AnonymousUser, case: Case) -> bool:
    """``leertafel.case_withdraw`` and ``leertafel.case_destroy_now``."""
    return is_presenter(user, case) or (not case.is_given_back and leads_table(user, case.session.gathering))


def can_see_openings(user: User | AnonymousUser, case: Case) -> bool:
    """``leertafel.case_access_log``: who opened it, not what it says."""
    if is_presenter(user, case) or leads_table(user, case.session.gathering):
        return True
    return has_role(user, Role.PRIVACY)


def can_handle_breaches(user: User | AnonymousUser) -> bool:
    """``breach.handle``."""
    return has_role(user, Role.PRIVACY)


def is_over(case: Case) -> bool:
    """Whether nobody may read it any more, also when its destruction is late."""
    return case.is_destroyed or case.destroy_at <= clock.now() or case.session.closed_at is not None


def reading_reasons(user: User | AnonymousUser, case: Case) -> tuple[Reason, ...]:
    """Why ``user`` cannot read it now; empty when she can. ``not_yours`` means that she may not know of it."""
    if not can_know(user, case):
        return (Reason("not_yours", _("Deze inbreng bestaat niet, of je kunt er niet bij.")),)
    if is_over(case):
        return (Reason("destroyed", _("Deze tekst is vernietigd. Er is geen kopie.")),)
    if case.is_hidden:
        words = _("Iemand meldde dat deze tekst herleidbaar is. Niemand kan hem nog lezen, ook de inbrenger niet.")
        return (Reason("hidden", words),)
    return () if is_presenter(user, case) else _at_table_reasons(user, case)


def _at_table_reasons(user: User | AnonymousUser, case: Case) -> tuple[Reason, ...]:
    if Conflict.objects.filter(case=case, person_id=user.pk).exists():
        return (Reason("conflict", _("Je meldde dat je dit gezin kent. Daarom blijft deze inbreng voor jou dicht.")),)
    if not at_table(case.presenter, case.session.gathering):
        return (Reason("presenter_gone", _("De inbrenger doet niet meer mee. De tekst blijft dicht.")),)
    return _timing(user, case)


def _timing(user: User | AnonymousUser, case: Case) -> tuple[Reason, ...]:
    gathering, now, when = case.session.gathering, clock.now(), moments(case.session)
    if leads_table(user, gathering):
        return () if now >= when.for_leads else (_not_yet(when.for_leads),)
    if now >= when.shuts:
        return (Reason("over", _("De bijeenkomst is voorbij. Voor deelnemers is de tekst dicht.")),)
    found = (_not_yet(when.for_members),) if now < when.for_members else ()
    seat = Seat.objects.confirmed().get(gathering=gathering, person_id=user.pk)
    return (*found, *kind_of(gathering).place_reasons(seat))


def _not_yet(moment: datetime) -> Reason:
    return Reason("not_yet", _("Je kunt dit lezen vanaf %(moment)s.") % {"moment": formats.moment(moment)})

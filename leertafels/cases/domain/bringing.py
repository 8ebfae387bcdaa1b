"""Bringing in, changing and taking back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.common.identifiers import public_id
from academy.gatherings.domain.locking import lock_session
from academy.gatherings.enums import GatheringState
from academy.gatherings.models import Session
from academy.people.domain.audit import record
from leertafels.cases import rules, vault
from leertafels.cases.domain import telling
from leertafels.cases.domain.destroying import wipe
from leertafels.cases.domain.locking import lock_case
from leertafels.cases.domain.texts import Content, checked, seal, unseal
from leertafels.cases.enums import CaseState, DestroyedBecause, GivenBack
from leertafels.cases.models import Case, CaseRules

if TYPE_CHECKING:
    from academy.gatherings.models import Gathering
    from academy.people.models import User


@transaction.atomic
def set_case_rules(*, gathering: Gathering, asks_text: bool, by: User | None) -> CaseRules:
    """From now on its meetings take cases: a learning question, or with ``asks_text`` a short description as well.

    The caller says who may plan the gathering. What was brought in already stays as it is.
    """
    agreed, _new = CaseRules.objects.update_or_create(
        gathering=gathering, defaults={"asks_text": asks_text, "set_at": clock.now(), "set_by": by}
    )
    return agreed


@dataclass(frozen=True, slots=True)
class Brought:
    """``is_new`` is false when the same text lay there already."""

    case: Case
    is_new: bool


@transaction.atomic
def bring_in(*, session: Session, content: Content, by: User) -> Brought:
    """Seal ``content`` for this meeting. The same text once more returns the case that is there.

    Raises NotAllowedError for who is not at the table, TraceableError for what leads to somebody, DomainError for
    the rest.
    """
    gathering, session = lock_session(session)
    agreed = _agreed(gathering, by)
    _check_coming(session, gathering)
    content = checked(content, agreed)
    there = Case.objects.filter(
        session=session, presenter=by, state=CaseState.BROUGHT_IN, hidden_at__isnull=True
    ).first()
    if there is not None:
        if _same(there, content):
            return Brought(there, is_new=False)
        raise DomainError(
            "already", _("Je hebt voor deze bijeenkomst al iets ingebracht. Pas dat aan, of trek het eerst terug.")
        )
    return Brought(_new(session, content, by), is_new=True)


@transaction.atomic
def change(*, case: Case, content: Content, by: User) -> Case:
    """Put another text in the place of the old one; the day of destruction stays."""
    case = lock_case(case)
    if not rules.is_presenter(by, case):
        raise NotAllowedError("not_yours", _("Alleen de inbrenger past een inbreng aan."))
    _check_live(case)
    if not case.is_given_back:
        _check_coming(case.session, case.session.gathering)
    content = checked(content, _agreed(case.session.gathering, by))
    if not _same(case, content):
        case.sealed, case.changed_at = seal(case.public_id, content), clock.now()
        case.save(update_fields=["sealed", "changed_at"])
    return case


@transaction.atomic
def withdraw(*, case: Case, by: User) -> Case:
    """Take it off the table: only the presenter reads it from now on. A repeat returns it unchanged."""
    case = lock_case(case)
    if not rules.can_take_off(by, case):
        raise NotAllowedError("not_yours", _("Terugtrekken doet de inbrenger of de gespreksleider."))
    if case.is_given_back:
        return case
    _check_live(case)
    give_back(case, GivenBack.WITHDRAWN, by=by)
    return case


@transaction.atomic
def bring_in_again(*, case: Case, by: User) -> Case:
    """Lay what was given back on the table of the next meeting: a new case with its own day of destruction.

    The old one is destroyed. A repeat returns the new one.
    """
    case = lock_case(case)
    if not rules.is_presenter(by, case):
        raise NotAllowedError("not_yours", _("Alleen de inbrenger brengt iets opnieuw in."))
    gathering = case.session.gathering
    if case.destroyed_because == DestroyedBecause.AGAIN:
        newer: Case | None = (
            Case.objects.live()
            .filter(presenter=by, session__gathering=gathering, pk__gt=case.pk)
            .order_by("pk")
            .first()
        )
        if newer is not None:
            return newer
    _check_live(case)
    if not case.is_given_back:
        raise DomainError("on_table", _("Dit ligt al op tafel."))
    session = Session.objects.upcoming().filter(gathering=gathering).order_by("starts_at", "pk").first()
    if session is None:
        raise DomainError(
            "no_meeting", _("Er is geen bijeenkomst meer gepland. Vraag de gespreksleider om een nieuwe.")
        )
    new = bring_in(session=session, content=_read(case), by=by).case
    wipe(case, DestroyedBecause.AGAIN, by=by)
    return new


def give_back(case: Case, why: GivenBack, *, by: User | None) -> None:
    """From the table to its presenter, who hears of it when somebody else did it."""
    case.state, case.given_back = CaseState.GIVEN_BACK, why
    case.save(update_fields=["state", "given_back"])
    record(action="case.give_back", by=by, subject=case.presenter, target=case.public_id, data={"why": str(why)})
    if by is None or by.pk != case.presenter_id:
        telling.tell_given_back(case)


def _new(session: Session, content: Content, by: User) -> Case:
    name, moment = public_id(), clock.now()
    vault.make(name)
    case = Case(
        public_id=name,
        session=session,
        presenter=by,
        sealed=seal(name, content),
        brought_in_at=moment,
        changed_at=moment,
        destroy_at=rules.moments(session).destroyed,
    )
    case.save(force_insert=True)
    record(action="case.bring_in", by=by, subject=by, target=name)
    return case


def _agreed(gathering: Gathering, by: User) -> CaseRules:
    agreed = rules.takes_cases(gathering)
    if agreed is None or not rules.at_table(by, gathering):
        raise NotAllowedError(
            "not_at_table", _("Inbrengen kan wie een bevestigde plek aan deze tafel en een bevestigd account heeft.")
        )
    return agreed


def _check_coming(session: Session, gathering: Gathering) -> None:
    gone = session.cancelled_at is not None or session.closed_at is not None
    if gone or gathering.state != GatheringState.OPEN or session.starts_at <= clock.now():
        raise DomainError(
            "too_late", _("Inbrengen kan tot het begin van de bijeenkomst. Kies een bijeenkomst die nog komt.")
        )


def _check_live(case: Case) -> None:
    if rules.is_over(case):
        raise DomainError("destroyed", _("Deze tekst is vernietigd. Breng iets nieuws in als je wilt."))
    if case.is_hidden:
        raise DomainError("hidden", _("Deze tekst is gemeld als herleidbaar en blijft dicht. Breng een nieuwe in."))


def _read(case: Case) -> Content:
    try:
        return unseal(case)
    except vault.KeyGoneError:
        raise DomainError("destroyed", _("Deze tekst is vernietigd. Breng iets nieuws in als je wilt.")) from None


def _same(case: Case, content: Content) -> bool:
    try:
        return unseal(case) == content
    except vault.KeyGoneError:
        return False

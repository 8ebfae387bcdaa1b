"""What a visitor does before she comes: the lessons, and her signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.planning import open_gathering, plan_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import GatheringState
from academy.gatherings.models import Gathering, Seat
from academy.people.domain.audit import record
from courses.kijkje.enums import PREPARATION
from courses.kijkje.models import KijkjePage, Signature
from courses.kijkje.rules import can_book

if TYPE_CHECKING:
    from academy.people.models import User


@transaction.atomic
def begin_preparation(*, page: KijkjePage, by: User) -> Seat:
    """A seat in the lessons of this Kijkje, for oneself; the one that is there when it is asked again.

    Raises DomainError when there are no lessons, or with what keeps her out.
    """
    if not can_book(by):
        raise NotAllowedError("not_allowed", _("Met dit account ga je niet zelf op bezoek."))
    page = KijkjePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not page.material.lessons and not page.has_test:
        raise DomainError("no_lessons", _("Bij dit Kijkje hoort geen voorbereiding. Kies meteen een bezoek."))
    return take_seat(person=by, gathering=_preparation_of(page), by=by).seat


def _preparation_of(page: KijkjePage) -> Gathering:
    """The one group in which everybody prepares; the page is locked, so there is never a second."""
    held: Gathering | None = Gathering.objects.filter(
        offering=page.pk, kind=PREPARATION, state=GatheringState.OPEN
    ).first()
    if held is not None:
        return held
    title = _("Voorbereiding: %(title)s") % {"title": page.title}
    planned = plan_gathering(
        kind=PREPARATION, offering=page, sessions=(), by=None, title=title[:160], cut_off_working_days=0
    )
    return open_gathering(gathering=planned, by=None)


@transaction.atomic
def sign_statement(*, page: KijkjePage, version: int, by: User) -> Signature:
    """Sign the confidentiality statement as it stands; signing the same version again returns that signature.

    Raises DomainError when there is nothing to sign, and when the text was changed since ``version`` was read.
    """
    if not can_book(by):
        raise NotAllowedError("not_allowed", _("Met dit account ga je niet zelf op bezoek."))
    page = KijkjePage.objects.select_for_update(of=("self",)).get(pk=page.pk)
    if not page.statement.strip():
        raise DomainError("no_statement", _("Bij dit Kijkje hoort geen verklaring. Je hoeft niets te tekenen."))
    if version != page.statement_version:
        raise DomainError("changed", _("De verklaring is intussen gewijzigd. Lees de nieuwe tekst en teken die."))
    signature, is_new = Signature.objects.get_or_create(
        person=by, page=page, version=version, defaults={"text": page.statement, "signed_at": clock.now()}
    )
    if is_new:
        record(action="statement.sign", by=by, subject=by, target=str(page.pk), data={"version": version})
    return signature

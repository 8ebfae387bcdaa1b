"""Announcing a newcomer, inviting her at the right time, and finding her account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock, formats
from academy.common.errors import DomainError, NotAllowedError
from academy.common.identifiers import digest
from academy.people.domain.audit import record
from academy.people.domain.signing_in import ADDRESS_REFUSED, is_plain_address, is_plain_name
from academy.people.models import Team
from courses.kijkje.domain.telling import invite, tell_hosts
from courses.kijkje.enums import ANNOUNCED_AFTER, ANNOUNCED_AHEAD
from courses.kijkje.models import Announcement
from courses.kijkje.rules import can_announce_in

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import User


@dataclass(frozen=True, slots=True)
class Announced:
    """``is_new`` is false when she was announced before; nothing changed then, and ``words`` says since when."""

    announcement: Announcement
    is_new: bool

    @property
    def words(self) -> str:
        row = self.announcement
        facts = {
            "name": row.name,
            "team": row.team.name,
            "since": formats.day(row.announced_at),
            "starts": formats.day(row.starts_on),
        }
        if not self.is_new:
            return (
                _("%(name)s is al aangekondigd bij %(team)s, op %(since)s, met als eerste werkdag %(starts)s.") % facts
            )
        if row.invited_at is not None:
            return _("%(name)s is aangekondigd en krijgt nu een uitnodiging.") % facts
        return _("%(name)s is aangekondigd en krijgt op %(starts)s een uitnodiging.") % facts


@transaction.atomic
def announce_newcomer(*, name: str, email: str, team: Team, starts_on: date, by: User | None) -> Announced:
    """Say that somebody begins in ``team``; on her first day, or now when that was before, she is invited.

    The same address in the same team again changes nothing. Raises DomainError for a name, address or day that cannot
    be.
    """
    team = Team.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=team.pk)
    if by is not None and not can_announce_in(by, team):
        raise NotAllowedError("not_allowed", _("Een nieuwe collega kondigt de leidinggevende of contactpersoon aan."))
    name, address = " ".join(name.split()), email.strip().lower()
    held = Announcement.objects.filter(team=team, email=address).select_related("team").first()
    if held is not None:
        return Announced(held, is_new=False)
    _check(name, address, team, starts_on)
    row = Announcement.objects.create(
        name=name,
        email=address,
        team=team,
        starts_on=starts_on,
        announced_by=by,
        announced_at=clock.now(),
        person=_account_of(address),
    )
    record(action="newcomer.announce", by=by, subject=row.person, target=row.public_id)
    tell_hosts(row)
    if starts_on <= clock.today():
        invite(row)
    return Announced(row, is_new=True)


def _check(name: str, address: str, team: Team, starts_on: date) -> None:
    today = clock.today()
    if not is_plain_name(name) or len(name) > 150:  # noqa: PLR2004 -- the width of the column
        raise DomainError("name", _("Vul de naam van je nieuwe collega in, zonder vreemde tekens."), field="name")
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise DomainError(
            "email", _("Dit is geen e-mailadres; schrijf het als naam@organisatie.nl."), field="email"
        ) from wrong
    if not is_plain_address(address):
        raise DomainError("email", str(ADDRESS_REFUSED), field="email")
    if team.active_to is not None and team.active_to <= max(starts_on, today):
        raise DomainError("team", _("Dit team bestaat dan niet meer. Kies een ander team."), field="team")
    if not today - ANNOUNCED_AFTER <= starts_on <= today + ANNOUNCED_AHEAD:
        raise DomainError(
            "starts_on",
            _("Kies een eerste werkdag van hoogstens een half jaar geleden tot een jaar vooruit."),
            field="starts_on",
        )


def _account_of(address: str) -> User | None:
    """Who has confirmed this address; an account that only says so is nobody yet."""
    found = EmailAddress.objects.filter(email=address, verified=True, user__is_active=True).select_related("user")
    held = found.first()
    person: User | None = held.user if held is not None else None
    return person


@transaction.atomic
def withdraw_announcement(*, announcement: Announcement, by: User) -> None:
    """She does not come after all, or it was a mistake: the row goes, and with it the link in her invitation."""
    row = Announcement.objects.select_related("team__organisation").filter(pk=announcement.pk).first()
    if row is None:
        return
    if not (can_announce_in(by, row.team) or row.announced_by_id == by.pk):
        raise NotAllowedError("not_allowed", _("Intrekken doet wie de nieuwe collega aankondigde."))
    record(action="newcomer.withdraw", by=by, subject=row.person, target=row.public_id)
    row.delete()


@transaction.atomic
def accept_invitation(*, token: str, by: User) -> Announcement:
    """Say that the newcomer in this invitation is oneself. Raises NotAllowedError when it is somebody else's."""
    rows = Announcement.objects.select_for_update(of=("self",))
    row: Announcement | None = rows.filter(digest=digest(token)).first()
    if row is None or row.person_id not in {None, by.pk}:
        raise NotAllowedError("not_yours", _("Deze uitnodiging is van iemand anders, of werkt niet meer."))
    if row.person_id is None:
        row.person = by
        row.save(update_fields=["person"])
        record(action="newcomer.accept", by=by, subject=by, target=row.public_id)
    return row


def find_accounts() -> int:
    """Newcomers who made an account with the address they were announced by; how many were found (a sweep)."""
    known = EmailAddress.objects.filter(verified=True, user__is_active=True)
    found = 0
    for row in Announcement.objects.filter(person__isnull=True, email__in=known.values("email")):
        found += Announcement.objects.filter(pk=row.pk, person__isnull=True).update(person=_account_of(row.email))
    return found


def invite_due() -> int:
    """Newcomers whose first day it is; how many were invited (a sweep)."""
    due = list(Announcement.objects.to_invite().order_by("starts_on", "pk").values_list("pk", flat=True))
    return sum(_invite_once(pk) for pk in due)


@transaction.atomic
def _invite_once(pk: int) -> bool:
    rows = Announcement.objects.select_for_update(of=("self",)).select_related("team", "person")
    row = rows.filter(pk=pk, invited_at__isnull=True).first()
    if row is None:
        return False
    invite(row)
    return True

"""What an organisation says of its people: yes, no, still, and what makes that yes doubtful."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain.audit import record
from academy.people.domain.telling import tell_confirmed, tell_declined, tell_waiting
from academy.people.models import MailDomain, Membership, Organisation
from academy.people.rules import can_approve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from academy.people.models import User

LONGEST_REASON = 200


class Doubt(StrEnum):
    """Why a confirmation no longer holds."""

    ADDRESS = "address"
    BOUNCE = "bounce"


@transaction.atomic
def approve_membership(*, membership: Membership, by: User | None) -> Membership:
    """Confirm that this person works there; that holds for ninety days. Confirmed lately: nothing changes.

    Raises NotAllowedError when ``by`` is neither the organisation's coordinator nor office, HR or administrator, and
    for one's own place; DomainError for a place that has ended.
    """
    membership = _locked(membership, by)
    if membership.approved_at is not None and not membership.is_asked_again:
        return membership
    if membership.ends_on is not None and membership.ends_on <= clock.today():
        raise DomainError("ended", "Deze plek is al geëindigd; voeg zo nodig een nieuwe toe.")
    again = membership.approved_at is not None
    membership.approved_at, membership.approved_by = clock.now(), by
    membership.save(update_fields=["approved_at", "approved_by"])
    action = "account.renew" if again else "account.approve"
    record(action=action, by=by, subject=membership.person, target=membership.organisation.public_id)
    if by is not None and not again:
        tell_confirmed(person=membership.person, place=membership.place_name)
    return membership


@transaction.atomic
def decline_membership(*, membership: Membership, reason: str, by: User) -> Membership:
    """Say that this person does not work there: the place ends and she reads why. Declined before: nothing changes.

    Raises as :func:`approve_membership`, and DomainError for no reason and for a place that was confirmed.
    """
    membership = _locked(membership, by)
    if membership.declined_at is not None:
        return membership
    if membership.approved_at is not None:
        raise DomainError("confirmed", "Deze plek is al bevestigd. Werkt iemand er niet meer? Beëindig dan de plek.")
    membership.decline_reason = clean_reason(reason)
    membership.declined_at = clock.now()
    membership.ends_on = max(clock.today(), membership.starts_on)
    membership.save(update_fields=["declined_at", "decline_reason", "ends_on"])
    record(action="account.decline", by=by, subject=membership.person, target=membership.organisation.public_id)
    tell_declined(person=membership.person, place=membership.place_name, reason=membership.decline_reason)
    return membership


@transaction.atomic
def renew_memberships(*, memberships: Iterable[Membership], by: User | None) -> int:
    """Confirm once more, in one go, that these people still work there; how many were due for it.

    Raises NotAllowedError as :func:`approve_membership`, for all of them when it is so for one.
    """
    return sum(
        approve_membership(membership=membership, by=by).approved_at != membership.approved_at
        for membership in sorted(memberships, key=lambda one: one.pk)
    )


@transaction.atomic
def suspend_confirmation(*, person: User, why: Doubt) -> int:
    """Take back what partners said of ``person`` until they say it again; how many places that are.

    A mail that came back, or an address at another domain, may mean that she left (trust.md 5b.6). Reading and booking
    go on. A new address at a domain of the organisation itself raises no doubt.
    """
    _name, _at, domain = person.email.rpartition("@")
    doubted = (
        Membership.objects.select_for_update(of=("self",))
        .filter(person=person, organisation__is_own=False, approved_at__isnull=False)
        .overlapping(clock.today(), None)
        .select_related("organisation")
    )
    if why == Doubt.ADDRESS:
        doubted = doubted.exclude(organisation__in=MailDomain.objects.filter(domain=domain).values("organisation"))
    places = list(doubted.order_by("pk"))
    for place in places:
        place.approved_at, place.approved_by = None, None
        place.save(update_fields=["approved_at", "approved_by"])
        record(
            action="account.suspend",
            by=None,
            subject=person,
            target=place.organisation.public_id,
            data={"why": str(why)},
        )
    for organisation in Organisation.objects.filter(pk__in={place.organisation_id for place in places}).order_by("pk"):
        tell_waiting(organisation=organisation)
    return len(places)


def clean_reason(reason: str) -> str:
    """What the person will read; some words, and no letter."""
    words = " ".join(reason.split())
    if not words:
        raise DomainError("reason", "Schrijf in een zin waarom niet; de aanvrager leest dat.", field="reason")
    if len(words) > LONGEST_REASON:
        raise DomainError("reason", f"Houd de reden onder de {LONGEST_REASON} tekens.", field="reason")
    return words


def _locked(membership: Membership, by: User | None) -> Membership:
    membership = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("organisation", "person", "team")
        .get(pk=membership.pk)
    )
    if by is not None and (by.pk == membership.person_id or not can_approve(by, membership.organisation)):
        raise NotAllowedError(
            "not_allowed",
            "Alleen de contactpersoon opleidingen van de organisatie of het bureau kan dit bevestigen.",
        )
    return membership

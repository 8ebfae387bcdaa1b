"""Personal invitations, for people who have no address of the organisation: volunteers, informal organisations."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.common.identifiers import digest, secret_token
from academy.people.domain.audit import record
from academy.people.domain.confirming import approve_membership
from academy.people.domain.joining import add_membership
from academy.people.domain.signing_in import ADDRESS_REFUSED, is_plain_address
from academy.people.domain.telling import tell_invited
from academy.people.enums import Engagement, OrganisationKind
from academy.people.models import Membership, PersonalInvitation, User
from academy.people.rules import can_approve

if TYPE_CHECKING:
    from academy.people.models import Organisation, Team

HOLDS_DAYS = 14
LONGEST_ADDRESS = 254


@transaction.atomic
def invite_person(
    *, email: str, organisation: Organisation, by: User, team: Team | None = None
) -> tuple[PersonalInvitation, str]:
    """Mail ``email`` a link that gives a confirmed place once; returns the invitation and the secret of the link.

    Invited again, the old link dies. Raises NotAllowedError when ``by`` may not confirm people there; DomainError for
    no address, one of our own organisations, one that has ended, and a team of somebody else.
    """
    if not can_approve(by, organisation):
        raise NotAllowedError("not_allowed", "Alleen de contactpersoon opleidingen of het bureau nodigt mensen uit.")
    address = _clean_address(email)
    if organisation.is_own:
        raise DomainError("own_organisation", "Collega's komen via HR, niet met een uitnodiging.", field="organisation")
    if organisation.active_to is not None:
        raise DomainError("ended", f"{organisation.name} bestaat niet meer; kies de opvolger.", field="organisation")
    if team is not None and team.organisation_id != organisation.pk:
        raise DomainError("team", f"{team.name} hoort niet bij {organisation.name}; kies een ander team.", field="team")
    moment = clock.now()
    PersonalInvitation.objects.unanswered().filter(email=address, organisation=organisation).update(withdrawn_at=moment)
    secret = secret_token()
    invitation: PersonalInvitation = PersonalInvitation.objects.create(
        email=address,
        organisation=organisation,
        team=team,
        digest=digest(secret),
        invited_at=moment,
        invited_by=by,
        expires_at=moment + timedelta(days=HOLDS_DAYS),
    )
    record(action="invitation.send", by=by, target=invitation.public_id)
    # Whoever finds the link has nothing without the address, so it may stand in a mail that is kept.
    tell_invited(invitation=invitation, path=reverse("invitation_open", args=[secret]), days=HOLDS_DAYS)
    return invitation, secret


@transaction.atomic
def withdraw_invitation(*, invitation: PersonalInvitation, by: User) -> PersonalInvitation:
    """The link works no more. Withdrawn before: nothing changes. Raises DomainError when it was accepted."""
    held: PersonalInvitation = (
        PersonalInvitation.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=invitation.pk)
    )
    if not can_approve(by, held.organisation):
        raise NotAllowedError("not_allowed", "Alleen de contactpersoon opleidingen of het bureau trekt dit in.")
    if held.accepted_at is not None:
        raise DomainError("accepted", "Deze uitnodiging is al aangenomen; beëindig zo nodig de plek.")
    if held.withdrawn_at is None:
        held.withdrawn_at = clock.now()
        held.save(update_fields=["withdrawn_at"])
        record(action="invitation.withdraw", by=by, target=held.public_id)
    return held


def invitation_for(secret: str) -> PersonalInvitation | None:
    """The invitation behind the link, while it works."""
    found: PersonalInvitation | None = (
        PersonalInvitation.objects.running()
        .select_related("organisation", "team", "invited_by")
        .filter(digest=digest(secret))
        .first()
    )
    return found if found is not None and _inviter_may(found) else None


@transaction.atomic
def accept_invitation(*, secret: str, person: User) -> Membership:
    """``person`` takes the place that she was invited to. Of two who hold the link, one wins.

    Raises DomainError when the link works no more or is for another address than the confirmed one of the account.
    """
    User.objects.select_for_update().get(pk=person.pk)
    found: PersonalInvitation | None = (
        PersonalInvitation.objects.select_for_update(of=("self",))
        .select_related("organisation", "team", "invited_by")
        .filter(digest=digest(secret))
        .first()
    )
    if found is not None and found.accepted_at is not None and found.person_id == person.pk:
        return _place_of(found, person)
    if found is None or not _works(found):
        raise DomainError("link_used", "Deze uitnodiging werkt niet meer. Vraag om een nieuwe.")
    if not EmailAddress.objects.filter(user=person, email__iexact=found.email, verified=True).exists():
        raise DomainError(
            "other_address",
            "Deze uitnodiging is voor een ander e-mailadres dan dat van je account. Log in met het adres waar de mail "
            "aankwam, of vraag om een nieuwe uitnodiging.",
        )
    found.accepted_at, found.person = clock.now(), person
    found.save(update_fields=["accepted_at", "person"])
    User.objects.filter(pk=person.pk, introduced_at__isnull=True).update(introduced_at=clock.now())
    place = _place_of(found, person)
    record(action="invitation.accept", by=person, subject=person, target=found.public_id)
    return place


def _works(invitation: PersonalInvitation) -> bool:
    answered = invitation.accepted_at or invitation.withdrawn_at
    return not answered and invitation.expires_at > clock.now() and _inviter_may(invitation)


def _inviter_may(invitation: PersonalInvitation) -> bool:
    """Whether she who invited still speaks for the organisation; her word is what confirms the place."""
    return invitation.invited_by is not None and can_approve(invitation.invited_by, invitation.organisation)


def _place_of(invitation: PersonalInvitation, person: User) -> Membership:
    """The place at the organisation that goes on, or a new one; confirmed, for she was invited by who may confirm."""
    held: Membership | None = (
        Membership.objects.filter(person=person, organisation=invitation.organisation)
        .overlapping(clock.today(), None)
        .first()
    )
    informal = invitation.organisation.kind == OrganisationKind.INFORMAL
    place = held or add_membership(
        person=person,
        organisation=invitation.organisation,
        team=invitation.team,
        engagement=Engagement.VOLUNTEER if informal else Engagement.PARTNER,
        by=person,
    )
    return approve_membership(membership=place, by=None)


def _clean_address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as problem:
        raise DomainError("address", "Schrijf het adres als naam@voorbeeld.nl.", field="email") from problem
    if not is_plain_address(address) or len(address) > LONGEST_ADDRESS:
        raise DomainError("address", str(ADDRESS_REFUSED), field="email")
    return address

"""Externals say where they work: at an organisation that is there, or at one that the office must still find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain.audit import record
from academy.people.domain.confirming import approve_membership, clean_reason
from academy.people.domain.joining import add_membership, end_membership
from academy.people.domain.signing_in import is_plain_name
from academy.people.domain.telling import tell_declined, tell_waiting
from academy.people.enums import Engagement, OrganisationKind
from academy.people.models import Membership, Organisation, OrganisationRequest, User
from academy.people.rules import can_answer_requests

if TYPE_CHECKING:
    from datetime import date

    from academy.people.models import JobFunction, Team

AT_MOST_WAITING = 3
LONGEST_NAME = 120


@transaction.atomic
def introduce(
    *, person: User, organisation: Organisation, team: Team | None = None, job_function: JobFunction | None = None
) -> Membership:
    """``person`` says that she works at ``organisation``, whose coordinator is asked whether that is so.

    Said before: nothing changes. Raises DomainError for one of our own organisations, for too many that wait, and as
    :func:`academy.people.domain.joining.add_membership`.
    """
    _introduced(person)
    if organisation.is_own:
        raise DomainError(
            "own_organisation",
            f"Werk je bij {organisation.name}? Dan zet HR je plek klaar; mail het bureau als die er niet is.",
            field="organisation",
        )
    held: Membership | None = (
        Membership.objects.filter(person=person, organisation=organisation, team=team)
        .overlapping(clock.today(), None)
        .first()
    )
    if held is not None:
        return held
    _keep_it_few(person)
    membership = add_membership(
        person=person,
        organisation=organisation,
        team=team,
        job_function=job_function,
        engagement=_engagement(organisation),
        by=person,
    )
    tell_waiting(organisation=organisation)
    return membership


@transaction.atomic
def ask_for_organisation(
    *, person: User, organisation_name: str, team_name: str = "", job_function: JobFunction | None = None
) -> Membership | OrganisationRequest:
    """``person`` works somewhere that the list lacks: the office looks. A name that is there is that organisation.

    One question at a time: asked again while the first waits, the new words take the place of the old.
    """
    name, team_name = " ".join(organisation_name.split()), " ".join(team_name.split())
    if not is_plain_name(name) or len(name) > LONGEST_NAME:
        raise DomainError(
            "organisation_name", "Schrijf de naam van je organisatie in gewone tekens.", field="organisation_name"
        )
    known = Organisation.objects.active().filter(name__iexact=name).first()
    if known is not None:
        return introduce(person=person, organisation=known, job_function=job_function)
    _introduced(person)
    asked: OrganisationRequest | None = OrganisationRequest.objects.waiting().filter(person=person).first()
    if asked is None:
        _keep_it_few(person)
    asked = asked or OrganisationRequest(person=person, asked_at=clock.now())
    is_new = asked.pk is None
    asked.organisation_name, asked.team_name, asked.job_function = name, team_name[:LONGEST_NAME], job_function
    asked.save()
    if is_new:
        record(action="organisation.ask", by=person, subject=person, target=asked.public_id)
        tell_waiting(organisation=None)
    return asked


@transaction.atomic
def pass_over(*, person: User) -> User:
    """``person`` belongs to no organisation, or would rather say so later."""
    return _introduced(person)


@transaction.atomic
def answer_request(*, request: OrganisationRequest, organisation: Organisation, by: User) -> OrganisationRequest:
    """It is this ``organisation``: the person has a confirmed place there from now on. Answered before: as it was.

    Raises NotAllowedError when ``by`` does not keep organisations or is the person herself.
    """
    request = _asked(request, by)
    if request.answered_at is not None:
        return request
    if organisation.is_own:
        raise DomainError("own_organisation", "Kies een andere organisatie dan de onze.", field="organisation")
    team = organisation.teams.active().filter(name__iexact=request.team_name).first() if request.team_name else None
    person = request.person
    membership = (
        Membership.objects.filter(person=person, organisation=organisation).overlapping(clock.today(), None).first()
    ) or add_membership(
        person=person,
        organisation=organisation,
        team=team,
        job_function=request.job_function,
        engagement=_engagement(organisation),
        by=by,
    )
    approve_membership(membership=membership, by=by)
    request.answered_at, request.answered_by, request.organisation = clock.now(), by, organisation
    request.save(update_fields=["answered_at", "answered_by", "organisation"])
    return request


@transaction.atomic
def decline_request(*, request: OrganisationRequest, reason: str, by: User) -> OrganisationRequest:
    """There is no such organisation for the academy; the person reads why. Answered before: as it was."""
    request = _asked(request, by)
    if request.answered_at is not None:
        return request
    request.decline_reason = clean_reason(reason)
    request.answered_at, request.answered_by = clock.now(), by
    request.save(update_fields=["answered_at", "answered_by", "decline_reason"])
    record(action="account.decline", by=by, subject=request.person, target=request.public_id)
    tell_declined(person=request.person, place=request.organisation_name, reason=request.decline_reason)
    return request


@transaction.atomic
def leave_place(*, membership: Membership, on: date, by: User) -> Membership:
    """Somebody works at a partner no more and says so herself; account and portfolio stay.

    Raises NotAllowedError for a place of somebody else, DomainError for one at our own organisations.
    """
    if membership.person_id != by.pk:
        raise NotAllowedError("not_allowed", "Dit is niet jouw plek.")
    if membership.organisation.is_own:
        raise DomainError("own_organisation", "HR houdt je plek bij; meld het daar.", field="on")
    return end_membership(membership=membership, on=on, by=by)


def _introduced(person: User) -> User:
    locked: User = User.objects.select_for_update().get(pk=person.pk)
    if locked.introduced_at is None:
        locked.introduced_at = clock.now()
        locked.save(update_fields=["introduced_at"])
    return locked


def _keep_it_few(person: User) -> None:
    waiting = (
        Membership.objects.to_confirm().filter(person=person).count()
        + OrganisationRequest.objects.waiting().filter(person=person).count()
    )
    if waiting >= AT_MOST_WAITING:
        raise DomainError(
            "too_many", "Er wachten al drie aanvragen van je op een antwoord. Trek er een in of wacht dat af."
        )


def _engagement(organisation: Organisation) -> Engagement:
    return Engagement.VOLUNTEER if organisation.kind == OrganisationKind.INFORMAL else Engagement.PARTNER


def _asked(request: OrganisationRequest, by: User) -> OrganisationRequest:
    found: OrganisationRequest = (
        OrganisationRequest.objects.select_for_update(of=("self",))
        .select_related("person", "job_function", "organisation")
        .get(pk=request.pk)
    )
    if found.person_id == by.pk or not can_answer_requests(by):
        raise NotAllowedError("not_allowed", "Alleen het bureau beantwoordt deze vraag, en niet voor zichzelf.")
    return found

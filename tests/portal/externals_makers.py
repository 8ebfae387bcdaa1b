"""Objects of externals for the permission walk: own workplaces, invitations, organisations that were asked for."""

from __future__ import annotations

from datetime import timedelta

from academy.common import clock
from academy.common.identifiers import digest, secret_token
from academy.people.models import OrganisationRequest, PersonalInvitation
from tests import factories
from tests.permissions.makers import Try, maker, subject


@maker
def own_workplace(world, person, cell, inside):
    owner = subject(world, person, cell, inside=inside)
    return Try({"number": factories.make_membership(owner, organisation=factories.make_organisation()).pk})


@maker
def organisation_request(world, person, cell, inside):
    asked = OrganisationRequest.objects.create(
        person=factories.make_person(), organisation_name="Steunpunt", asked_at=clock.now()
    )
    return Try({"public_id": asked.public_id})


def _invitation(organisation):
    secret, moment = secret_token(), clock.now()
    made = PersonalInvitation.objects.create(
        email=f"{digest(secret)[:12]}@voorbeeld.example",
        organisation=organisation,
        digest=digest(secret),
        invited_at=moment,
        expires_at=moment + timedelta(days=14),
    )
    return made, secret


@maker
def invitation_sent(world, person, cell, inside):
    made, _secret = _invitation(world.partner if inside else world.other)
    return Try({"public_id": made.public_id})


@maker
def invitation_link(world, person, cell, inside):
    _made, secret = _invitation(world.partner)
    return Try({"secret": secret})

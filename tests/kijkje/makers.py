"""Kijkjes, visits, newcomers and leerroutes for the permission walk."""

from __future__ import annotations

from datetime import timedelta

from academy.common.identifiers import digest, secret_token
from tests import factories
from tests.kijkje.factories import make_announcement, make_kijkje, make_visit, seated
from tests.paths.factories import make_path
from tests.permissions.makers import Try, maker


@maker
def kijkje_page(world, person, cell, inside):
    return Try({"slug": make_kijkje().slug}, {"version": 1, "agreed": "on"})


@maker
def kijkje_visit(world, person, cell, inside):
    return Try({"public_id": make_visit().public_id})


@maker
def kijkje_been(world, person, cell, inside):
    """A visit that is over, with a seat of her own or of somebody else."""
    gathering = make_visit(starts_in=timedelta(days=-2))
    seated(gathering, person if inside and cell == "own" else None)
    return Try({"public_id": gathering.public_id}, {"note": "Ik bel eerder."})


@maker
def kijkje_invitation(world, person, cell, inside):
    """``own`` is an invitation that nobody answered; its twin was answered by somebody else."""
    token = secret_token()
    taken = None if inside else factories.make_person()
    make_announcement(digest=digest(token), person=taken)
    return Try({"token": token})


@maker
def kijkje_announcement(world, person, cell, inside):
    if inside and cell == "tm":
        team = world.team
    elif inside and cell == "org":
        team = factories.make_team(organisation=world.partner)
    else:
        team = world.other_team
    return Try({"public_id": make_announcement(team=team).public_id})


@maker
def kijkje_path(world, person, cell, inside):
    return Try({"slug": make_path(make_kijkje()).slug})

"""What stands about partners, for the permission walk."""

from __future__ import annotations

from tests.partners import factories
from tests.permissions.makers import Try, maker


@maker
def partners_place(world, person, cell, inside):
    return Try({"code": world.municipality.code})


@maker
def partners_request(world, person, cell, inside):
    return Try({"public_id": factories.make_request().public_id})


@maker
def partners_contact(world, person, cell, inside):
    return Try({"public_id": factories.make_contact(world.municipality).public_id})


@maker
def partners_agreement(world, person, cell, inside):
    return Try({"public_id": factories.make_agreement(world.municipality).public_id})


@maker
def partners_step(world, person, cell, inside):
    return Try({"public_id": factories.make_step(world.municipality).public_id})


@maker
def partners_team(world, person, cell, inside):
    return Try({"public_id": factories.make_local_team(world.municipality).public_id})

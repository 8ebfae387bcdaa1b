"""Objects of one's own pages for the permission walk."""

from __future__ import annotations

from academy.common import clock
from certificates.domain.own_activities import enter_activity
from tests.permissions.makers import Try, maker, subject


@maker
def own_activity(world, person, cell, inside):
    owner = subject(world, person, cell, inside=inside)
    facts = {"title": "Symposium", "provider": "Elders", "minutes": 60, "evidence": "In mijn map"}
    return Try({"public_id": enter_activity(person=owner, on=clock.today(), **facts).public_id})

"""The case that an address names, for who may know of it; anybody else gets the same 404 as for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from academy.gatherings.kinds import kind_of
from leertafels.cases.models import Case

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from academy.gatherings.models import Gathering


def case_for(request: HttpRequest, public_id: str, rule: Callable[[Any, Case], bool]) -> Case:
    cases = Case.objects.select_related("session__gathering", "presenter")
    case: Case = get_object_or_404(cases, public_id=public_id)
    if not rule(request.user, case):
        raise Http404
    return case


def page_of(gathering: Gathering) -> str:
    return kind_of(gathering).url(gathering)


def trail(gathering: Gathering) -> list[tuple[str, str]]:
    return [(page_of(gathering), gathering.title)]

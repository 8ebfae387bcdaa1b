"""Leerroutes."""

from __future__ import annotations

from itertools import count

from courses.paths.domain.section import prepare_paths
from courses.paths.models import PathPage, PathsPage, PathStep

_number = count(1)


def make_path(*steps, functions=(), live=True, **values) -> PathPage:
    """A leerroute; a step is an offering, or a tuple of one and the other fields of the step."""
    number = next(_number)
    above = PathsPage.objects.first() or prepare_paths()
    values = {"title": f"Route {number}", "slug": f"route-{number}", "live": live, **values}
    page = above.add_child(instance=PathPage(**values))
    for order, step in enumerate(steps):
        offering, more = step if isinstance(step, tuple) else (step, {})
        PathStep.objects.create(path=page, offering=offering, sort_order=order, **more)
    page.functions = list(functions)
    page.save()
    return page

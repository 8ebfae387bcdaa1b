"""The formats of :mod:`academy.common.formats` in templates: ``{% load formats %}{{ session.starts_at|day }}``.

Nothing in, nothing out: an empty value prints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from academy.common import formats

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

register = template.Library()


def _add(name: str, function: Callable[[Any], str]) -> None:
    def shown(value: Any) -> str:
        return "" if value is None or value == "" else function(value)

    register.filter(name, shown)


for _function in (
    formats.day,
    formats.long_day,
    formats.short_day,
    formats.month,
    formats.hour,
    formats.moment,
    formats.points,
    formats.minutes,
    formats.hours,
    formats.duration,
    formats.percentage,
):
    _add(_function.__name__, _function)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """``{{ total|number }}`` or ``{{ total|number:2 }}``"""
    return "" if value is None or value == "" else formats.number(value, places)


@register.filter
def until(start: datetime | None, end: datetime | None) -> str:
    """``{{ session.starts_at|until:session.ends_at }}``: ``di 14 april 2027, 09.30-11.30 uur``"""
    return formats.period(start, end) if start and end else ""

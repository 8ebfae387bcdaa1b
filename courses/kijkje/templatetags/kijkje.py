"""Where a reader is with a Kijkje; its page is shown by the kernel, which does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from courses.kijkje.showing import beside_steps, journey_of

if TYPE_CHECKING:
    from courses.kijkje.models import KijkjePage
    from courses.kijkje.showing import Journey

register = template.Library()


@register.simple_tag(takes_context=True)
def journey(context: dict[str, Any], page: KijkjePage) -> Journey:
    """``{% journey page as journey %}``"""
    return journey_of(page, context["request"].user)


register.simple_tag(beside_steps)

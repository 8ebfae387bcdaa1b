"""``{% load cases %}{% case_panel session %}``: what is brought in for a meeting, for who sits at that table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from leertafels.cases.panel import panel_for

if TYPE_CHECKING:
    from academy.gatherings.models import Session

register = template.Library()


@register.inclusion_tag("cases/session_panel.html", takes_context=True)
def case_panel(context: dict[str, Any], session: Session) -> dict[str, Any]:
    """Needs ``session.gathering``; prints nothing for anybody else."""
    return {"panel": panel_for(context["request"].user, session)}

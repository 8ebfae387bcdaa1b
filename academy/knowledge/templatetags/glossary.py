"""``{% explained page.body as text %}``: the blocks of a page with its terms explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from academy.knowledge.explaining import Explained, explain

if TYPE_CHECKING:
    from wagtail.blocks import StreamValue

register = template.Library()


@register.simple_tag(takes_context=True)
def explained(context: template.Context, body: StreamValue) -> Explained:
    """``text.html`` goes where the blocks stood, ``text.cards`` into ``knowledge/parts/term_cards.html`` below it."""
    around: dict[str, Any] = {"request": context.get("request"), "page": context.get("page")}
    return explain(str(block.render(around)) for block in body)

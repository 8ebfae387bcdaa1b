"""Icons and the small facts of a page that every template needs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from academy.common import pictures

register = template.Library()


def _asset(path: str) -> str:
    """The address of a static file. The page that reports a fault must not fall over a missing manifest."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def asset(path: str) -> str:
    """``{% asset "academy/academy.css" %}``: like ``static``, but never fails."""
    return _asset(path)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """``{% icon "done" %}``: a drawing beside a word; it says nothing by itself and is hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        _asset("academy/icons.svg"),
        name,
    )


@register.simple_tag
def status(kind: str, word: str) -> SafeString:
    """``{% status "done" "Gehaald" %}``: how something stands, by word, colour and drawing. ``kind``: done, soon, late,
    quiet.
    """
    return format_html('<span class="status status--{}">{}{}</span>', kind, icon(kind), word)


@register.simple_tag
def facet(asked: Any, label: str) -> SafeString:
    """``{% facet facets.theme _("Thema") %}``: a list to choose from, with everything as its first entry; nothing when
    there is nothing to choose. ``asked`` has a ``name`` and ``choices``, each with ``value``, ``label`` and ``chosen``.
    """
    if not asked.choices:
        return SafeString()
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((choice.value, SafeString(" selected") if choice.chosen else "", choice.label) for choice in asked.choices),
    )
    return format_html(
        '<p class="field"><label for="{0}">{1}</label><select id="{0}" name="{0}">'
        '<option value="">{2}</option>{3}</select></p>',
        asked.name,
        label,
        _("Alles"),
        options,
    )


@register.filter
def page_numbers(paginator: Paginator[Any], number: int) -> list[int | None]:
    """The numbers a pager shows around ``number``; None is a gap."""
    return [
        entry if isinstance(entry, int) else None
        for entry in paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
    ]


@register.inclusion_tag("components/table_of_seats.html")
def table_of_seats(*, taken: int, held: int = 0, free: int = 0, waiting: int = 0) -> dict[str, Any]:
    """``{% table_of_seats taken=5 held=1 free=2 waiting=3 %}``: the seats of a gathering as a round table."""
    return {"table": pictures.table(taken=taken, held=held, free=free, waiting=waiting)}

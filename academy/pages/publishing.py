"""What must hold before a page is published, and who hears of it. Packages above register in ``AppConfig.ready``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from wagtail.models import Page

    from academy.common.errors import Reason

    Demand = Callable[[Page], tuple[Reason, ...]]
    Listener = Callable[[Page], object]

_DEMANDS: list[Demand] = []
_LISTENERS: list[Listener] = []


def register_demand(demand: Demand) -> None:
    if demand not in _DEMANDS:
        _DEMANDS.append(demand)


def reasons_against(page: Page) -> tuple[Reason, ...]:
    """Everything that stands in the way of publishing this version of ``page``; empty means: go ahead."""
    return tuple(reason for demand in _DEMANDS for reason in demand(page))


def register_listener(listener: Listener) -> None:
    """Hear of every page that was published, whole: its themes and other rows of its own are stored by then."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def tell_published(page: Page) -> None:
    for listener in _LISTENERS:
        listener(page)

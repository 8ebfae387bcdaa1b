"""What packages above bring to the home page, which knows none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

_PARTS: dict[str, Callable[[HttpRequest], Any]] = {}


def register_part(name: str, function: Callable[[HttpRequest], Any]) -> None:
    """Give the template of the home page the variable ``name`` (from ``AppConfig.ready``)."""
    _PARTS[name] = function


def parts(request: HttpRequest) -> dict[str, Any]:
    """What the home page shows besides its own words."""
    return {name: function(request) for name, function in _PARTS.items()}

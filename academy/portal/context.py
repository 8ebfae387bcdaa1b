"""What every page knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from academy.pages.office import office
from academy.portal.navigation import navigation_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """The menus, how to reach the office, and whether these are demo data."""
    return {"navigation": navigation_of(request), "office": office, "is_demo": settings.ACADEMY_ENV == "demo"}

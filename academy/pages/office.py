"""How to reach the academy office, for the foot of every page."""

from __future__ import annotations

from django.core.cache import cache

from academy.pages.models import SiteSettings

KEY = "pages.office"
SECONDS = 60


def office() -> SiteSettings:
    """The settings of the site, at most a minute old: every page asks, and they hardly ever change."""
    return cache.get_or_set(KEY, lambda: SiteSettings.objects.first() or SiteSettings(), SECONDS)

"""The page that all offerings stand under."""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from academy.pages.models import BasePage


class CataloguePage(BasePage):
    """The catalogue, at ``/aanbod/``; every kind of offering is a page under it."""

    max_count = 1
    parent_page_types: ClassVar = ["pages.HomePage"]

    class Meta:
        verbose_name = _("aanbodpagina")
        verbose_name_plural = _("aanbodpagina's")

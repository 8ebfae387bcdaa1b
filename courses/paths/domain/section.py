"""Makes the page of the leerroutes stand."""

from __future__ import annotations

from django.db import transaction

from academy.pages.domain.site import keep_page, prepare_site
from courses.paths.models import PathsPage


@transaction.atomic
def prepare_paths() -> PathsPage:
    """Make the page of the leerroutes when it is missing, and return it."""
    page: PathsPage = keep_page(
        PathsPage,
        parent=prepare_site(),
        slug="leerroutes",
        title="Leerroutes",
        introduction="Wat je volgt als je begint, of als je verder wilt in je vak: in welke volgorde en wanneer.",
    )
    return page

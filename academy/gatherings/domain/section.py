"""Makes the catalogue stand."""

from __future__ import annotations

from django.db import transaction

from academy.gatherings.models import CataloguePage
from academy.pages.domain.site import keep_page, prepare_site


@transaction.atomic
def prepare_catalogue() -> CataloguePage:
    """Make the page of the catalogue when it is missing, and return it."""
    catalogue: CataloguePage = keep_page(
        CataloguePage,
        parent=prepare_site(),
        slug="aanbod",
        title="Aanbod",
        introduction="Trainingen, e-learnings en bijeenkomsten. Kies wat je nodig hebt en zie meteen of er plek is.",
        show_in_menus=True,
    )
    return catalogue

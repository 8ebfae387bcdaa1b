"""Adding pictures from code; the CMS uses the same cleaning through its form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from academy.pages.models import SiteImage
from academy.pages.pictures import clean_picture

if TYPE_CHECKING:
    from django.core.files.base import File

    from academy.people.models import User


def add_image(*, title: str, description: str, file: File, by: User | None) -> SiteImage:
    """Store a picture. Raises ValidationError when it cannot be used."""
    image = SiteImage(title=title, description=description, file=clean_picture(file), uploaded_by_user=by)
    image.full_clean(exclude=["width", "height"])
    image.save()
    return image

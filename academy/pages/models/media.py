"""Pictures and documents of the site. A picture cannot be stored without a text that says what is on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

_FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")

# Sizes that may be made of a picture: ours, and the thumbnails of the CMS. Anything else could fill the disk.
SITE_SPECS = {"width-480|format-webp", "width-960|format-webp", "fill-640x360|format-webp"}
CMS_SPECS = {"max-165x165", "max-150x150", "max-400x400", "max-800x600"}
ALLOWED_SPECS = SITE_SPECS | CMS_SPECS


class SiteImage(AbstractImage):
    """A picture. ``description`` is its alternative text unless a page says it better."""

    admin_form_fields = ("title", "file", "description", "collection", "tags", *_FOCAL_POINT)

    def get_rendition(self, filter: Filter | str) -> Any:  # noqa: A002 -- Wagtail's name
        spec = filter if isinstance(filter, str) else filter.spec
        if spec not in ALLOWED_SPECS:
            raise InvalidFilterSpecError(f"{spec} is geen toegestane maat.")
        return super().get_rendition(filter)

    class Meta(AbstractImage.Meta):
        verbose_name = _("afbeelding")
        verbose_name_plural = _("afbeeldingen")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(description=""),
                name="pages_siteimage_described",
                violation_error_message=_("Beschrijf wat er op de afbeelding te zien is."),
            ),
        ]


class SiteRendition(AbstractRendition):
    """A picture in another size."""

    image = models.ForeignKey(SiteImage, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="pages_siterendition_once"
            ),
        ]


class SiteDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = ("title", "file", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documenten")

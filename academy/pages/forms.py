"""The forms behind pictures in the CMS."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from academy.pages.pictures import clean_picture


class CleanImageField(WagtailImageField):
    """Draws the picture anew before anything else looks at it."""

    def to_python(self, data: Any) -> Any:
        return super().to_python(clean_picture(data) if data else data)


class ImageForm(BaseImageForm):
    """A picture with, always, a text that says what is on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            old = self.fields["file"]
            self.fields["file"] = CleanImageField(label=_("bestand"), widget=old.widget, required=old.required)
        if "description" in self.fields:
            self.fields["description"].required = True
            self.fields["description"].label = _("wat is er te zien?")
            self.fields["description"].help_text = _("Voor wie de afbeelding niet ziet.")

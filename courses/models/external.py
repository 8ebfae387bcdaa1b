"""Something that others give: in our catalogue, with a link out."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from academy.gatherings.enums import OfferingKind
from academy.gatherings.models import Offering
from academy.pages.blocks import BodyBlock
from academy.pages.text import stream_text


class ExternalOfferPage(Offering):
    """Enrolling happens on the site of who gives it; nothing is planned, recorded or certified here."""

    offering_kind: ClassVar[str] = OfferingKind.EXTERNAL

    provider_name = models.CharField(_("wie geeft het"), max_length=120)
    url_out = models.URLField(_("adres om je in te schrijven"), validators=[URLValidator(schemes=["https", "http"])])
    when = models.CharField(_("wanneer"), max_length=120, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("inhoud"), blank=True)

    parent_page_types: ClassVar = ["gatherings.CataloguePage"]
    subpage_types: ClassVar = []
    content_panels: ClassVar = [
        *Offering.content_panels[:2],
        MultiFieldPanel(
            [FieldPanel("provider_name"), FieldPanel("url_out"), FieldPanel("when")], heading=_("Bij wie en wanneer")
        ),
        FieldPanel("body"),
        Offering.content_panels[2],
    ]
    search_fields: ClassVar = [
        *Offering.search_fields,
        index.SearchField("provider_name"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("aanbod van een ander")
        verbose_name_plural = _("aanbod van anderen")

    @property
    def text(self) -> str:
        return f"{super().text} {self.provider_name} {stream_text(self.body)}"

"""What stands on every page and an administrator may change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="cog")
class SiteSettings(BaseGenericSetting):
    """How to reach the academy office, and what a page says when it has no introduction of its own.

    In a template: ``settings.pages.SiteSettings``.
    """

    office_phone = models.CharField(_("telefoon"), max_length=30, default="036 000 00 00")
    office_email = models.EmailField(_("e-mailadres"), default="academie@voorbeeld.example")
    office_hours = models.CharField(
        _("bereikbaar"), max_length=120, default="maandag tot en met donderdag, 9.00-16.00 uur"
    )
    introduction = models.TextField(
        _("inleiding"),
        max_length=400,
        default=_("Hier leren professionals samen over veiligheid thuis."),
        help_text=_("Staat op een pagina zonder eigen inleiding."),
    )

    panels: ClassVar = [
        MultiFieldPanel(
            [FieldPanel("office_phone"), FieldPanel("office_email"), FieldPanel("office_hours")],
            heading=_("Bureau van de academie"),
        ),
        FieldPanel("introduction"),
    ]

    class Meta:
        verbose_name = _("gegevens van de academie")
        verbose_name_plural = _("gegevens van de academie")

"""Themes: the words by which articles, courses and leertafels are found."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from academy.knowledge.enums import Pillar
from academy.knowledge.querysets import ThemeQuerySet


class Theme(index.Indexed, models.Model):
    """A subject. One level of subjects under it at most."""

    name = models.CharField(_("naam"), max_length=80, unique=True)
    slug = models.SlugField(_("deel van het adres"), max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("valt onder")
    )
    pillar = models.CharField(_("pijler"), max_length=10, choices=Pillar.choices, default=Pillar.KNOWLEDGE)
    description = models.TextField(_("omschrijving"), max_length=400, blank=True)
    ambassador = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ambassadeur"),
        help_text=_("Wie dit onderwerp in de organisatie levend houdt."),
    )

    objects: ClassVar = ThemeQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("parent"),
        FieldPanel("pillar"),
        FieldPanel("description"),
    ]
    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("thema")
        verbose_name_plural = _("thema's")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                name="knowledge_theme_not_under_itself",
                violation_error_message=_("Een thema kan niet onder zichzelf vallen."),
            ),
        )

    def __str__(self) -> str:
        return self.name

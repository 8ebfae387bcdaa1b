"""Words of the trade, explained where they stand."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from academy.knowledge.querysets import TermQuerySet

_one_line = RegexValidator(r"^[^<>\r\n]*$", _("Schrijf dit op één regel, zonder < en >."))


class Term(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, index.Indexed, models.Model):
    """A word that an outsider may not know. Reviewed and published like a page, but it has no page of its own."""

    name = models.CharField(_("begrip"), max_length=80, unique=True, validators=[_one_line])
    slug = models.SlugField(_("deel van het adres"), max_length=80, unique=True)
    variants = models.CharField(
        _("staat er ook als"),
        max_length=300,
        blank=True,
        validators=[_one_line],
        help_text=_("Andere schrijfwijzen, met komma's ertussen. Meervoud op -s of -en kennen we zelf."),
    )
    explanation = models.TextField(
        _("uitleg"),
        max_length=400,
        help_text=_("Een of twee gewone zinnen. Ze verschijnen bij het woord in een artikel."),
    )
    article = models.ForeignKey(
        "knowledge.ArticlePage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lees verder in"),
    )
    review_on = models.DateField(
        _("nakijken op"),
        null=True,
        blank=True,
        help_text=_("Dan komt het begrip op het bureau van de redactie."),
    )

    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="term",
        for_concrete_model=False,
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="term",
        for_concrete_model=False,
    )

    objects: ClassVar = TermQuerySet.as_manager()

    panels: ClassVar = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("variants"),
        FieldPanel("explanation"),
        FieldPanel("article"),
        FieldPanel("review_on"),
    ]
    search_fields: ClassVar = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("variants"),
        index.SearchField("explanation"),
    ]

    class Meta:
        verbose_name = _("begrip")
        verbose_name_plural = _("begrippen")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('terms')}#{self.anchor}"

    @property
    def spellings(self) -> list[str]:
        """Every way in which it may stand in a text."""
        return [self.name, *(part.strip() for part in self.variants.split(",") if part.strip())]

    @property
    def anchor(self) -> str:
        return f"begrip-{self.slug}"

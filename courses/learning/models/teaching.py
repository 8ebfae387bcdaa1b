"""What a page needs to be learned from on a screen."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from courses.learning.blocks import TeachingBlock
from courses.learning.material import Material, read_material

PASS_PCT, ATTEMPTS = 80, 3


class Teaching(models.Model):
    """Lessons and the questions of a closing test, as part of a page: written, reviewed and published with it.

    ``pass_pct`` is the least share of the questions that is right. No ``max_attempts`` means: until it is passed.
    """

    teaching = StreamField(
        TeachingBlock(),
        verbose_name=_("lessen en toetsvragen"),
        blank=True,
        help_text=_("Alle toetsvragen samen vormen de afsluitende toets."),
    )
    pass_pct = models.PositiveSmallIntegerField(
        _("geslaagd vanaf (% goed)"), default=PASS_PCT, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("aantal pogingen"),
        null=True,
        blank=True,
        default=ATTEMPTS,
        validators=[MinValueValidator(1)],
        help_text=_("Leeg: zo vaak als nodig."),
    )

    teaching_panels: ClassVar = [
        FieldPanel("teaching"),
        MultiFieldPanel([FieldPanel("pass_pct"), FieldPanel("max_attempts")], heading=_("Afsluitende toets")),
    ]

    class Meta:
        abstract = True

    @property
    def material(self) -> Material:
        return read_material(self.teaching)

    @property
    def has_test(self) -> bool:
        return bool(self.material.questions)

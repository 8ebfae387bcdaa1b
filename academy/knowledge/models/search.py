"""What the site search knows: one row per thing that can be found, one per word in it, one per word at all."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.knowledge.enums import SearchKind


class SearchEntry(models.Model):
    """A published page or term as it is found. ``gate`` names the audience that may find it; empty is everybody."""

    page = models.OneToOneField(
        "wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("pagina")
    )
    term = models.OneToOneField(
        "knowledge.Term", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("begrip")
    )
    kind = models.CharField(_("soort"), max_length=10, choices=SearchKind.choices)
    gate = models.CharField(_("voor wie"), max_length=10, blank=True)
    title = models.CharField(_("titel"), max_length=255)
    introduction = models.TextField(_("inleiding"), blank=True)
    text = models.TextField(_("tekst"), blank=True)
    digest = models.CharField(_("vingerafdruk"), max_length=64)

    class Meta:
        verbose_name = _("vindplaats")
        verbose_name_plural = _("vindplaatsen")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) ^ models.Q(term__isnull=True),
                name="knowledge_searchentry_of_one_thing",
                violation_error_message=_("Een vindplaats hoort bij een pagina of bij een begrip."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A Dutch stem, and the word by which a reader recognises it."""

    stem = models.CharField(_("stam"), max_length=60, unique=True)
    shown = models.CharField(_("woord"), max_length=60)

    class Meta:
        verbose_name = _("zoekwoord")
        verbose_name_plural = _("zoekwoorden")

    def __str__(self) -> str:
        return self.shown


class SearchPosting(models.Model):
    """That a word stands in an entry, and how heavily: a title weighs more than running text."""

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="+", db_index=False, verbose_name=_("zoekwoord"))
    entry = models.ForeignKey(
        SearchEntry, models.CASCADE, related_name="+", db_index=False, verbose_name=_("vindplaats")
    )
    weight = models.PositiveSmallIntegerField(_("gewicht"))

    class Meta:
        verbose_name = _("woord in een vindplaats")
        verbose_name_plural = _("woorden in vindplaatsen")
        constraints = (
            models.UniqueConstraint(
                fields=("entry", "word"),
                name="knowledge_searchposting_once",
                violation_error_message=_("Dit woord staat al bij deze vindplaats."),
            ),
        )
        # Everything that a search reads stands in the index; the table itself is not touched.
        indexes: ClassVar = [models.Index(fields=("word", "entry", "weight"), name="knowledge_searchposting_find")]

    def __str__(self) -> str:
        return f"{self.word} ({self.weight})"

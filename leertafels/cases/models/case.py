"""What somebody brings to a meeting, sealed."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import public_id
from leertafels.cases.enums import CaseState, DestroyedBecause, GivenBack
from leertafels.cases.querysets import CaseQuerySet


class CaseRules(models.Model):
    """That the meetings of a gathering take cases, and whether they ask for more than a learning question."""

    gathering = models.OneToOneField(
        "gatherings.Gathering",
        models.CASCADE,
        primary_key=True,
        related_name="case_rules",
        verbose_name=_("bijeenkomst"),
    )
    asks_text = models.BooleanField(_("vraagt een korte beschrijving"), default=False)
    set_at = models.DateTimeField(_("ingesteld op"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ingesteld door")
    )

    class Meta:
        verbose_name = _("afspraak over inbreng")
        verbose_name_plural = _("afspraken over inbreng")

    def __str__(self) -> str:
        return str(self.gathering)


class Case(models.Model):
    """One text of one presenter for one meeting. What it says stands in ``sealed`` only, under a key of its own.

    ``destroy_at`` is fixed when it is brought in and never moves. A destroyed case keeps its row, so that it is known
    who opened what; its ciphertext and its key are gone.
    """

    public_id = models.CharField(max_length=16, unique=True, default=public_id, editable=False)
    session = models.ForeignKey(
        "gatherings.Session", models.CASCADE, related_name="cases", verbose_name=_("bijeenkomst")
    )
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="cases", verbose_name=_("inbrenger")
    )
    state = models.CharField(_("staat"), max_length=10, choices=CaseState.choices, default=CaseState.BROUGHT_IN)
    given_back = models.CharField(_("waarom terug"), max_length=9, choices=GivenBack.choices, blank=True)
    sealed = models.BinaryField(_("versleutelde tekst"), blank=True)
    brought_in_at = models.DateTimeField(_("ingebracht op"))
    changed_at = models.DateTimeField(_("gewijzigd op"))
    destroy_at = models.DateTimeField(_("uiterlijk vernietigd op"))
    hidden_at = models.DateTimeField(_("verborgen op"), null=True, blank=True)
    destroyed_at = models.DateTimeField(_("vernietigd op"), null=True, blank=True)
    destroyed_because = models.CharField(
        _("waarom vernietigd"), max_length=9, choices=DestroyedBecause.choices, blank=True
    )

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbreng")
        verbose_name_plural = _("inbreng")
        ordering = ("brought_in_at", "pk")
        indexes: ClassVar = [models.Index(fields=("destroy_at",), name="cases_case_due")]
        constraints = (
            models.UniqueConstraint(
                fields=("session", "presenter"),
                condition=models.Q(state=CaseState.BROUGHT_IN, hidden_at__isnull=True),
                name="cases_case_one_each",
                violation_error_message=_("Je hebt voor deze bijeenkomst al iets ingebracht. Pas dat aan."),
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state=CaseState.DESTROYED, sealed=b"", destroyed_at__isnull=False, destroyed_because__gt=""
                )
                | (
                    ~models.Q(state=CaseState.DESTROYED)
                    & ~models.Q(sealed=b"")
                    & models.Q(destroyed_at__isnull=True, destroyed_because="")
                ),
                name="cases_case_destroyed_is_empty",
                violation_error_message=_("Wat vernietigd is, heeft geen tekst meer."),
            ),
            models.CheckConstraint(
                condition=models.Q(destroy_at__gt=models.F("brought_in_at")),
                name="cases_case_destroyed_after",
                violation_error_message=_("De dag van vernietigen ligt na het inbrengen."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CaseState.GIVEN_BACK) | ~models.Q(given_back=""),
                name="cases_case_given_back_says_why",
                violation_error_message=_("Wat terug is bij de inbrenger, zegt waarom."),
            ),
        )

    def __str__(self) -> str:
        return self.public_id

    @property
    def is_destroyed(self) -> bool:
        return self.state == CaseState.DESTROYED

    @property
    def is_given_back(self) -> bool:
        return self.state == CaseState.GIVEN_BACK

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None


class Conflict(models.Model):
    """Somebody at the table knows this family and stays out of this case. Gone when the case is destroyed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="conflicts", verbose_name=_("inbreng"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="case_conflicts", verbose_name=_("persoon")
    )
    declared_at = models.DateTimeField(_("gemeld op"))

    class Meta:
        verbose_name = _("bekend met het gezin")
        verbose_name_plural = _("bekend met het gezin")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "person"),
                name="cases_conflict_once",
                violation_error_message=_("Dit is al gemeld."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.case}"

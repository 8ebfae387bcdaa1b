"""What may be asked of registers and ledger. Visibility is a method here and nowhere else."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from academy.common.periods import current
from academy.people.enums import Role
from academy.people.models import User
from academy.people.rules import has_role
from certificates.credits.enums import AppliesBy, CreditEventKind, RegistrationStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def seen_by(user: Any, path: str) -> Q:
    """Rows whose person, at ``path``, ``user`` may see: oneself, one's own reports, HR everybody inside."""
    if not user.is_authenticated or not user.is_active:
        return Q(pk__in=())
    own = Q(**{path: user.pk})
    if has_role(user, Role.HR):
        return own | Q(**{f"{path}__in": User.objects.internal()})
    if has_role(user, Role.TEAM_MANAGER):
        return own | Q(**{f"{path}__in": User.objects.internal().in_team_of(user)})
    return own


class ChamberQuerySet(models.QuerySet):
    def with_code(self, full_code: str) -> Self:
        """``SKJ:JGP``."""
        register, _colon, code = full_code.partition(":")
        return self.filter(register__code=register, code=code)


class RuleSetQuerySet(models.QuerySet):
    def for_period(self, chamber_id: int, *, starts_on: date, due_on: date, variant: str = "") -> Self:
        """The rule sets that hold for a period of this chamber; figures changed later leave old periods alone."""
        by_start = Q(applies_by=AppliesBy.PERIOD_START) & current(starts_on, start="effective_from", end="effective_to")
        by_end = Q(applies_by=AppliesBy.PERIOD_END) & current(due_on, start="effective_from", end="effective_to")
        return self.filter(by_start | by_end, chambers=chamber_id, variant=variant).order_by("-effective_from", "code")

    def with_chamber(self) -> Self:
        """One row for each chamber that a rule set is for, the newest first; adds ``of_chamber``."""
        return self.annotate(of_chamber=F("chambers")).order_by("-effective_from", "code")

    def in_force(self, day: date) -> Self:
        """The rule sets that anybody's period may be under on ``day``."""
        return self.filter(current(day, start="effective_from", end="effective_to"))


class RegistrationQuerySet(models.QuerySet):
    def active(self) -> Self:
        return self.filter(status=RegistrationStatus.ACTIVE)

    def visible_to(self, user: Any) -> Self:
        return self.filter(seen_by(user, "person"))


class RecordQuerySet(models.QuerySet):
    def latest_of(self, source_key: str) -> Any:
        """The version that holds, or None."""
        return self.filter(source_key=source_key).order_by("-version").first()

    def on_record(self, source_keys: Iterable[str]) -> set[str]:
        """Which of these were recorded before, in whatever version."""
        found = self.filter(source_key__in=set(source_keys), version=1).order_by()
        return set(found.values_list("source_key", flat=True))

    def in_force(self) -> Self:
        """The last version of each, not those that were corrected since."""
        later = self.model._default_manager.filter(source_key=OuterRef("source_key"), version__gt=OuterRef("version"))  # noqa: SLF001 -- Django's documented name
        return self.filter(~Exists(later))


class CreditEntryQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.filter(seen_by(user, "subject__person"))

    def of(self, person: User) -> Self:
        return self.filter(subject__person=person)

    def in_force(self) -> Self:
        """Entries that were not taken back, without the rows that take back."""
        return self.filter(reverses__isnull=True, reversed_by__isnull=True)

    def with_state(self) -> Self:
        """Adds ``last_event`` and ``points_granted`` (None until the register granted)."""
        from certificates.credits.models import CreditEvent  # noqa: PLC0415 -- models import this module

        last = CreditEvent.objects.filter(entry=OuterRef("pk")).order_by("-seq")
        granted = last.filter(kind=CreditEventKind.GRANTED)
        return self.annotate(
            last_event=Subquery(last.values("kind")[:1]),
            points_granted=models.Case(
                models.When(last_event=CreditEventKind.GRANTED, then=Subquery(granted.values("points")[:1])),
                output_field=DecimalField(max_digits=7, decimal_places=2, null=True),
            ),
        )

    def totals(self) -> dict[str, Decimal]:
        """``expected`` (by us, over all rows, so reversals cancel out) and ``granted`` (by the register)."""
        zero = Decimal(0)
        expected = self.aggregate(sum=Coalesce(Sum("points_expected"), zero, output_field=DecimalField()))["sum"]
        granted = self.with_state().aggregate(sum=Coalesce(Sum("points_granted"), zero, output_field=DecimalField()))
        cent = Decimal("0.01")
        return {"expected": expected.quantize(cent), "granted": granted["sum"].quantize(cent)}

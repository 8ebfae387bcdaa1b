"""The form on which the office writes down what a register grants."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _, gettext_lazy

from academy.common import clock
from academy.gatherings.models import Accreditation, Offering
from academy.portal.admin_forms import DayField
from certificates.credits.enums import RequirementKind
from certificates.credits.models import Chamber, Register, Requirement

WHOLE = "0"


def _where() -> list[tuple[str, str]]:
    """Every register as a whole, and each of its chambers that still takes people in."""
    open_chambers = Chamber.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))
    per_register: dict[int, list[Chamber]] = {}
    for chamber in open_chambers.order_by("name"):
        per_register.setdefault(chamber.register_id, []).append(chamber)
    choices = [("", _("Kies een kamer"))]
    for register in Register.objects.order_by("name"):
        chambers = [
            (f"{register.pk}/{one.pk}", f"{register.name}: {one.name}") for one in per_register.get(register.pk, ())
        ]
        choices += [
            *chambers,
            (f"{register.pk}/{WHOLE}", _("%(register)s: het hele register") % {"register": register}),
        ]
    return choices


def _requirements() -> list[tuple[str, str]]:
    """What points can count for, by the key that the rules of registers use."""
    named: dict[str, str] = {}
    counted = Requirement.objects.filter(kind=RequirementKind.POINTS, derived=False)
    for key, label in counted.order_by("key", "pk").values_list("key", "label"):
        named.setdefault(key, label)
    return [("", _("Kies een eis")), *((key, f"{label} ({key})") for key, label in named.items())]


class AccreditationForm(forms.Form):
    """``where`` holds a register and a chamber of it, or the register as a whole."""

    offering = forms.ModelChoiceField(
        label=gettext_lazy("Aanbod"),
        queryset=Offering.objects.none(),
        empty_label=gettext_lazy("Kies wat geaccrediteerd is"),
    )
    where = forms.ChoiceField(label=gettext_lazy("Register en kamer"))
    requirement = forms.ChoiceField(label=gettext_lazy("Waarvoor het telt"))
    points = forms.DecimalField(
        label=gettext_lazy("Punten"), min_value=0, max_value=999, max_digits=6, decimal_places=2, localize=True
    )
    number = forms.CharField(
        label=gettext_lazy("Accreditatienummer"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Leeg zolang het register nog niet heeft beslist; er worden dan geen punten beloofd."),
    )
    accreditor = forms.CharField(label=gettext_lazy("Wie accrediteert"), max_length=24, initial="SKJ")
    valid_from = DayField(label=gettext_lazy("Geldig vanaf"))
    valid_to = DayField(label=gettext_lazy("Geldig tot en met"))
    points_min_pct = forms.IntegerField(
        label=gettext_lazy("Aanwezig voor punten (%)"), min_value=0, max_value=100, initial=100
    )
    test_required = forms.BooleanField(label=gettext_lazy("Afsluitende toets verplicht"), required=False)

    def __init__(self, data: Any, before: Accreditation | None = None) -> None:
        super().__init__(data, initial=renewed(before) if before is not None else None)
        self.fields["offering"].queryset = Offering.objects.order_by("title")
        self.fields["where"].choices = _where()
        self.fields["requirement"].choices = _requirements()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("valid_from"), values.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("De accreditatie eindigt voor ze begint. Kies een latere dag."))
        if {"where", "requirement"} <= values.keys() and not self._known(**values):
            self.add_error("requirement", _("Deze kamer kent die eis niet. Kies een eis van deze kamer."))
        return values

    def _known(self, *, where: str, requirement: str, **_others: Any) -> bool:
        register, _slash, chamber = where.partition("/")
        asked = Requirement.objects.filter(key=requirement, rule_set__chambers__register=register)
        return asked.filter(rule_set__chambers=chamber).exists() if chamber != WHOLE else asked.exists()

    def terms(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        register, _slash, chamber = values.pop("where").partition("/")
        held = None if chamber == WHOLE else Chamber.objects.get(pk=chamber)
        return {**values, "register": Register.objects.get(pk=register), "chamber": held}


def renewed(before: Accreditation) -> dict[str, Any]:
    """The same once more, from the day after; the register gives a number of its own."""
    same = ("offering", "requirement", "points", "accreditor", "points_min_pct", "test_required")
    return {
        **{name: getattr(before, name) for name in same},
        "where": f"{before.register_id}/{before.chamber_id or WHOLE}",
        "valid_from": before.valid_to + timedelta(days=1),
    }

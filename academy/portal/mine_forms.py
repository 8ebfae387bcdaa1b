"""Forms about one's own professional registration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from certificates.credits.enums import CreditEventKind, RequirementKind
from certificates.credits.models import Chamber, Period, Requirement, RuleSet


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _number(label: Any, help_text: Any = "", **limits: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, help_text=help_text, required=False, localize=True, **limits)


def _profession_choices() -> list[tuple[str, Any]]:
    """Every chamber that still takes people in, and each variant of its rules as a choice of its own."""
    chambers = Chamber.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))
    known = {chamber.pk: chamber for chamber in chambers.select_related("register")}
    now = RuleSet.objects.filter(chambers__in=known).values_list("chambers", "variant", "name").distinct()
    per_chamber: dict[int, dict[str, str]] = {}
    for chamber, variant, name in now:
        if chamber in known:
            per_chamber.setdefault(chamber, {})[variant] = name
    choices = []
    for chamber in sorted(known.values(), key=lambda one: (one.register.name, one.name)):
        variants = per_chamber.get(chamber.pk, {})
        for variant, name in sorted(variants.items()):
            words = f"{chamber.register.name}: {chamber.name}"
            choices.append((f"{chamber.pk}/{variant}", f"{words} ({name})" if len(variants) > 1 else words))
    return choices


class RegistrationForm(forms.Form):
    """``profession`` holds chamber and variant."""

    profession = forms.ChoiceField(label=_("In welk register sta je?"))
    number = forms.CharField(
        label=_("Registratienummer"),
        required=False,
        max_length=20,
        help_text=_("Het staat op je pas of in je register."),
    )
    starts_on = _day(_("Wanneer begon je huidige periode?"), _("De datum waarop je bent in- of herregistreerd."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profession"].choices = [("", _("Kies een register")), *_profession_choices()]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        chamber, _slash, variant = cleaned.pop("profession", "").partition("/")
        if chamber:
            cleaned |= {"chamber": Chamber.objects.select_related("register").get(pk=chamber), "variant": variant}
        return cleaned


class DossierForm(forms.Form):
    """What a person says about a period: the number, the hours worked and which papers she has."""

    number = forms.CharField(label=_("Registratienummer"), required=False, max_length=20)
    work_hours = _number(_("Gewerkte uren in deze periode"), min_value=Decimal(0), max_digits=7, decimal_places=2)
    work_hours_specific = _number(_("Waarvan in dit beroep"), min_value=Decimal(0), max_digits=7, decimal_places=2)
    documents = forms.MultipleChoiceField(
        label=_("Dit heb ik"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Wij bewaren geen papieren."),
    )

    def __init__(self, *args: Any, period: Period, rule_set: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        demands = Requirement.objects.filter(rule_set__code=rule_set)
        kinds = {demand.kind for demand in demands}
        papers = [(demand.key, demand.label) for demand in demands if demand.kind == RequirementKind.DOCUMENT]
        if RequirementKind.HOURS not in kinds:
            del self.fields["work_hours"], self.fields["work_hours_specific"]
        if papers:
            self.fields["documents"].choices = papers
        else:
            del self.fields["documents"]
        self.initial = {
            "number": period.registration.number,
            "work_hours": period.work_hours,
            "work_hours_specific": period.work_hours_specific,
            "documents": period.documents,
        }


class SubmitForm(forms.Form):
    submitted_on = _day(_("Wanneer diende je je herregistratie in?"))


class EventForm(forms.Form):
    """What the register did with an entry."""

    kind = forms.ChoiceField(
        label=_("Wat is ermee gebeurd?"),
        choices=[
            (CreditEventKind.SUBMITTED.value, _("Ik heb het ingediend")),
            (CreditEventKind.GRANTED.value, _("Het register kende punten toe")),
            (CreditEventKind.REJECTED.value, _("Het register wees het af")),
        ],
        widget=forms.RadioSelect,
    )
    on = _day(_("Op welke dag?"))
    points = _number(
        _("Toegekende punten"),
        _("Alleen invullen als het register punten toekende."),
        min_value=Decimal(0),
        max_digits=7,
        decimal_places=2,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("kind") == CreditEventKind.GRANTED
            and cleaned.get("points") is None
            and "points" not in self.errors
        ):
            self.add_error("points", _("Vul in hoeveel punten het register toekende."))
        return cleaned

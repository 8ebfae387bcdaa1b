"""The form by which anybody asks us to come and tell about our work."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.partners.enums import RequestTopic
from academy.partners.models import InformationRequest
from academy.people.models import Municipality

MOST_PEOPLE = 2000


def _facts(name: str) -> dict[str, Any]:
    """Label and hint as the model has them."""
    field = InformationRequest._meta.get_field(name)
    return {"label": str(field.verbose_name).capitalize(), "help_text": field.help_text}


class InformationRequestForm(forms.Form):
    """Names and addresses only of who asks; nothing about a family fits anywhere."""

    municipality = forms.ModelChoiceField(
        None,
        label=_("Voor welke gemeente?"),
        required=False,
        to_field_name="code",
        empty_label=_("Niet voor een gemeente"),
    )
    organisation_name = forms.CharField(max_length=120, required=False, **_facts("organisation_name"))
    topic = forms.ChoiceField(label=_("Waar wil je meer over weten?"), choices=RequestTopic.choices)
    wanted_from = forms.DateField(label=_("Vanaf welke dag kan het?"), widget=forms.DateInput(attrs={"type": "date"}))
    wanted_until = forms.DateField(label=_("Tot en met welke dag?"), widget=forms.DateInput(attrs={"type": "date"}))
    people = forms.IntegerField(label=_("Hoeveel mensen komen er ongeveer?"), min_value=1, max_value=MOST_PEOPLE)
    contact_name = forms.CharField(max_length=120, **_facts("contact_name"))
    contact_email = forms.EmailField(**_facts("contact_email"))
    contact_phone = forms.CharField(max_length=30, required=False, **_facts("contact_phone"))
    remarks = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 4}), **_facts("remarks")
    )

    def __init__(self, sent: Any = None) -> None:
        super().__init__(sent)
        self.fields["municipality"].queryset = Municipality.objects.active().order_by("name", "pk")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("wanted_from"), found.get("wanted_until")
        if first and last and last < first:
            self.add_error("wanted_until", _("Deze dag ligt voor de eerste; kies een latere."))
        if not self.errors and not found.get("municipality") and not found.get("organisation_name", "").strip():
            self.add_error("organisation_name", _("Kies een gemeente of schrijf de naam van je organisatie op."))
        return found

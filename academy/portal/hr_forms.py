"""The filters of HR and team pages, which stand in the address; and the form for the works council's consent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.knowledge.enums import Pillar
from academy.people.models import Team, User
from academy.portal.admin_forms import DayField
from academy.portal.reports import Wanted
from academy.portal.reports_registrations import ATTENTION, STATUSES
from certificates.credits.models import Chamber

if TYPE_CHECKING:
    from django.http import QueryDict

    from academy.people.querysets import UserQuerySet

PER = {"persoon": _("persoon"), "team": _("team"), "pijler": _("pijler")}


class _TeamField(forms.ModelChoiceField):
    """A team by its public id."""

    def __init__(self) -> None:
        teams = Team.objects.filter(organisation__is_own=True).active().select_related("organisation")
        super().__init__(teams, label=_("Team"), required=False, empty_label=_("Alle teams"), to_field_name="public_id")

    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.name} ({obj.organisation.name})"


class PeriodForm(forms.Form):
    """From one day to another; the calendar year when nothing is asked for."""

    van = DayField(label=_("Van"))
    tot = DayField(label=_("Tot en met"))

    def __init__(self, sent: QueryDict, people: UserQuerySet) -> None:
        year = clock.today().year
        chosen = {"van": date(year, 1, 1).isoformat(), "tot": date(year, 12, 31).isoformat()}
        super().__init__({**chosen, **{name: value for name, value in sent.items() if value}})
        self.people = people

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        first, last = found.get("van"), found.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("Deze dag ligt voor het begin; kies een latere."))
        return found

    @property
    def wanted(self) -> Wanted:
        """What was asked for; needs a valid form."""
        found = self.cleaned_data
        return Wanted(
            first=found["van"],
            last=found["tot"],
            team=found.get("team"),
            pillar=found.get("pijler") or "",
            person=found.get("persoon"),
        )


class HoursForm(PeriodForm):
    per = forms.ChoiceField(label=_("Per"), required=False, choices=PER.items())
    team = _TeamField()
    pijler = forms.ChoiceField(label=_("Pijler"), required=False, choices=[("", _("Alle pijlers")), *Pillar.choices])
    field_order = ("per", "van", "tot", "team", "pijler")


class RowsForm(HoursForm):
    per = None
    persoon = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def clean_persoon(self) -> User | None:
        """Somebody within reach; nobody else exists here."""
        asked = self.cleaned_data["persoon"]
        if not asked:
            return None
        person: User | None = self.people.filter(public_id=asked).first()
        if person is None:
            raise forms.ValidationError(_("Deze persoon staat niet in dit overzicht."))
        return person


class RegistrationsForm(forms.Form):
    status = forms.ChoiceField(label=_("Status"), required=False)
    let_op = forms.ChoiceField(label=_("Let op"), required=False, choices=[("", _("Alles")), *ATTENTION.items()])
    kamer = forms.ModelChoiceField(
        Chamber.objects.all(), label=_("Kamer"), required=False, empty_label=_("Alle kamers"), to_field_name="name"
    )
    team = _TeamField()

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        self.fields["status"].choices = [
            ("", _("Elke status")),
            *((key, word) for key, (word, _look) in STATUSES.items()),
        ]


class ConsentForm(forms.Form):
    agreed_on = DayField(label=_("Datum van de instemming"), help_text=_("Bijvoorbeeld 14-4-2027."))
    purpose = forms.CharField(
        label=_("Waarvoor stemde de ondernemingsraad in?"),
        max_length=300,
        help_text=_("Iedereen over wie het gaat, kan dit lezen. Schrijf op wie wat ziet, en waarom."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    ends_on = DayField(label=_("Geldig tot"), help_text=_("Vanaf die dag gaat alles weer dicht."))

"""The forms of persons, roles, organisations and teams."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.people.enums import SCOPE_OF, Engagement, OrganisationKind, Ring, Role, TeamKind
from academy.people.models import JobFunction, Municipality, Organisation, Team, User

FIRST_YEAR = 1950
LAST_YEAR = 2100


class DayField(forms.DateField):
    """A day between two years that make sense, typed or picked."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(_("Dit jaar klopt niet; vul de dag in als 14-4-2027."))
        return day


class PersonEmailField(forms.EmailField):
    """Somebody with an account, by e-mail address: a list of thousands of names is no choice."""

    def clean(self, value: Any) -> User | None:
        address = super().clean(value)
        if not address:
            return None
        person = User.objects.filter(email=address.strip().lower()).first()
        if person is None:
            raise forms.ValidationError(_("Er is geen account met dit e-mailadres; kijk de spelling na."))
        return person


class TeamChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Team) -> str:
        return f"{obj.organisation.name}: {obj.name}"


def _teams() -> Any:
    return Team.objects.active().select_related("organisation")


class SearchForm(forms.Form):
    q = forms.CharField(label=_("Naam of e-mailadres"), max_length=100, required=False)
    status = forms.ChoiceField(
        label=_("Wie"),
        required=False,
        choices=[("", _("met een account")), ("uit", _("uit dienst")), ("alle", _("iedereen"))],
    )


class PersonForm(forms.Form):
    full_name = forms.CharField(label=_("Naam"), max_length=150)
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("De persoon krijgt hier een mail om een wachtwoord te kiezen."),
    )


class PlaceForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Organisatie"), queryset=Organisation.objects.none(), empty_label=_("Kies een organisatie")
    )
    team = TeamChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("Geen team"))
    job_function = forms.ModelChoiceField(
        label=_("Functie"), queryset=JobFunction.objects.none(), required=False, empty_label=_("Onbekend")
    )
    manager = PersonEmailField(label=_("E-mailadres van de leidinggevende"), required=False)
    engagement = forms.ChoiceField(label=_("Dienstverband"), choices=Engagement.choices)
    weekly_hours = forms.DecimalField(
        label=_("Uren per week"),
        required=False,
        min_value=0,
        max_value=60,
        max_digits=4,
        decimal_places=2,
        localize=True,
    )
    starts_on = DayField(label=_("Sinds"))
    ends_on = DayField(label=_("Tot"), required=False, help_text=_("De eerste dag dat het niet meer geldt."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.active()
        self.fields["team"].queryset = _teams()
        self.fields["job_function"].queryset = JobFunction.objects.all()


class ManagerForm(forms.Form):
    manager = PersonEmailField(
        label=_("E-mailadres van de leidinggevende"), required=False, help_text=_("Leeg: geen leidinggevende.")
    )


class EndForm(forms.Form):
    on = DayField(label=_("Vanaf welke dag?"), help_text=_("De eerste dag dat het niet meer geldt."))


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rol"), choices=[("", _("Kies een rol")), *Role.choices])
    organisation = forms.ModelChoiceField(
        label=_("Organisatie"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Geen"),
        help_text=_("Alleen voor een contactpersoon opleidingen."),
    )
    team = TeamChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("Geen"),
        help_text=_("Alleen voor een teammanager."),
    )
    municipality = forms.ModelChoiceField(
        label=_("Gemeente"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("Geen"),
        help_text=_("Alleen voor een contactpersoon gemeente."),
    )
    starts_on = DayField(label=_("Vanaf"), required=False, help_text=_("Leeg: vanaf nu."))
    ends_on = DayField(label=_("Tot"), required=False, help_text=_("De eerste dag dat de rol niet meer geldt."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.active()
        self.fields["team"].queryset = _teams()
        self.fields["municipality"].queryset = Municipality.objects.active()

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        wanted = SCOPE_OF.get(values.get("role", ""))
        for scope in SCOPE_OF.values():
            if scope == wanted and values.get(scope) is None and scope not in self.errors:
                self.add_error(scope, _("Kies waarvoor deze rol geldt."))
            if scope != wanted and values.get(scope) is not None and values.get("role"):
                self.add_error(scope, _("Deze rol heeft dit niet nodig; laat het leeg."))
        start, end = values.get("starts_on"), values.get("ends_on")
        if end is not None and end <= (start or clock.today()):
            self.add_error("ends_on", _("Een rol eindigt na haar begin; kies een latere dag."))
        return values

    def assignment(self) -> dict[str, Any]:
        """What the domain function needs."""
        values = dict(self.cleaned_data)
        start, end = values.pop("starts_on"), values.pop("ends_on")
        return {
            **values,
            "starts_at": clock.amsterdam(start, time(0)) if start else None,
            "ends_at": clock.amsterdam(end, time(0)) if end else None,
        }


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=120)
    kind = forms.ChoiceField(label=_("Soort"), choices=OrganisationKind.choices)
    ring = forms.ChoiceField(label=_("Ring"), choices=Ring.choices, initial=Ring.OTHER)
    municipality = forms.ModelChoiceField(
        label=_("Gemeente"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("Geen"),
        help_text=_("Alleen als de organisatie zelf een gemeente is."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.active()


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=120)
    kind = forms.ChoiceField(label=_("Soort"), choices=TeamKind.choices)
    local_name = forms.CharField(
        label=_("Plaatselijke naam"),
        max_length=60,
        required=False,
        help_text=_("Bijvoorbeeld wijkteam, sociaal team of jeugdteam."),
    )
    municipalities = forms.ModelMultipleChoiceField(
        label=_("Gemeenten"),
        queryset=Municipality.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = Municipality.objects.active()


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(label=_("Gaat op in"), queryset=Organisation.objects.none(), empty_label=_("Kies"))
    on = DayField(label=_("Vanaf welke dag?"))

    def __init__(self, *args: Any, choices: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = choices


class MergeMunicipalityForm(MergeForm):
    municipality = forms.ModelChoiceField(
        label=_("Welke gemeente houdt op te bestaan?"), queryset=Municipality.objects.none(), empty_label=_("Kies")
    )
    field_order = ("municipality", "into", "on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = Municipality.objects.active()
        super().__init__(*args, choices=choices, **kwargs)
        self.fields["municipality"].queryset = choices


class ProfileForm(forms.Form):
    display_name = forms.CharField(
        label=_("Weergavenaam"),
        max_length=80,
        required=False,
        help_text=_("Zo zien andere deelnemers je. Leeg: je volledige naam."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    phone = forms.CharField(
        label=_("Telefoonnummer"),
        max_length=30,
        required=False,
        help_text=_("Alleen het bureau en HR zien dit."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )

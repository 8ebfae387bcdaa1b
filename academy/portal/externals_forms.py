"""The forms of externals: where somebody works, what her organisation says of that, and inviting somebody."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.people.enums import WorkArea
from academy.people.models import JobFunction, Organisation, Team
from academy.people.rules import can_approve_anywhere, coordinated_organisations
from academy.portal.admin_forms import DayField, TeamChoiceField

if TYPE_CHECKING:
    from academy.people.models import User


class TeamsByOrganisation(forms.models.ModelChoiceIterator):
    """The teams under the name of their organisation; a list of one organisation needs no heading."""

    def __iter__(self) -> Any:
        yield "", self.field.empty_label
        teams = self.queryset.select_related("organisation").order_by("organisation__name", "name")
        groups = [
            (name, [self.choice(team) for team in members])
            for name, members in groupby(teams, key=lambda team: team.organisation.name)
        ]
        yield from groups[0][1] if len(groups) == 1 else groups


class GroupedTeamField(forms.ModelChoiceField):
    iterator = TeamsByOrganisation

    def label_from_instance(self, obj: Team) -> str:
        return obj.name


class WorkplaceForm(forms.Form):
    """Where somebody works. With one ``proposed`` organisation only that one is there to choose."""

    organisation = forms.ModelChoiceField(
        label=_("Organisatie"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("Kies je organisatie"),
    )
    organisation_name = forms.CharField(
        label=_("Staat je organisatie er niet bij? Typ dan de naam"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    team = GroupedTeamField(
        label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("Geen team, of staat er niet bij")
    )
    job_function = forms.ModelChoiceField(
        label=_("Functie"), queryset=JobFunction.objects.none(), required=False, empty_label=_("Anders")
    )

    def __init__(self, *args: Any, proposed: Organisation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.active().filter(is_own=False)
        if proposed is not None:
            organisations = organisations.filter(pk=proposed.pk)
            del self.fields["organisation_name"]
            self.fields["organisation"].empty_label = None
            self.fields["organisation"].required = True
            self.fields["organisation"].help_text = _("Zo te zien aan je e-mailadres.")
            self.initial["organisation"] = proposed.pk
        self.fields["organisation"].queryset = organisations
        self.fields["team"].queryset = Team.objects.active().filter(organisation__in=organisations)
        self.fields["job_function"].queryset = JobFunction.objects.filter(work_area=WorkArea.EXTERNAL)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen, typed = values.get("organisation"), values.get("organisation_name", "")
        team = values.get("team")
        if chosen is None and not typed and "organisation" not in self.errors:
            if team is None:
                self.add_error("organisation", _("Kies je organisatie, of typ de naam eronder."))
            else:
                values["organisation"] = team.organisation
        elif chosen is not None and typed:
            self.add_error("organisation_name", _("Je koos al een organisatie hierboven; maak een van beide leeg."))
        return values


class LeavePlaceForm(forms.Form):
    on = DayField(label=_("Vanaf welke dag werk je er niet meer?"))


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom niet?"),
        max_length=200,
        help_text=_("De aanvrager leest deze zin."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RenewForm(forms.Form):
    """Who still works there; everybody is ticked, for most do."""

    people = forms.ModelMultipleChoiceField(
        label=_("Wie werkt er nog?"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Vink aan wie er nog werkt.")},
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = rows
        self.fields["people"].label_from_instance = _line
        self.initial["people"] = [row.pk for row in rows]


def _line(row: Any) -> str:
    return f"{row.person.full_name}, {row.place_name}"


class AnswerForm(forms.Form):
    organisation = forms.ModelChoiceField(
        label=_("Welke organisatie is dit?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Kies een organisatie"),
        help_text=_("Staat ze er niet bij? Voeg de organisatie eerst toe bij Organisaties en teams."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.active().filter(is_own=False)


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mailadres"),
        max_length=254,
        help_text=_("Dit mag een privé-adres zijn, bijvoorbeeld van een vrijwilliger."),
    )
    organisation = forms.ModelChoiceField(
        label=_("Voor welke organisatie?"), queryset=Organisation.objects.none(), empty_label=_("Kies een organisatie")
    )
    team = TeamChoiceField(label=_("Team"), queryset=Team.objects.none(), required=False, empty_label=_("Geen team"))

    def __init__(self, *args: Any, inviter: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.active().filter(is_own=False)
        if not can_approve_anywhere(inviter):
            organisations = organisations.filter(pk__in=coordinated_organisations(inviter))
        self.fields["organisation"].queryset = organisations
        only = list(organisations[:2])
        if len(only) == 1:
            self.fields["organisation"].empty_label = None
        teams = Team.objects.active().filter(organisation__in=organisations)
        self.fields["team"].queryset = teams.select_related("organisation")


class MailDomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Maildomein"),
        max_length=120,
        help_text=_("Wat achter de @ staat. Ga eerst na dat het echt van deze organisatie is."),
    )


class EraseForm(forms.Form):
    """Typing the own address is slow on purpose."""

    address = forms.CharField(
        label=_("Typ je e-mailadres om het wissen te bevestigen"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email"}),
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._address = address

    def clean_address(self) -> str:
        typed: str = self.cleaned_data["address"].strip().lower()
        if typed != self._address:
            raise forms.ValidationError(_("Dit is niet het e-mailadres van je account; typ het precies over."))
        return typed

"""The filters and forms of the partnership manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.common import clock
from academy.gatherings.models import Offering
from academy.partners.domain.contacts import CONTACT_FACTS
from academy.partners.enums import AgreementKind, ContactLevel, OutreachKind
from academy.partners.models import Contact, TeamContact
from academy.partners.moments import periods
from academy.portal.admin_forms import DayField

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from academy.partners.moments import Period
    from academy.people.models import Region, Team


class CoverageForm(forms.Form):
    """What the board shows; nonsense in the address gives the board of every region."""

    regio = forms.ChoiceField(label=_("Regio"), required=False)
    periode = forms.ChoiceField(label=_("Periode"), required=False)

    def __init__(self, sent: QueryDict, regions: list[Region], offered: dict[str, Period] | None = None) -> None:
        self.offered = periods() if offered is None else offered
        self.regions = {region.slug: region for region in regions}
        region, period = sent.get("regio", ""), sent.get("periode", "")
        self.region: Region | None = self.regions.get(region)
        self.period: Period = self.offered.get(period) or next(iter(self.offered.values()))
        super().__init__(initial={"regio": region, "periode": self.period.code})
        self.fields["regio"].choices = [("", _("Alle regio's")), *((one.slug, one.name) for one in regions)]
        self.fields["periode"].choices = [(one.code, one.label) for one in self.offered.values()]
        if not regions:
            del self.fields["regio"]


class ContactForm(forms.Form):
    name = forms.CharField(label=_("Naam"), max_length=120)
    function = forms.CharField(label=_("Functie"), max_length=120)
    level = forms.ChoiceField(label=_("Waarvoor"), choices=ContactLevel.choices)
    email = forms.EmailField(label=_("E-mailadres van het werk"), required=False)
    phone = forms.CharField(label=_("Telefoonnummer van het werk"), max_length=30, required=False)

    @classmethod
    def facts_of(cls, contact: Contact) -> dict[str, Any]:
        return {name: getattr(contact, name) for name in CONTACT_FACTS}


class AgreementForm(forms.Form):
    kind = forms.ChoiceField(label=_("Wat spraken we af?"), choices=AgreementKind.choices)
    team = forms.ModelChoiceField(None, label=_("Met welk team?"), required=False, to_field_name="public_id")
    note = forms.CharField(
        label=_("In je eigen woorden"), max_length=200, required=False, help_text=_("Geen namen van mensen.")
    )
    starts_on = DayField(label=_("Geldt vanaf"))

    def __init__(self, sent: Any, teams: QuerySet[Team]) -> None:
        super().__init__(sent, initial={"starts_on": clock.today()})
        self.fields["team"].queryset = teams
        self.fields["team"].empty_label = _("Met allemaal")


class OutreachForm(forms.Form):
    kind = forms.ChoiceField(label=_("Wat deed je?"), choices=OutreachKind.choices)
    held_on = DayField(label=_("Wanneer"))
    contact = forms.ModelChoiceField(None, label=_("Met wie"), required=False, to_field_name="public_id")
    outcome = forms.CharField(
        label=_("Wat kwam eruit?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Schrijf niets over een gezin of een cliënt."),
    )
    next_step = forms.CharField(label=_("Wat is de volgende stap?"), max_length=200, required=False)
    due_on = DayField(label=_("Uiterlijk op"), required=False)

    def __init__(self, sent: Any, contacts: QuerySet[Contact]) -> None:
        super().__init__(sent, initial={"held_on": clock.today()})
        self.fields["contact"].queryset = contacts
        self.fields["contact"].empty_label = _("Niemand in het bijzonder")


class ConfirmForm(forms.Form):
    """Nothing to fill in; sending it is the answer."""


class PostponeForm(forms.Form):
    due_on = DayField(label=_("Nieuwe dag"))


class EndAgreementForm(forms.Form):
    on = DayField(label=_("Geldt tot"))


class PlanForm(forms.Form):
    planned_for = DayField(label=_("Gepland voor"), help_text=_("De aanvrager krijgt deze dag per mail."))


class HoldForm(forms.Form):
    held_on = DayField(label=_("Gegeven op"))


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Waarom niet?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("De aanvrager krijgt dit per mail. Noem wat wel kan."),
    )


class TeamContactForm(forms.Form):
    display_name = forms.CharField(label=_("Naam"), max_length=80)
    work_phone = forms.CharField(label=_("Telefoonnummer van het werk"), max_length=30)
    days_present = forms.CharField(
        label=_("Wanneer bij het team"),
        max_length=120,
        required=False,
        help_text=_("Bijvoorbeeld: dinsdagochtend, op kantoor."),
    )
    on = DayField(label=_("Vanaf"))

    def __init__(self, sent: Any, held: TeamContact | None) -> None:
        facts = {name: getattr(held, name) for name in ("display_name", "work_phone", "days_present")} if held else {}
        super().__init__(sent, initial={**facts, "on": clock.today()})


class CountedForm(forms.Form):
    """Which offerings count; a choice of pages that are or were published."""

    set = forms.ModelMultipleChoiceField(
        None, label=_("Trainingen uit de set voor lokale teams"), required=False, widget=forms.CheckboxSelectMultiple
    )
    refresher = forms.ModelMultipleChoiceField(
        None, label=_("Opfrisdagen voor aandachtsfunctionarissen"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, sent: Any, initial: dict[str, list[int]]) -> None:
        super().__init__(sent, initial=initial)
        offerings = Offering.objects.filter(kind="course").order_by("title")
        for name in self.fields:
            self.fields[name].queryset = offerings

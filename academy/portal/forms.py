"""The example form of the component page: one field of every sort."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExampleForm(forms.Form):
    """Signing up for a leertafel, made up."""

    name = forms.CharField(label=_("Naam"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-mailadres van je werk"),
        help_text=_("Hier sturen we de bevestiging naartoe."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    starts_on = forms.DateField(
        label=_("Vanaf wanneer kun je?"),
        help_text=_("Bijvoorbeeld 14-4-2027."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    region = forms.ChoiceField(
        label=_("Regio"),
        choices=[("", _("Kies een regio")), ("flevoland", "Flevoland"), ("kennemerland", "Kennemerland")],
    )
    role = forms.ChoiceField(
        label=_("Hoe doe je mee?"),
        choices=[("member", _("Als deelnemer")), ("presenter", _("Met een leervraag"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("Welke dagen kun je?"),
        help_text=_("Kies er zoveel als je wilt."),
        required=False,
        choices=[("di", _("dinsdag")), ("wo", _("woensdag")), ("do", _("donderdag"))],
        widget=forms.CheckboxSelectMultiple,
    )
    question = forms.CharField(
        label=_("Je leervraag"),
        help_text=_("Schrijf geen namen op en niets waaraan iemand een gezin herkent."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agrees = forms.BooleanField(label=_("Ik houd me aan de intervisieafspraken"))


FILLED = {
    "name": "Samir Voorbeeld",
    "email": "samir@voorbeeld.example",
    "starts_on": "2027-04-14",
    "region": "flevoland",
    "role": "presenter",
    "days": ["di", "do"],
    "question": "Hoe houd ik het gesprek open als een ouder boos wordt?",
    "agrees": "on",
}
WRONG = {"name": "Samir Voorbeeld", "email": "samir@voorbeeld", "days": ["di"]}

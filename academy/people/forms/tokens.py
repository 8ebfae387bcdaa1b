"""The form for a key."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.people.enums import TokenKind
from academy.people.models import AccessToken


class TokenForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("Waarvoor"), choices=TokenKind.choices)
    name = forms.CharField(
        label=_("Naam"),
        max_length=60,
        help_text=_("Zodat je later weet waar je deze sleutel gebruikt, bijvoorbeeld: agenda op mijn telefoon."),
    )

    class Meta:
        model = AccessToken
        fields = ("kind", "name")

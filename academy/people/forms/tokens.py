"""The form for a key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.common.identifiers import secret_token
from academy.people.enums import TokenKind
from academy.people.models import AccessToken


class TokenForm(forms.ModelForm):
    """``once`` marks this showing of the form, so that sending it twice makes one key."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=60, initial=secret_token)
    kind = forms.ChoiceField(label=_("Waarvoor"), choices=TokenKind.choices)
    name = forms.CharField(
        label=_("Naam"),
        max_length=60,
        help_text=_("Zodat je later weet waar je deze sleutel gebruikt, bijvoorbeeld: agenda op mijn telefoon."),
    )

    class Meta:
        model = AccessToken
        fields = ("kind", "name")

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "name")}

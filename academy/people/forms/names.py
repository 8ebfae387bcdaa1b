"""The name of a person; apart from the other forms, because allauth builds its own on this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.people.domain.signing_in import is_plain_name

if TYPE_CHECKING:
    from django.http import HttpRequest

    from academy.people.models import User


class NameForm(forms.Form):
    """What signing up asks besides an address and a password."""

    full_name = forms.CharField(
        label=_("Je naam"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Zo staat je naam op je certificaten."),
    )
    field_order = ("full_name", "email", "password1")

    def clean_full_name(self) -> str:
        name: str = self.cleaned_data["full_name"]
        if not is_plain_name(name):
            raise forms.ValidationError(_("Typ je naam met letters; tekens als < en > kunnen niet."))
        return name

    def signup(self, request: HttpRequest, user: User) -> None:
        """Nothing more: the adapter has put the name on the account before it was stored."""

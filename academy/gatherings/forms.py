"""What people type about seats."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SwapForm(forms.Form):
    """Who gets the place; by address, so that nobody can leaf through a list of people."""

    email = forms.EmailField(
        label=_("E-mailadres van je collega"),
        help_text=_("Het adres waarmee je collega hier inlogt. Je collega krijgt een mail met de bevestiging."),
        max_length=254,
    )

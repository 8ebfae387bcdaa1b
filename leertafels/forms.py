"""What people fill in about a leertafel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SignForm(forms.Form):
    """``version`` is the one that was read; nobody signs what changed meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    agrees = forms.BooleanField(
        label=_("Ik houd me aan deze afspraken"),
        error_messages={"required": _("Vink aan dat je je aan de afspraken houdt, of ga terug.")},
    )

    def __init__(self, data: Any, version: int) -> None:
        super().__init__(data, initial={"version": version})

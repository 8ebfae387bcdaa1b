"""Forms about certificates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.enums import WithdrawalReason


class CodeForm(forms.Form):
    """The code as it stands on the paper."""

    code = forms.CharField(
        label=_("Code"),
        max_length=80,
        help_text=_("De code staat onder aan het bewijs. Streepjes en hoofdletters maken niet uit."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Vul de code in die onder aan het bewijs staat.")},
    )


class WithdrawalForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Waarom trek je dit bewijs in?"), choices=WithdrawalReason.choices, widget=forms.RadioSelect
    )

"""Signing a statement, and looking back on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_ANSWER = 1000


class SignForm(forms.Form):
    """``version`` is the one that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    agreed = forms.BooleanField(
        label=_("Ik heb dit gelezen en houd me eraan"),
        error_messages={"required": _("Zet een vinkje als je je hieraan houdt. Zonder dat kun je niet op bezoek.")},
    )


class DebriefForm(forms.Form):
    """The questions of the page, for who received her; and a note for herself."""

    def __init__(self, data: Any, questions: Sequence[str], *, note: str, answers: Sequence[dict[str, str]]) -> None:
        super().__init__(data)
        given = {one["question"]: one["answer"] for one in answers}
        self.names = [f"answer_{number}" for number, _question in enumerate(questions, 1)]
        for name, question in zip(self.names, questions, strict=True):
            self.fields[name] = forms.CharField(
                label=question,
                max_length=LONGEST_ANSWER,
                required=False,
                initial=given.get(question, ""),
                help_text=_("Je ontvanger leest dit. Schrijf niets over cliënten."),
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["note"] = forms.CharField(
            label=_("Notitie voor jezelf"),
            max_length=3000,
            required=False,
            initial=note,
            help_text=_("Alleen jij ziet dit. Schrijf niets over cliënten."),
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    @property
    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.names]

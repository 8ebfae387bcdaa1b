"""The closing test as a form: a group of choices per question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from academy.common.errors import DomainError
    from courses.learning.material import Question


class TestForm(forms.Form):
    """Field names are the ids of the questions; ``number`` is the attempt that the page was opened for."""

    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, questions: Sequence[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for place, question in enumerate(questions, 1):
            self.fields[question.id] = _field(place, question)

    @property
    def answers(self) -> dict[str, list[str]]:
        given = {question.id: self.cleaned_data[question.id] for question in self.questions}
        return {key: chosen if isinstance(chosen, list) else [chosen] for key, chosen in given.items()}

    def refuse(self, refusal: DomainError) -> None:
        """Show each reason at its question."""
        for reason in refusal.reasons:
            kind, _colon, key = reason.code.partition(":")
            self.add_error(key if kind == "question" and key in self.fields else None, reason.message)


def _field(place: int, question: Question) -> forms.Field:
    label = f"{place}. {question.text}"
    choices = [(answer.id, answer.text) for answer in question.answers]
    if question.is_multiple:
        return forms.MultipleChoiceField(
            label=label,
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("Kies alles wat goed is."),
            error_messages={"required": _("Kies minstens een antwoord."), "invalid_choice": _("Kies opnieuw.")},
        )
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Kies een antwoord."), "invalid_choice": _("Kies opnieuw.")},
    )

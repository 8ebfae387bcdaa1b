"""The questions of a questionnaire, and a few words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from academy.evaluations.domain.answering import Opinion
from academy.evaluations.enums import MOST_CHARACTERS

if TYPE_CHECKING:
    from academy.evaluations.questionnaires import Question, Questionnaire

# More answers than this stand in a list to unfold.
MOST_BUTTONS = 5


class OpinionForm(forms.Form):
    remark = forms.CharField(
        help_text=_("Kort. Schrijf geen namen en niets waaraan je iemand herkent, ook jezelf niet."),
        max_length=MOST_CHARACTERS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("Houd je opmerking korter: hoogstens %(limit_value)d tekens.")},
    )

    def __init__(self, asked: Questionnaire, sent: Any) -> None:
        super().__init__(sent)
        self.fields["remark"].label = asked.remark
        for question in asked.questions:
            self.fields[question.field] = _choice(question)
        self.order_fields([question.field for question in asked.questions])

    def opinion(self) -> Opinion:
        return Opinion(**self.cleaned_data)


def _choice(question: Question) -> forms.TypedChoiceField:
    scale = list(question.scale)
    unfolds = len(scale) > MOST_BUTTONS
    return forms.TypedChoiceField(
        label=question.text,
        help_text=question.hint,
        choices=[("", _("Kies een cijfer")), *scale] if unfolds else scale,
        coerce=int,
        widget=forms.Select if unfolds else forms.RadioSelect,
        error_messages={
            "required": _("Kies een cijfer van 1 tot en met 10.") if unfolds else _("Kies een van de antwoorden.")
        },
    )
